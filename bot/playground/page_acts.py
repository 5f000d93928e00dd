"""POST /playground/acts: what the page asks for, checked, and done in the name of the person who looks at it."""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.playground.model import ActError, JsonObject, Message, View
from bot.playground.user import User


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class InMessage(_Part):
    """A message, by its identity."""

    channel: str
    ts: str


class InView(_Part):
    """A view, by its id."""

    view_id: str


Place: TypeAlias = InMessage | InView


class Say(_Part):
    """Write a message."""

    act: Literal["say"]
    channel: str
    text: str = Field(max_length=12_000)
    thread_ts: str | None = None


class Command(_Part):
    """Enter a slash command."""

    act: Literal["command"]
    channel: str
    text: str = Field(max_length=12_000)


class Press(_Part):
    """Press a button or pick a value. `element` is sent back for the page's own sake; the workspace has the true one."""

    act: Literal["press"]
    container: Place
    block_id: str
    action_id: str
    element: JsonObject | None = None
    value: object = None
    state: JsonObject | None = None


class Submit(_Part):
    """Submit a modal."""

    act: Literal["submit"]
    view_id: str
    state: JsonObject = Field(default_factory=dict)


class Close(_Part):
    """Close a modal."""

    act: Literal["close"]
    view_id: str


class OpenHome(_Part):
    """Look at the Home tab."""

    act: Literal["open_home"]


class OpenMessages(_Part):
    """Look at the Messages tab, that is, the direct message channel."""

    act: Literal["open_messages"]
    channel: str | None = None


class UseShortcut(_Part):
    """Choose a shortcut."""

    act: Literal["shortcut"]
    callback_id: str
    message: InMessage | None = None


class Options(_Part):
    """Type into an external select."""

    act: Literal["options"]
    container: Place
    block_id: str
    action_id: str
    value: str = Field(max_length=3000)


class Join(_Part):
    """Invite the app to a channel or remove it."""

    act: Literal["join"]
    channel: str
    member: bool


Act: TypeAlias = Annotated[
    Say | Command | Press | Submit | Close | OpenHome | OpenMessages | UseShortcut | Options | Join,
    Field(discriminator="act"),
]
ACT: TypeAdapter[Act] = TypeAdapter(Act)


async def perform(user: User, given: object) -> JsonObject:
    """Do what the page asks, as this user; returns what the page is told beside `ok`.

    Raises:
        ActError: it is not an act, or Slack's window would not allow it.
    """
    try:
        act = ACT.validate_python(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise ActError(f"This is not an act: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    return await _perform(user, act)


async def _perform(user: User, act: Act) -> JsonObject:
    match act:
        case Say():
            message = await user.say(act.channel, act.text, act.thread_ts)
            return {"ts": message.ts}
        case Command():
            await user.command(act.channel, act.text)
        case Press():
            place = _find(user, act.container)
            await user.press(place, act.action_id, act.value, block_id=act.block_id, state=act.state)
        case Submit():
            await user.submit_state(_view(user, act.view_id), act.state)
        case Options():
            place = _find(user, act.container)
            return {"options": await user.suggestions(place, act.action_id, act.value, block_id=act.block_id)}
        case _:
            await _perform_simple(user, act)
    return {}


async def _perform_simple(user: User, act: Close | OpenHome | OpenMessages | UseShortcut | Join) -> None:
    match act:
        case Close():
            await user.close(_view(user, act.view_id))
        case OpenHome():
            await user.open_home()
        case OpenMessages():
            await user.open_home("messages")
        case UseShortcut():
            await user.shortcut(act.callback_id, _message(user, act.message) if act.message else None)
        case Join():
            await (user.invite if act.member else user.remove)(act.channel)


def _find(user: User, place: Place) -> Message | View:
    return _message(user, place) if isinstance(place, InMessage) else _view(user, place.view_id)


def _message(user: User, place: InMessage) -> Message:
    message = user.stage.context.workspace.find_message(place.channel, place.ts)
    if message is None:
        raise ActError("That message is no longer there.")
    return message


def _view(user: User, view_id: str) -> View:
    view = user.stage.context.workspace.find_view(view_id)
    if view is None:
        raise ActError("That view is no longer open.")
    return view
