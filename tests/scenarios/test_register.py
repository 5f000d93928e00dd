"""The register in Slack: pages by sub-command, menus, more, and sharing; questions stay questions."""

import pytest

from tests.support.desk import Desk, action_ids, element_of, said


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("issues", "issues"),
        ("issue dollars", "dollars"),
        ("recomendations oil", "oil"),
        ("who sadr", "Sadr"),
        ("compare militias", "Then"),
        ("timeline energy 2025 2026", "2025"),
        ("sources", "publications"),
        ("source usip-2020", "USIP"),
    ],
)
async def test_a_page_is_private_and_can_be_shared(desk: Desk, typed: str, shown: str) -> None:
    """Each sub-command shows its page to the asker alone, with the button that shares it."""
    page = await desk.asks(typed)

    assert page.visible_to == desk.slack.user.id
    assert shown.casefold() in said(page).casefold()
    assert "register_share" in action_ids(page)


async def test_sharing_posts_the_page_once(desk: Desk) -> None:
    """The channel sees the page and who shared it; the private copy loses the button."""
    page = await desk.asks("issue dollars")
    await desk.slack.user.press(page, "register_share")
    shared = await desk.slack.user.next_message()

    assert shared.visible_to is None
    assert "Shared by dana" in said(shared)
    assert "register_share" not in action_ids(shared)


@pytest.mark.parametrize("typed", ["who controls the PMF?", "issues with the budget", "sources of the conflict"])
async def test_a_question_stays_a_question(desk: Desk, typed: str) -> None:
    """A sentence that begins with a sub-command's word is answered with passages."""
    shown = action_ids(await desk.asks(typed))

    assert "feedback" in shown
    assert "register_share" not in shown


async def test_a_menu_opens_another_page(desk: Desk) -> None:
    """What is chosen comes as a private page of its own, which can be shared as well."""
    page = await desk.asks("issues")
    chosen = element_of(page, "register_open")["options"][0]
    await desk.slack.user.press(page, "register_open", chosen["value"])
    opened = await desk.slack.user.next_message()

    assert opened.visible_to == desk.slack.user.id
    assert chosen["text"]["text"].rstrip("…")[:30] in said(opened)
    assert "register_share" in action_ids(opened)
