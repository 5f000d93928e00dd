"""Pages of the register in a modal: Slack's rules, nothing lost against the message, and the way back."""

import pytest

from bot.playground.model import Message as Shown
from bot.texts import register as texts
from bot.views.ids import ActionId
from bot.views.notices import stale_button
from bot.views.register.key import About, Page, PageKey
from bot.views.register.modal import MOST_METADATA, register_modal, told_modal, trail_of
from bot.views.register.pages import register_page
from knowledge.library import Library
from knowledge.register import register_of
from tests.support import blockcheck
from tests.support.desk import said
from tests.views.test_register_views import first_pages

LIST = PageKey(Page.ISSUES)


def _words(view: dict[str, object]) -> str:
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    return said(Shown("", "", "", "", blocks))


def _controls(view: dict[str, object], action_id: ActionId) -> list[dict[str, object]]:
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    inside = [one for block in blocks for one in [*block.get("elements", ()), block.get("accessory", {})]]
    return [one for one in inside if one.get("action_id") == action_id]


def test_every_page_holds_slacks_rules_in_a_modal(library: Library) -> None:
    """No table, no share button, a title that fits: with no warning, for every page that there is."""
    for key in first_pages(library):
        view = register_modal(library, [LIST, key])

        assert blockcheck.check(view) == [], key
        assert "table" not in [block["type"] for block in view["blocks"]]
        assert not _controls(view, ActionId.REGISTER_SHARE)
        assert len(_controls(view, ActionId.REGISTER_BACK)) == 1


@pytest.mark.parametrize("kind", [Page.ISSUES, Page.RECOMMENDATIONS, Page.ACTORS, Page.SOURCES])
def test_what_a_menu_opens_stands_beside_the_entries(library: Library, kind: Page) -> None:
    """Every page that the message's menu leads to has its own button in the modal, and says which to a screen reader."""
    message, view = register_page(library, PageKey(kind), shareable=False), register_modal(library, [PageKey(kind)])
    menu = next(
        one for block in message.blocks for one in block.get("elements", ()) if one.get("type") == "static_select"
    )
    buttons = _controls(view, ActionId.REGISTER_OPEN)

    assert {one["value"] for one in buttons} == {option["value"] for option in menu["options"]}
    assert all(str(one["accessibility_label"]).startswith("Open ") for one in buttons)


def test_a_comparison_without_its_table_says_the_same(library: Library) -> None:
    """Every party, position and fact of the table stands in lines."""
    for issue in library.corpus.issues.values():
        shown = _words(register_modal(library, [PageKey(Page.COMPARE, About.ISSUE, issue.id)]))
        for side in register_of(library).sides(issue):
            parts = [held.position.text for held in side.positions]
            parts += [one.heading[-1] for one in (side.then, side.now) if one is not None]

            assert f"*{library.corpus.actors[side.party].name}*" in shown
            assert all(part in shown for part in parts)


def test_the_first_page_has_no_way_back(library: Library) -> None:
    """A button that leads nowhere is none."""
    assert not _controls(register_modal(library, [LIST]), ActionId.REGISTER_BACK)


def test_the_trail_is_kept_as_far_as_it_fits(library: Library) -> None:
    """The pages behind are remembered, the last ones of very many, and never more than Slack keeps."""
    actors = list(library.corpus.actors)
    trail = [PageKey(Page.ACTOR, About.ACTOR, actors[number % len(actors)]) for number in range(400)]
    short, long = (register_modal(library, keys)["private_metadata"] for keys in (trail[:5], trail))

    assert trail_of(short) == trail[:5]
    assert len(long) <= MOST_METADATA
    assert 50 < len(trail_of(long)) < 400
    assert trail_of(long) == trail[-len(trail_of(long)) :]


@pytest.mark.parametrize("metadata", ["", "C0PLAYIRAQ1", "{}", "issues\nnothing", "\n"])
def test_another_modals_metadata_is_no_trail(metadata: str) -> None:
    """What another modal keeps there is not taken for pages."""
    assert trail_of(metadata) == []


def test_a_notice_leads_back_to_the_page() -> None:
    """After what went wrong the button back brings the page again that was shown."""
    told = told_modal(stale_button(), [LIST, PageKey(Page.TIMELINE)])

    assert blockcheck.check(told) == []
    assert trail_of(told["private_metadata"])[:-1] == [LIST, PageKey(Page.TIMELINE)]
    assert len(_controls(told, ActionId.REGISTER_BACK)) == 1
    assert not _controls(told_modal(stale_button(), []), ActionId.REGISTER_BACK)


def test_a_page_that_is_gone(library: Library) -> None:
    """A key of an older corpus gives a plain sentence."""
    assert texts.GONE in _words(register_modal(library, [PageKey(Page.ISSUE, About.ISSUE, "gone")]))
