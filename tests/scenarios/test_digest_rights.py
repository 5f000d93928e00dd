"""Who may change a digest: whoever turned it on, and workspace admins."""

from dataclasses import replace

import pytest

from knowledge.library import Library
from tests.support.desk import Desk, action_ids, said
from tests.support.digests import Posts, ask, demote, digest_desk, form, kept, words


@pytest.mark.parametrize("word", ["on friday", "off", "pause", "resume", "now", ""])
async def test_others_are_refused_in_a_plain_sentence(desk: Desk, word: str) -> None:
    """It is private, names the owner without a mention, and nothing changes."""
    omar = desk.slack.as_user(desk.slack.colleague)
    await ask(desk.slack.user, desk.slack.policy, "on")
    before = await kept(desk)
    told = await ask(omar, desk.slack.policy, word)

    assert told.visible_to == omar.id
    assert "was turned on by Dana. Only Dana or a workspace admin can change or stop it." in said(told)
    assert "<@" not in said(told) + told.text
    assert omar.view is None
    assert await kept(desk) == before


async def test_everybody_may_look(desk: Desk) -> None:
    """Status and preview are for all; the button to change it is for those who may."""
    omar = desk.slack.as_user(desk.slack.colleague)
    await ask(desk.slack.user, desk.slack.policy, "on")
    his = await ask(omar, desk.slack.policy, "status")
    hers = await ask(desk.slack.user, desk.slack.policy, "status")
    preview = await ask(omar, desk.slack.policy, "preview")

    assert "*Turned on by:* Dana" in said(his)
    assert action_ids(his) == []
    assert action_ids(hers) == ["digest_settings"]
    assert said(preview).startswith("*Preview*")


async def test_an_admin_may_change_and_stop(desk: Desk) -> None:
    """Dana, an admin, changes Omar's digest, which stays his, and stops it."""
    omar = desk.slack.as_user(desk.slack.colleague)
    await ask(omar, desk.slack.policy, "on")
    await ask(desk.slack.user, desk.slack.policy, "on friday")
    changed = await kept(desk)
    question = await ask(desk.slack.user, desk.slack.policy, "off")
    await desk.slack.user.press(question, "digest_off")
    await desk.slack.settled()

    assert changed is not None
    assert (changed.owner, changed.schedule.weekday) == (omar.id, 5)
    assert await kept(desk) is None


async def test_without_users_read_nobody_is_an_admin(desk: Desk) -> None:
    """What Slack does not tell counts as no, and the sentence says why."""
    omar = desk.slack.as_user(desk.slack.colleague)
    await ask(omar, desk.slack.policy, "on")
    desk.slack.scopes.discard("users:read")
    told = await ask(desk.slack.user, desk.slack.policy, "off")

    assert "somebody else" in said(told)
    assert "was not granted users:read" in said(told)


async def test_a_confirmation_of_somebody_who_may_no_longer(desk: Desk) -> None:
    """Rights are looked at when the button is pressed, not when it was shown."""
    omar = desk.slack.as_user(desk.slack.colleague)
    await ask(omar, desk.slack.policy, "on")
    question = await ask(desk.slack.user, desk.slack.policy, "off")
    demote(desk)
    await desk.slack.user.press(question, "digest_off")
    await desk.slack.settled()
    now = desk.slack.message(question.channel, question.ts)

    assert now is not None
    assert "Only Omar or a workspace admin" in said(now)
    assert await kept(desk) is not None


async def test_a_form_of_somebody_who_may_no_longer(desk: Desk) -> None:
    """The same for a form that was open meanwhile: the error stands in it."""
    omar = desk.slack.as_user(desk.slack.colleague)
    await ask(omar, desk.slack.policy, "on")
    view = await form(desk)
    demote(desk)
    errors = await desk.slack.user.submit(view, {"digest_form": "full"})
    found = await kept(desk)

    assert "Only Omar or a workspace admin can change or stop it." in errors["channel"]
    assert "#iraq-policy" in errors["channel"]
    assert found is not None
    assert found.form == "brief"


async def test_the_buttons_of_a_digest(library: Library) -> None:
    """Citations open for whoever presses; the settings for those who may, and for others the reason why not."""
    async with digest_desk(library=library) as (desk, _):
        dana, omar = desk.slack.user, desk.slack.as_user(desk.slack.colleague)
        await ask(dana, desk.slack.policy, "on")
        await dana.press(await ask(dana, desk.slack.policy, "now"), "digest_now")
        (digest,) = await Posts(desk, desk.slack.policy).wait(1)
        await omar.press(digest, "digest_citations")
        cited = words(await omar.next_view())
        await omar.close(await omar.next_view())
        await omar.press(digest, "digest_settings")
        refused = words(await omar.next_view())
        await dana.press(digest, "digest_settings")
        settings = await dana.next_view()

        assert action_ids(digest) == ["digest_citations", "digest_settings"]
        assert "Compiled from <https://" in cited
        assert "was turned on by Dana" in refused
        assert "<@" not in refused
        assert settings.payload["callback_id"] == "digest"
        assert "Turned on by *Dana*" in words(settings)


async def test_a_name_is_no_markup(desk: Desk) -> None:
    """Whatever an owner is called, it is words."""
    members = desk.slack.workspace.members
    members[desk.slack.colleague] = replace(members[desk.slack.colleague], real_name="<!channel> *Omar*")
    await ask(desk.slack.as_user(desk.slack.colleague), desk.slack.policy, "on")
    told = await ask(desk.slack.user, desk.slack.policy, "status")

    assert "&lt;!channel&gt; Omar" in said(told)
