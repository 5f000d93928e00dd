"""Blocks, and which surface takes which (docs.slack.dev/reference/block-kit/blocks)."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.playground.rules.elements import Button, Image, InActions, InContextActions, InInput, InModalInput, InSection
from bot.playground.rules.objects import (
    Filled,
    HttpsUrl,
    Identifier,
    Mrkdwn,
    Plain150,
    Plain199,
    Plain2000,
    PlainText,
    SlackFile,
    Strict,
    Text,
    Text150,
    Text200,
    Text2000,
    Url,
    exactly_one,
)
from bot.playground.rules.rich_text import RichText

# Cells of a table hold at most so many characters together.
MOST_TABLE_CHARACTERS = 10_000
AltText: TypeAlias = Annotated[str, Field(min_length=1, max_length=2000)]


class Block(Strict):
    """What every block may have."""

    block_id: Identifier | None = None


class Header(Block):
    """blocks/header-block."""

    type: Literal["header"]
    text: Plain150
    level: Annotated[int, Field(ge=1, le=4)] | None = None


class Section(Block):
    """blocks/section-block."""

    type: Literal["section"]
    text: Text | None = None
    fields: Annotated[list[Text2000], Field(min_length=1, max_length=10)] | None = None
    accessory: InSection | None = None
    expand: bool | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.text is None and self.fields is None:
            raise PydanticCustomError("choice", "must define either `text` or `fields`")
        return self


class Divider(Block):
    """blocks/divider-block."""

    type: Literal["divider"]


class Context(Block):
    """blocks/context-block."""

    type: Literal["context"]
    elements: Annotated[
        list[Annotated[PlainText | Mrkdwn | Image, Field(discriminator="type")]], Field(min_length=1, max_length=10)
    ]


class Actions(Block):
    """blocks/actions-block."""

    type: Literal["actions"]
    elements: Annotated[list[InActions], Field(min_length=1, max_length=25)]


class ContextActions(Block):
    """blocks/context-actions-block."""

    type: Literal["context_actions"]
    elements: Annotated[list[InContextActions], Field(min_length=1, max_length=5)]


class ImageBlock(Block):
    """blocks/image-block."""

    type: Literal["image"]
    alt_text: AltText
    image_url: Url | None = None
    slack_file: SlackFile | None = None
    title: Plain2000 | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        exactly_one(self, "image_url", "slack_file")
        return self


class _AnyInput(Block):
    type: Literal["input"]
    label: Plain2000
    hint: Plain2000 | None = None
    optional: bool | None = None
    dispatch_action: bool | None = None


class Input(_AnyInput):
    """blocks/input-block, in messages and Home tabs."""

    element: InInput


class ModalInput(_AnyInput):
    """The same in modals, where files can be taken too."""

    element: InModalInput


class Markdown(Block):
    """blocks/markdown-block."""

    type: Literal["markdown"]
    text: Annotated[str, Field(min_length=1, max_length=12_000)]


class RawText(Strict):
    """A cell of text."""

    type: Literal["raw_text"]
    text: Filled


class RawNumber(Strict):
    """A cell with a number."""

    type: Literal["raw_number"]
    value: float
    text: Filled | None = None


Row: TypeAlias = Annotated[
    list[Annotated[RawText | RawNumber | RichText, Field(discriminator="type")]], Field(min_length=1, max_length=20)
]


class ColumnSettings(Strict):
    """How a column of a table looks."""

    align: Literal["left", "center", "right"] | None = None
    is_wrapped: bool | None = None


class Table(Block):
    """blocks/table-block."""

    type: Literal["table"]
    rows: Annotated[list[Row], Field(min_length=1, max_length=100)]
    column_settings: Annotated[list[ColumnSettings], Field(max_length=20)] | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_cells(self.rows)
        return self


class DataTable(Block):
    """The table with pages: a header row and up to 100 more."""

    type: Literal["data_table"]
    caption: Filled
    rows: Annotated[list[Row], Field(min_length=2, max_length=101)]
    page_size: Annotated[int, Field(ge=1, le=100)] | None = None
    row_header_column_index: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_cells(self.rows)
        return self


class Video(Block):
    """blocks/video-block."""

    type: Literal["video"]
    alt_text: AltText
    title: Plain199
    thumbnail_url: Url
    video_url: HttpsUrl
    title_url: HttpsUrl | None = None
    author_name: Annotated[str, Field(min_length=1, max_length=49)] | None = None
    provider_name: Filled | None = None
    provider_icon_url: Url | None = None
    description: Text200 | None = None


class Alert(Block):
    """A banner, in modals only."""

    type: Literal["alert"]
    text: Text200
    level: Literal["default", "info", "warning", "error", "success"] | None = None


class Card(Block):
    """A card."""

    type: Literal["card"]
    hero_image: Image | None = None
    icon: Image | None = None
    title: Text150 | None = None
    subtitle: Text150 | None = None
    body: Text200 | None = None
    subtext: Text200 | None = None
    actions: Annotated[list[Button], Field(min_length=1, max_length=3)] | None = None


class Carousel(Block):
    """One to ten cards in a row."""

    type: Literal["carousel"]
    elements: Annotated[list[Card], Field(min_length=1, max_length=10)]


class Source(Strict):
    """Where a task got its result from."""

    type: Literal["url"]
    url: Url
    text: Filled


class TaskCard(Block):
    """One task of an agent."""

    type: Literal["task_card"]
    task_id: Filled
    title: Filled
    status: Literal["pending", "in_progress", "complete", "error"]
    details: RichText | None = None
    output: RichText | None = None
    sources: list[Source] | None = None


class Plan(Block):
    """A list of tasks."""

    type: Literal["plan"]
    title: Filled
    tasks: Annotated[list[TaskCard], Field(max_length=50)] | None = None


Everywhere: TypeAlias = Header | Section | Divider | Context | Actions | ImageBlock | RichText | Video
InContainer: TypeAlias = Annotated[
    Everywhere | Input | ContextActions | Markdown | Card | Carousel, Field(discriminator="type")
]


class Container(Block):
    """A foldable box of up to ten blocks, in messages only."""

    type: Literal["container"]
    child_blocks: Annotated[list[InContainer], Field(min_length=1, max_length=10)]
    title: Plain150 | None = None
    subtitle: Text150 | None = None
    icon: Image | None = None
    width: Literal["narrow", "standard", "wide", "full"] | None = None
    is_collapsible: bool | None = None
    default_collapsed: bool | None = None
    has_header_divider: bool | None = None


MessageOnly: TypeAlias = ContextActions | Markdown | Table | DataTable | Card | Carousel | TaskCard | Plan | Container
MessageBlock: TypeAlias = Annotated[Everywhere | Input | MessageOnly, Field(discriminator="type")]
ModalBlock: TypeAlias = Annotated[Everywhere | ModalInput | Alert, Field(discriminator="type")]
HomeBlock: TypeAlias = Annotated[Everywhere | Input, Field(discriminator="type")]


def _check_cells(rows: list[list[RawText | RawNumber | RichText]]) -> None:
    characters = sum(len(cell.text or "") for row in rows for cell in row if not isinstance(cell, RichText))
    if characters > MOST_TABLE_CHARACTERS:
        raise PydanticCustomError("table_too_long", "cells hold more than 10,000 characters together")
