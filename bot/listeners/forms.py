"""A submitted modal, read once and strictly at the edge: who sent it, and what stands in its inputs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from bot.listeners.payloads import ID, KEY, URL, PayloadError, maybe, part, text, word
from bot.texts import people
from bot.views.ids import ActionId, BlockId

_Entry = Mapping[str, Any]
_URLS: Final = "response_urls"


@dataclass(frozen=True, slots=True)
class Form:
    """A submission: `metadata` is the view's own, `urls` are the response URLs of chosen channels, by channel.

    What is read of an input is empty where nothing was chosen, and where the form had no such input.
    """

    team: str
    user: str
    user_name: str
    user_team: str | None
    view_id: str
    metadata: str
    entries: Mapping[tuple[str, str], _Entry]
    urls: Mapping[str, str]

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Self:
        """From a `view_submission` payload. Raises PayloadError."""
        user, view = part(body, "user"), part(body, "view")
        return cls(
            team=word(part(body, "team"), "id"),
            user=word(user, "id"),
            user_name=text(user, "name") or text(user, "username") or people.COLLEAGUE,
            user_team=maybe(user, "team_id", ID),
            view_id=word(view, "id", KEY),
            metadata=text(view, "private_metadata"),
            entries=dict(_entries(part(view, "state", "values"))),
            urls=dict(_urls(body.get(_URLS))),
        )

    def typed(self, block: BlockId, action: ActionId) -> str:
        """The text of an input. Raises PayloadError for what is none."""
        return text(self._entry(block, action), "value")

    def picked(self, block: BlockId, action: ActionId, field: str) -> str:
        """A conversation, a day or a time (`selected_conversation`, ...). Raises PayloadError for what is none."""
        return text(self._entry(block, action), field)

    def chosen(self, block: BlockId, action: ActionId) -> str:
        """The value of the option that was chosen. Raises PayloadError for what is none."""
        option = self._entry(block, action).get("selected_option")
        return "" if option is None else _value(option)

    def ticked(self, block: BlockId, action: ActionId) -> tuple[str, ...]:
        """The values of the options that were chosen. Raises PayloadError for what are none."""
        options = self._entry(block, action).get("selected_options")
        if options is not None and not isinstance(options, list):
            raise PayloadError("selected_options")
        return tuple(map(_value, options or ()))

    def _entry(self, block: BlockId, action: ActionId) -> _Entry:
        return self.entries.get((block, action), {})


def _entries(values: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], _Entry]]:
    for block, inputs in values.items():
        for action in part({block: inputs}, block):
            yield (block, action), part(inputs, action)


def _urls(found: object) -> Iterator[tuple[str, str]]:
    if found is not None and not isinstance(found, list):
        raise PayloadError(_URLS)
    for one in found or ():
        chosen = part({_URLS: one}, _URLS)
        yield word(chosen, "channel_id"), word(chosen, "response_url", URL)


def _value(option: object) -> str:
    return text(part({"selected_option": option}, "selected_option"), "value")
