"""A day at the desk: every surface is used once, so that every kind of payload is there to be spoilt."""

from collections.abc import Callable
from dataclasses import replace

from bot.digests.overview import MOST
from bot.playground.model import View
from bot.texts import common
from bot.texts import home as texts
from bot.texts import register as register_texts
from bot.views.ids import ActionId, ShortcutId
from bot.views.passage_menu import Act
from tests.support.channels import set_to
from tests.support.desk import Desk, element_of, rating
from tests.support.digests import Posts, add_channel, ask, element, form, kept
from tests.support.homes import button, elements, open_home, opened_page, press

IRAN = "what did USIP advise about Iran?"


async def use(desk: Desk) -> None:
    """Ask everywhere, press what there is, fill in the forms, look at Home."""
    await _ask(desk)
    await _follow_up(desk)
    await _choose_from_menus(desk)
    await _leaf_through(desk)
    await _search(desk)
    await _set(desk)
    await _subscribe(desk)
    await _look_at_home(desk)


async def _close(desk: Desk) -> None:
    user = desk.slack.user
    while user.views:
        await user.close(user.views[-1])


async def _next(desk: Desk, look: Callable[[], View | None], before: View) -> View:
    """What is looked at once it is another than before."""

    def other() -> View | None:
        found = look()
        return found if found != before else None

    return await desk.slack.wait_for(other)


async def _ask(desk: Desk) -> None:
    """By command, mention, direct message and message shortcut; then the controls of the answers."""
    user = desk.slack.user
    private, public = await desk.asks("who is Sistani?"), await desk.mentions(IRAN)
    direct = await desk.writes("who controls the PMF?")
    await user.shortcut(str(ShortcutId.BACKGROUND), await user.say(desk.slack.policy, IRAN))
    for message in (private, public, direct, await user.next_message()):
        await user.press(message, ActionId.FEEDBACK, rating(message, helpful=True))
        await user.next_message()
        await user.press(message, ActionId.MORE)
        await user.next_message()
    await user.press(public, ActionId.FEEDBACK, rating(public, helpful=False))
    reason = await user.next_view()
    await user.submit(reason, {ActionId.REASON: element(reason, "reason")["options"][0]["value"]})
    await _close(desk)
    await user.press(private, ActionId.SHARE)
    await user.next_message()


async def _follow_up(desk: Desk) -> None:
    """In a thread, in direct messages, and where the bot is new."""
    first = await desk.mentions(IRAN)
    await desk.mentions("and the Kurds?", first.thread_ts)
    await desk.writes("and the Kurds?")
    await desk.slack.user.open_home("messages")
    await desk.slack.user.next_message()
    await desk.slack.user.invite(desk.slack.general)
    await desk.slack.user.next_message()


async def _choose_from_menus(desk: Desk) -> None:
    """Each act of a passage's menu under a private and a public answer, and a report."""
    user = desk.slack.user
    for message in (await desk.asks(IRAN), await desk.mentions(IRAN)):
        block_id = next(block["block_id"] for block in message.blocks or [] if "accessory" in block)
        for act in Act:
            await user.press(message, ActionId.PASSAGE, act, block_id=block_id)
            if act is Act.ISSUE:
                await user.next_message()
                continue
            view = await user.next_view()
            if act is Act.REPORT:
                await user.submit(view, {ActionId.COMMENT: "The law was withdrawn in 2025."})
            await _close(desk)


async def _leaf_through(desk: Desk) -> None:
    """A page of the register under a message: another by its menu, more of it, and sharing."""
    user, page = desk.slack.user, await desk.asks("issues")
    await user.press(page, ActionId.REGISTER_OPEN, element_of(page, ActionId.REGISTER_OPEN)["options"][0]["value"])
    await user.next_message()
    timeline = await desk.asks("timeline")
    for action in (ActionId.REGISTER_MORE, ActionId.REGISTER_SHARE):
        await user.press(timeline, action)
        await user.next_message()


async def _search(desk: Desk) -> None:
    """The form with a source that is looked for, its results, their controls, and sharing them."""
    user = desk.slack.user
    await user.shortcut(str(ShortcutId.SEARCH))
    view = await user.next_view()
    await user.suggestions(view, ActionId.SEARCH_SOURCE, "usip")
    filled = {ActionId.SEARCH_QUESTION: IRAN, ActionId.SEARCH_TOPIC: "iran", ActionId.SEARCH_SINCE: "2019-05-01"}
    await user.submit(view, {str(name): value for name, value in filled.items()})
    results = await user.next_view()
    menu = next(block["block_id"] for block in results.payload["blocks"] if "accessory" in block)
    await user.press(results, ActionId.PASSAGE, Act.CONTEXT, block_id=menu)
    await desk.slack.wait_for(lambda: len(user.views) == 2)
    await user.close(user.views[-1])
    await user.press(results, ActionId.SEARCH_MORE)
    results = await desk.slack.wait_for(lambda: user.view if user.view and user.view.hash != results.hash else None)
    await user.press(results, ActionId.SEARCH_SHARE)
    await desk.slack.wait_for(lambda: len(user.views) == 2)
    await user.submit(user.views[-1], {ActionId.SEARCH_CHANNEL: desk.slack.general})
    await user.next_message()
    await user.close(user.views[-1])
    await user.press(results, ActionId.SEARCH_CHANGE)
    await desk.slack.wait_for(lambda: user.view and user.view.hash != results.hash)
    await _close(desk)


async def _set(desk: Desk) -> None:
    """The settings of a channel, by command and by the button that a mention gets."""
    user = desk.slack.user
    for chosen in ({"topics": ["iran"], "sharers": "setters"}, {"topics": [], "outsiders": ["allowed"]}):
        await set_to(desk, **chosen)
    await user.press(await desk.mentions("settings"), ActionId.CHANNEL_SETTINGS)
    await user.next_view()
    await _close(desk)


async def _subscribe(desk: Desk) -> None:
    """A digest by the form, posted now, with its controls; paused and stopped."""
    user, policy = desk.slack.user, desk.slack.policy
    view = await form(desk)
    await user.suggestions(view, ActionId.DIGEST_ZONE, "bagh")
    await user.submit(view, {ActionId.DIGEST_CHANNEL: policy})
    await _close(desk)
    await user.press(await ask(user, policy, "now"), ActionId.DIGEST_NOW)
    (digest,) = await Posts(desk, policy).wait(1)
    for action in (ActionId.DIGEST_CITATIONS, ActionId.DIGEST_SETTINGS):
        await user.press(digest, action)
        await user.next_view()
        await _close(desk)
    for action in (ActionId.DIGEST_PAUSE, ActionId.DIGEST_OFF):
        await user.press(await ask(user, policy, "off"), action)
        await desk.slack.settled()


async def _look_at_home(desk: Desk) -> None:
    """Pages of the register, and digests: turned on, changed, leafed through and stopped."""
    user = desk.slack.user
    await opened_page(desk, "Iran and the regional contest", "Iraq between Washington and Tehran", "United States")
    await _close(desk)
    page = await opened_page(desk, texts.OPEN_TIMELINE)
    for label in (register_texts.EARLIER, common.BACK):
        await press(user, page, button(page, label))
        page = await _next(desk, lambda: user.view, page)
    await _close(desk)
    await ask(user, desk.slack.policy, "on")
    own = await kept(desk)
    assert own is not None
    for number in range(MOST):
        add_channel(desk, f"C0000MANY{number:02}", f"many-{number}")
        await desk.running.services.digests._subscriptions.save(  # noqa: SLF001 - so many commands would take long
            replace(own, channel=f"C0000MANY{number:02}")
        )
    tab = await open_home(desk)
    for action in (ActionId.HOME_TURN_ON, ActionId.HOME_CHANGE, ActionId.HOME_SETTINGS, ActionId.HOME_SEARCH):
        await press(user, tab, next(one for one in elements(tab) if one["action_id"] == action))
        await user.next_view()
        await _close(desk)
    for action in (ActionId.HOME_DIGESTS, ActionId.HOME_STOP):
        await press(user, tab, next(one for one in elements(tab) if one["action_id"] == action))
        tab = await _next(desk, lambda: user.home, tab)
