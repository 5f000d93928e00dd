"""“Search the desk”: the global shortcut, its form, its results, and sharing them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.channels import subjects
from bot.errors import ModalError, SlackError
from bot.inbox import once
from bot.listeners.actions import Handler, enqueue
from bot.listeners.forms import Form
from bot.listeners.options import Suggest
from bot.listeners.payloads import Chosen, Press
from bot.listeners.permissions import share_refused
from bot.listeners.search_form import read
from bot.listeners.shortcuts import Shortcut
from bot.listeners.submissions import SECONDS, Submission, errors, push, update
from bot.questions.publications import suggestions
from bot.questions.search import Search
from bot.services import Services
from bot.slack.replies import Place
from bot.texts import search as texts
from bot.views import notices
from bot.views import search as views
from bot.views.blocks import Element, View
from bot.views.ids import ActionId, BlockId, CallbackId, ShortcutId
from bot.views.message import Message
from jobs.ports import LedgerError

SUGGESTED: Final = 50  # sources in the menu: nobody reads more, and typing narrows them


async def _on_shortcut(chosen: Chosen, services: Services) -> None:
    """Open the empty form at once."""
    await services.replies.open_modal(chosen.trigger_id, views.form(services.library, Search()))


async def _on_search(form: Form, services: Services) -> dict[str, Any]:
    """The results in place of the form, or what is wrong at its place."""
    wanted = read(form, services.library)
    if isinstance(wanted, Search):
        return update(views.results(services.library, wanted))
    return errors(wanted)


def _of_search(handler: Callable[[Press, Search, Services], Awaitable[None]]) -> Handler:
    """A button under results, which carries their search."""

    async def handle(press: Press, services: Services) -> None:
        try:
            search = Search.load(press.value)
        except ValueError:
            _show(press, partial(views.said, notices.stale_button()), services)
        else:
            await handler(press, search, services)

    return handle


async def _on_more(press: Press, search: Search, services: Services) -> None:
    _show(press, partial(views.results, services.library, search), services)


async def _on_change(press: Press, search: Search, services: Services) -> None:
    _show(press, partial(views.form, services.library, search), services)


async def _on_share(press: Press, search: Search, services: Services) -> None:
    """Ask for the channel, over the results."""
    try:
        await services.replies.push_modal(press.trigger_id, views.share_form(search))
    except ModalError:
        _show(press, partial(views.results, services.library, search, notice=texts.NOT_OPENED), services)


async def _on_channel(form: Form, services: Services) -> dict[str, Any]:
    """Post it by the response URL of the chosen channel, which needs no membership of the bot."""
    try:
        search = Search.load(form.metadata)
    except ValueError:
        return update(views.said(notices.stale_button()))
    channel, url = next(iter(form.urls.items()), ("", None))
    if url is None:
        return errors({BlockId.CHANNEL: texts.NO_CHANNEL})
    place = Place(channel, form.user, response_url=url)
    message = views.shared(services.library, search, form.user_name)
    post = partial(services.replies.respond, place, message, response_type="in_channel", replace_original=False)
    topics = subjects.of_answer(services.library.ask(search.query, 1))
    try:
        async with asyncio.timeout(SECONDS):
            refused = await share_refused(channel, form.user, form.user_team, services, topics)
            if refused is not None:
                return push(views.said(refused))
            await once(services.store, form.team, f"view:{form.view_id}", post)
    except (SlackError, LedgerError):
        return errors({BlockId.CHANNEL: texts.NOT_SHARED})
    except (aiohttp.ClientError, TimeoutError):
        return errors({BlockId.CHANNEL: texts.PERHAPS_SHARED})
    return update(views.thanks())


def _show(press: Press, make: Callable[[], View], services: Services) -> None:
    """Put a view in the place of the results; whoever closed them meanwhile wants none."""

    async def show(view: View) -> None:
        try:
            await services.replies.update_modal(press.view_id or "", view)
        except SlackApiError as error:
            if error.response.get("error") != "not_found":
                raise

    async def run() -> None:
        await show(make())

    async def say(message: Message) -> None:
        await show(views.said(message))

    enqueue(press, services, run, say)


def _suggest(typed: str, services: Services) -> list[Element]:
    return [views.source_option(source) for source in suggestions(services.library, typed, SUGGESTED)]


SHORTCUTS: Final[Mapping[str, Shortcut]] = {ShortcutId.SEARCH: _on_shortcut}
ACTIONS: Final[Mapping[str, Handler]] = {
    ActionId.SEARCH_MORE: _of_search(_on_more),
    ActionId.SEARCH_CHANGE: _of_search(_on_change),
    ActionId.SEARCH_SHARE: _of_search(_on_share),
}
SUBMISSIONS: Final[Mapping[str, Submission]] = {
    CallbackId.SEARCH: _on_search,
    CallbackId.SEARCH_SHARE: _on_channel,
}
OPTIONS: Final[Mapping[str, Suggest]] = {ActionId.SEARCH_SOURCE: _suggest}
