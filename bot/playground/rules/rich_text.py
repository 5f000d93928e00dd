"""The rich_text block and what stands in it (docs.slack.dev/reference/block-kit/blocks/rich-text-block)."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.playground.rules.objects import Filled, Identifier, Strict, Url


class Style(Strict):
    """How a run of text looks."""

    bold: bool | None = None
    italic: bool | None = None
    strike: bool | None = None
    code: bool | None = None
    underline: bool | None = None
    highlight: bool | None = None
    client_highlight: bool | None = None
    unlink: bool | None = None


class Run(Strict):
    """A piece of a line."""

    style: Style | None = None


class TextRun(Run):
    """Words, taken literally."""

    type: Literal["text"]
    text: Filled


class LinkRun(Run):
    """An address."""

    type: Literal["link"]
    url: Url
    text: Filled | None = None
    unsafe: bool | None = None


class EmojiRun(Run):
    """An emoji by name."""

    type: Literal["emoji"]
    name: Filled
    unicode: Filled | None = None
    skin_tone: Annotated[int, Field(ge=1, le=6)] | None = None


class UserRun(Run):
    """A mention of somebody."""

    type: Literal["user"]
    user_id: Annotated[str, Field(pattern=r"^[UW][A-Z0-9]+$")]


class UserGroupRun(Run):
    """A mention of a group."""

    type: Literal["usergroup"]
    usergroup_id: Annotated[str, Field(pattern=r"^S[A-Z0-9]+$")]


class ChannelRun(Run):
    """A mention of a channel."""

    type: Literal["channel"]
    channel_id: Annotated[str, Field(pattern=r"^[CGD][A-Z0-9]+$")]


class BroadcastRun(Run):
    """A call to everybody. Slack allows it; that our app does not is for its own tests to say."""

    type: Literal["broadcast"]
    range: Literal["here", "channel", "everyone"]


class ColorRun(Run):
    """A colour swatch."""

    type: Literal["color"]
    value: Filled


class DateRun(Run):
    """A time, shown in the reader's zone: seconds since the epoch and a format with `{date_...}` parts."""

    type: Literal["date"]
    timestamp: Annotated[int, Field(ge=0)]
    format: Filled
    url: Url | None = None
    fallback: Filled | None = None


AnyRun: TypeAlias = Annotated[
    TextRun | LinkRun | EmojiRun | UserRun | UserGroupRun | ChannelRun | BroadcastRun | ColorRun | DateRun,
    Field(discriminator="type"),
]


class Section(Strict):
    """A paragraph."""

    type: Literal["rich_text_section"]
    elements: list[AnyRun]


class Quote(Strict):
    """A quotation."""

    type: Literal["rich_text_quote"]
    elements: list[AnyRun]
    border: Annotated[int, Field(ge=0, le=1)] | None = None


class Preformatted(Strict):
    """A block of code."""

    type: Literal["rich_text_preformatted"]
    elements: list[
        Annotated[
            TextRun | LinkRun | EmojiRun | UserRun | UserGroupRun | ChannelRun | BroadcastRun | DateRun,
            Field(discriminator="type"),
        ]
    ]
    border: Annotated[int, Field(ge=0, le=1)] | None = None
    language: Filled | None = None


class List(Strict):
    """A list, each item a section."""

    type: Literal["rich_text_list"]
    style: Literal["bullet", "ordered"]
    elements: Annotated[list[Section], Field(min_length=1)]
    indent: Annotated[int, Field(ge=0, le=8)] | None = None
    offset: Annotated[int, Field(ge=0)] | None = None
    border: Annotated[int, Field(ge=0, le=1)] | None = None


class RichText(Strict):
    """blocks/rich-text-block."""

    type: Literal["rich_text"]
    block_id: Identifier | None = None
    elements: Annotated[
        list[Annotated[Section | Quote | Preformatted | List, Field(discriminator="type")]], Field(min_length=1)
    ]
