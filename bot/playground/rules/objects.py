"""Composition objects: texts, options, confirmation dialogs (docs.slack.dev/reference/block-kit/composition-objects)."""

from collections.abc import Callable, Iterable
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """The base of all: nothing unknown, nothing converted, nothing null."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _no_null(cls, data: object) -> object:
        for key, value in data.items() if isinstance(data, dict) else ():
            if value is None:
                raise PydanticCustomError("null", "must not be null: {key}", {"key": str(key)})
        return data


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "must be more than 0 characters")
    return text


Identifier: TypeAlias = Annotated[str, Field(min_length=1, max_length=255)]
Url: TypeAlias = Annotated[str, Field(max_length=3000, pattern=r"^(https?|mailto|slack|tel):\S+$")]
HttpsUrl: TypeAlias = Annotated[str, Field(max_length=3000, pattern=r"^https://\S+$")]
Filled: TypeAlias = Annotated[str, Field(min_length=1)]
Style: TypeAlias = Literal["primary", "danger"]


class PlainText(Strict):
    """Text shown as it is, emoji names apart."""

    type: Literal["plain_text"]
    text: Annotated[str, Field(max_length=3000), AfterValidator(_not_blank)]
    emoji: bool | None = None


class Mrkdwn(Strict):
    """Text in Slack's markup."""

    type: Literal["mrkdwn"]
    text: Annotated[str, Field(max_length=3000), AfterValidator(_not_blank)]
    verbatim: bool | None = None


Text: TypeAlias = Annotated[PlainText | Mrkdwn, Field(discriminator="type")]


def _at_most(limit: int) -> Callable[[PlainText | Mrkdwn], PlainText | Mrkdwn]:
    def check(text: PlainText | Mrkdwn) -> PlainText | Mrkdwn:
        if len(text.text) > limit:
            raise PydanticCustomError("text_too_long", "must be less than {limit} characters", {"limit": limit + 1})
        return text

    return check


Plain24: TypeAlias = Annotated[PlainText, AfterValidator(_at_most(24))]
Plain30: TypeAlias = Annotated[PlainText, AfterValidator(_at_most(30))]
Plain75: TypeAlias = Annotated[PlainText, AfterValidator(_at_most(75))]
Plain100: TypeAlias = Annotated[PlainText, AfterValidator(_at_most(100))]
Plain150: TypeAlias = Annotated[PlainText, AfterValidator(_at_most(150))]
Plain199: TypeAlias = Annotated[PlainText, AfterValidator(_at_most(199))]
Plain2000: TypeAlias = Annotated[PlainText, AfterValidator(_at_most(2000))]
Text75: TypeAlias = Annotated[Text, AfterValidator(_at_most(75))]
Text150: TypeAlias = Annotated[Text, AfterValidator(_at_most(150))]
Text200: TypeAlias = Annotated[Text, AfterValidator(_at_most(200))]
Text300: TypeAlias = Annotated[Text, AfterValidator(_at_most(300))]
Text2000: TypeAlias = Annotated[Text, AfterValidator(_at_most(2000))]


class Confirm(Strict):
    """A confirmation dialog."""

    title: Plain100
    text: Text300
    confirm: Plain30
    deny: Plain30
    style: Style | None = None


OptionValue: TypeAlias = Annotated[str, Field(min_length=1, max_length=150)]


class Option(Strict):
    """An option of a select."""

    text: Plain75
    value: OptionValue
    description: Plain75 | None = None


class FormattedOption(Strict):
    """An option of checkboxes or radio buttons, whose texts may be mrkdwn."""

    text: Text75
    value: OptionValue
    description: Text75 | None = None


class OverflowOption(Option):
    """An option of an overflow menu, which may lead to an address."""

    url: Url | None = None


def unique_values(options: Iterable[Option | FormattedOption]) -> None:
    """Refuse two options of one element with the same value."""
    seen = set()
    for option in options:
        if option.value in seen:
            raise PydanticCustomError("repeated", "option value used twice: {value}", {"value": option.value})
        seen.add(option.value)


class OptionGroup(Strict):
    """Options under a heading."""

    label: Plain75
    options: Annotated[list[Option], Field(min_length=1, max_length=100)]


class DispatchConfig(Strict):
    """When a text input tells the app what is in it."""

    trigger_actions_on: Annotated[
        list[Literal["on_enter_pressed", "on_character_entered"]], Field(min_length=1, max_length=2)
    ]


class ConversationFilter(Strict):
    """Which conversations a select lists."""

    include: Annotated[list[Literal["im", "mpim", "private", "public"]], Field(min_length=1)] | None = None
    exclude_external_shared_channels: bool | None = None
    exclude_bot_users: bool | None = None


class SlackFile(Strict):
    """A file uploaded to Slack, by its id or its address."""

    id: Filled | None = None
    url: Filled | None = None

    @model_validator(mode="after")
    def _one(self) -> "SlackFile":
        exactly_one(self, "id", "url")
        return self


def exactly_one(model: BaseModel, *names: str) -> None:
    """Refuse a model that has none or several of the fields."""
    if sum(getattr(model, name) is not None for name in names) != 1:
        raise PydanticCustomError("choice", "exactly one of these is needed: {names}", {"names": ", ".join(names)})
