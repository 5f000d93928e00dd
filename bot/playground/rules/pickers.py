"""Elements in which one picks: menus, checkboxes, dates (docs.slack.dev/reference/block-kit/block-elements)."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.playground.rules.objects import (
    Confirm,
    ConversationFilter,
    Filled,
    FormattedOption,
    Identifier,
    Option,
    OptionGroup,
    OverflowOption,
    Plain150,
    Strict,
    exactly_one,
    unique_values,
)

Options: TypeAlias = Annotated[list[Option], Field(min_length=1, max_length=100)]
FormattedOptions: TypeAlias = Annotated[list[FormattedOption], Field(min_length=1, max_length=10)]
Names: TypeAlias = Annotated[list[Filled], Field(min_length=1)]


class Interactive(Strict):
    """Whatever tells the app that it was used."""

    action_id: Identifier | None = None


class Confirmed(Interactive):
    """An element that may ask whether one is sure."""

    confirm: Confirm | None = None


class Picker(Confirmed):
    """An element in which one picks."""

    focus_on_load: bool | None = None
    placeholder: Plain150 | None = None


class Several(Picker):
    """A picker of several values."""

    max_selected_items: Annotated[int, Field(ge=1)] | None = None


class Overflow(Confirmed):
    """block-elements/overflow-menu-element: one to five options."""

    type: Literal["overflow"]
    options: Annotated[list[OverflowOption], Field(min_length=1, max_length=5)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        unique_values(self.options)
        return self


class Checkboxes(Confirmed):
    """block-elements/checkboxes-element."""

    type: Literal["checkboxes"]
    options: FormattedOptions
    initial_options: FormattedOptions | None = None
    focus_on_load: bool | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        unique_values(self.options)
        _among(self.options, self.initial_options or [])
        return self


class RadioButtons(Confirmed):
    """block-elements/radio-button-group-element."""

    type: Literal["radio_buttons"]
    options: FormattedOptions
    initial_option: FormattedOption | None = None
    focus_on_load: bool | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        unique_values(self.options)
        _among(self.options, [self.initial_option] if self.initial_option else [])
        return self


class Listed(Strict):
    """The options of a static select: a list, or groups of them."""

    options: Options | None = None
    option_groups: Annotated[list[OptionGroup], Field(min_length=1, max_length=100)] | None = None

    def choices(self) -> list[Option]:
        """Every option there is."""
        return [*(self.options or ()), *(option for group in self.option_groups or () for option in group.options)]


class StaticSelect(Listed, Picker):
    """block-elements/select-menu-element#static_select."""

    type: Literal["static_select"]
    initial_option: Option | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        exactly_one(self, "options", "option_groups")
        unique_values(self.choices())
        _among(self.choices(), [self.initial_option] if self.initial_option else [])
        return self


class MultiStaticSelect(Listed, Several):
    """block-elements/multi-select-menu-element#static_multi_select."""

    type: Literal["multi_static_select"]
    initial_options: Options | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        exactly_one(self, "options", "option_groups")
        unique_values(self.choices())
        _among(self.choices(), self.initial_options or [])
        return self


class ExternalSelect(Picker):
    """A select whose options the app suggests."""

    type: Literal["external_select"]
    initial_option: Option | None = None
    min_query_length: Annotated[int, Field(ge=0)] | None = None


class MultiExternalSelect(Several):
    """The same, for several."""

    type: Literal["multi_external_select"]
    initial_options: Options | None = None
    min_query_length: Annotated[int, Field(ge=0)] | None = None


class UsersSelect(Picker):
    """A select of people."""

    type: Literal["users_select"]
    initial_user: Filled | None = None


class MultiUsersSelect(Several):
    """A select of several people."""

    type: Literal["multi_users_select"]
    initial_users: Names | None = None


class ConversationsSelect(Picker):
    """A select of conversations."""

    type: Literal["conversations_select"]
    initial_conversation: Filled | None = None
    default_to_current_conversation: bool | None = None
    response_url_enabled: bool | None = None
    filter: ConversationFilter | None = None


class MultiConversationsSelect(Several):
    """A select of several conversations."""

    type: Literal["multi_conversations_select"]
    initial_conversations: Names | None = None
    default_to_current_conversation: bool | None = None
    filter: ConversationFilter | None = None


class ChannelsSelect(Picker):
    """A select of public channels."""

    type: Literal["channels_select"]
    initial_channel: Filled | None = None
    response_url_enabled: bool | None = None


class MultiChannelsSelect(Several):
    """A select of several public channels."""

    type: Literal["multi_channels_select"]
    initial_channels: Names | None = None


class DatePicker(Picker):
    """block-elements/date-picker-element."""

    type: Literal["datepicker"]
    initial_date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None


class TimePicker(Picker):
    """block-elements/time-picker-element."""

    type: Literal["timepicker"]
    initial_time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    timezone: Filled | None = None


class DateTimePicker(Confirmed):
    """block-elements/datetime-picker-element: seconds since the epoch, ten digits."""

    type: Literal["datetimepicker"]
    initial_date_time: Annotated[int, Field(ge=10**9, lt=10**10)] | None = None
    focus_on_load: bool | None = None


Select: TypeAlias = (
    StaticSelect
    | MultiStaticSelect
    | ExternalSelect
    | MultiExternalSelect
    | UsersSelect
    | MultiUsersSelect
    | ConversationsSelect
    | MultiConversationsSelect
    | ChannelsSelect
    | MultiChannelsSelect
)
Picked: TypeAlias = Select | Checkboxes | RadioButtons | DatePicker | TimePicker


def _among(options: list[Option] | list[FormattedOption], chosen: list[Option] | list[FormattedOption]) -> None:
    for option in chosen:
        if option not in options:
            raise PydanticCustomError(
                "initial", "the initial option is none of the options: {value}", {"value": option.value}
            )
