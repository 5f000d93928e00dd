"""Elements one presses or types into, and which block takes which (docs.slack.dev/reference/block-kit/block-elements)."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.playground.rules.objects import (
    DispatchConfig,
    Filled,
    Plain75,
    Plain150,
    SlackFile,
    Strict,
    Style,
    Url,
    exactly_one,
)
from bot.playground.rules.pickers import Confirmed, DateTimePicker, Interactive, Names, Overflow, Picked
from bot.playground.rules.rich_text import RichText

Value2000: TypeAlias = Annotated[str, Field(min_length=1, max_length=2000)]
Label75: TypeAlias = Annotated[str, Field(min_length=1, max_length=75)]


class Button(Confirmed):
    """block-elements/button-element."""

    type: Literal["button"]
    text: Plain75
    value: Value2000 | None = None
    url: Url | None = None
    style: Style | None = None
    accessibility_label: Label75 | None = None


class FeedbackButton(Strict):
    """One of the two feedback buttons."""

    text: Plain75
    value: Value2000
    accessibility_label: Label75 | None = None


class FeedbackButtons(Interactive):
    """block-elements/feedback-buttons-element."""

    type: Literal["feedback_buttons"]
    positive_button: FeedbackButton
    negative_button: FeedbackButton


class IconButton(Confirmed):
    """block-elements/icon-button-element; trash is its only icon."""

    type: Literal["icon_button"]
    icon: Literal["trash"]
    text: Plain75
    value: Value2000 | None = None
    accessibility_label: Label75 | None = None
    visible_to_user_ids: Annotated[list[Filled], Field(min_length=1, max_length=10)] | None = None


class TextField(Interactive):
    """An element one types into."""

    dispatch_action_config: DispatchConfig | None = None
    focus_on_load: bool | None = None
    placeholder: Plain150 | None = None


class PlainTextInput(TextField):
    """block-elements/plain-text-input-element."""

    type: Literal["plain_text_input"]
    initial_value: str | None = None
    multiline: bool | None = None
    min_length: Annotated[int, Field(ge=0, le=3000)] | None = None
    max_length: Annotated[int, Field(ge=1, le=3000)] | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        _ordered(self.min_length, self.max_length, "min_length", "max_length")
        return self


class EmailInput(TextField):
    """block-elements/email-input-element."""

    type: Literal["email_text_input"]
    initial_value: str | None = None


class UrlInput(TextField):
    """block-elements/url-input-element."""

    type: Literal["url_text_input"]
    initial_value: str | None = None


Number: TypeAlias = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$")]


class NumberInput(TextField):
    """block-elements/number-input-element; its numbers are written as text."""

    type: Literal["number_input"]
    is_decimal_allowed: bool
    initial_value: Number | None = None
    min_value: Number | None = None
    max_value: Number | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        low = None if self.min_value is None else float(self.min_value)
        high = None if self.max_value is None else float(self.max_value)
        _ordered(low, high, "min_value", "max_value")
        return self


class RichTextInput(TextField):
    """block-elements/rich-text-input-element."""

    type: Literal["rich_text_input"]
    initial_value: RichText | None = None


class FileInput(Interactive):
    """block-elements/file-input-element, in modals only."""

    type: Literal["file_input"]
    filetypes: Names | None = None
    max_files: Annotated[int, Field(ge=1, le=10)] | None = None


class Image(Strict):
    """block-elements/image-element."""

    type: Literal["image"]
    alt_text: Annotated[str, Field(min_length=1, max_length=2000)]
    image_url: Url | None = None
    slack_file: SlackFile | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        exactly_one(self, "image_url", "slack_file")
        return self


InActions: TypeAlias = Annotated[
    Picked | Button | Overflow | DateTimePicker | RichTextInput, Field(discriminator="type")
]
InSection: TypeAlias = Annotated[Picked | Button | Overflow | Image, Field(discriminator="type")]
InInput: TypeAlias = Annotated[
    Picked | DateTimePicker | PlainTextInput | EmailInput | UrlInput | NumberInput | RichTextInput,
    Field(discriminator="type"),
]
InModalInput: TypeAlias = Annotated[
    Picked | DateTimePicker | PlainTextInput | EmailInput | UrlInput | NumberInput | RichTextInput | FileInput,
    Field(discriminator="type"),
]
InContextActions: TypeAlias = Annotated[FeedbackButtons | IconButton, Field(discriminator="type")]


def _ordered(low: float | None, high: float | None, low_name: str, high_name: str) -> None:
    if low is not None and high is not None and low > high:
        raise PydanticCustomError("bounds", "{low} is over {high}", {"low": low_name, "high": high_name})
