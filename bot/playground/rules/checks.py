"""Whole payloads against the rules, and the refusals in Slack's words, each with the JSON pointer of what it is about."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from bot.playground.model import Blocks, JsonObject, SlackError
from bot.playground.rules.blocks import HomeBlock, MessageBlock, ModalBlock
from bot.playground.rules.objects import Option, OptionGroup, Plain24, Strict
from bot.playground.walk import inside, nested

# Where Slack cuts a text (docs.slack.dev/reference/methods/chat.postMessage); a cut answer is a fault, so it is refused.
MOST_TEXT = 40_000
# No page states this: messages whose blocks are longer as JSON have been refused (slackapi/bolt-js#2509).
MOST_BLOCK_CHARACTERS = 13_200
MOST_MARKDOWN = 12_000
MOST_VIEW_BYTES = 250_000

# Slack's words where pydantic has its own.
WORDS = {
    "string_too_long": "must be at most {max_length} characters",
    "string_too_short": "must be at least {min_length} characters",
    "too_long": "no more than {max_length} items allowed",
    "too_short": "no fewer than {min_length} items allowed",
    "missing": "missing required field",
    "extra_forbidden": "invalid additional property",
    "union_tag_invalid": "unsupported type: {tag}",
}

ShortText = Annotated[str, Field(max_length=255)]


class _View(Strict):
    private_metadata: Annotated[str, Field(max_length=3000)] | None = None
    callback_id: ShortText | None = None
    external_id: ShortText | None = None


class _Modal(_View):
    type: Literal["modal"]
    title: Plain24
    blocks: Annotated[list[ModalBlock], Field(max_length=100)]
    submit: Plain24 | None = None
    close: Plain24 | None = None
    clear_on_close: bool | None = None
    notify_on_close: bool | None = None
    submit_disabled: bool | None = None


class _Home(_View):
    type: Literal["home"]
    blocks: Annotated[list[HomeBlock], Field(max_length=100)]


class _Suggestions(Strict):
    options: Annotated[list[Option], Field(max_length=100)] | None = None
    option_groups: Annotated[list[OptionGroup], Field(max_length=100)] | None = None


MESSAGE: TypeAdapter[list[MessageBlock]] = TypeAdapter(Annotated[list[MessageBlock], Field(max_length=50)])
MODAL = TypeAdapter(_Modal)
HOME = TypeAdapter(_Home)
SUGGESTIONS = TypeAdapter(_Suggestions)


def check_message(body: JsonObject) -> None:
    """Refuse a message Slack would not show: `text` and `blocks` of a payload.

    Raises:
        SlackError: `no_text`, `msg_too_long`, `invalid_blocks` (with a message for each fault) or `msg_blocks_too_long`.
    """
    text, blocks = body.get("text") or "", body.get("blocks")
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    if len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    if blocks:
        problems = _problems(MESSAGE, blocks, "/blocks") or [*_repeats(blocks, "/blocks"), *_totals(blocks)]
        if problems:
            raise SlackError("invalid_blocks", problems)
        if len(json.dumps(blocks, ensure_ascii=False)) > MOST_BLOCK_CHARACTERS:
            raise SlackError("msg_blocks_too_long")


def check_view(view: JsonObject, surface: Literal["modal", "home"]) -> None:
    """Refuse a modal or Home tab Slack would not open.

    Raises:
        SlackError: `invalid_arguments` with a message for each fault, or `view_too_large`.
    """
    problems = _problems(MODAL if surface == "modal" else HOME, view, "/view")
    if not problems:
        problems = [*_repeats(view["blocks"], "/view/blocks"), *_submission(view), *_focus(view["blocks"])]
    if problems:
        raise SlackError("invalid_arguments", problems)
    if len(json.dumps(view, ensure_ascii=False).encode("utf-8", "surrogatepass")) > MOST_VIEW_BYTES:
        raise SlackError("view_too_large")


def check_options(answer: JsonObject) -> Blocks:
    """The options an app suggests for an external select, those of groups included.

    Raises:
        SlackError: `invalid_options` with a message for each fault.
    """
    problems = _problems(SUGGESTIONS, answer, "")
    if problems:
        raise SlackError("invalid_options", problems)
    groups = answer.get("option_groups", [])
    return [*answer.get("options", []), *(option for group in groups for option in group["options"])]


def _problems(adapter: TypeAdapter[Any], payload: object, prefix: str) -> list[str]:
    try:
        adapter.validate_python(payload)
    except ValidationError as error:
        return [
            f"[ERROR] {_words(each['type'], each['msg'], each.get('ctx', {}))} "
            f"[json-pointer:{prefix}{_pointer(payload, each['loc'])}]"
            for each in error.errors(include_url=False, include_input=False)
        ]
    return []


def _words(kind: str, message: str, context: dict[str, Any]) -> str:
    return WORDS[kind].format(**context) if kind in WORDS else message


def _pointer(payload: object, location: Sequence[int | str]) -> str:
    """The JSON pointer of a pydantic location, which also names the type it chose wherever there is a choice."""
    pointer, at, chosen = "", payload, False
    for step in location:
        if isinstance(at, dict) and not chosen and at.get("type") == step:
            chosen = True
            continue
        pointer, chosen = f"{pointer}/{step}", False
        if isinstance(at, dict):
            at = at.get(step)
        elif isinstance(at, list) and isinstance(step, int) and step < len(at):
            at = at[step]
    return pointer


def _repeats(blocks: Blocks, prefix: str) -> Iterator[str]:
    """Ids that must not be used twice: a block_id in the payload, an action_id in its block."""
    for block_id in _twice(block.get("block_id") for block in nested(blocks)):
        yield f"[ERROR] block_id already in use: {block_id} [json-pointer:{prefix}]"
    for block in nested(blocks):
        for action_id in _twice(element.get("action_id") for element in inside(block)):
            yield f"[ERROR] action_id already in use in its block: {action_id} [json-pointer:{prefix}]"


def _twice(names: Iterable[str | None]) -> list[str]:
    return [name for name, uses in Counter(names).items() if name is not None and uses > 1]


def _totals(blocks: Blocks) -> Iterator[str]:
    everything = list(nested(blocks))
    if sum(block["type"] in ("table", "data_table") for block in everything) > 1:
        yield "[ERROR] only_one_table_allowed [json-pointer:/blocks]"
    if sum(len(block["text"]) for block in everything if block["type"] == "markdown") > MOST_MARKDOWN:
        yield "[ERROR] markdown blocks hold more than 12,000 characters together [json-pointer:/blocks]"


def _submission(view: JsonObject) -> Iterator[str]:
    needs = view["type"] == "modal" and any(block["type"] == "input" for block in view["blocks"])
    if needs and "submit" not in view:
        yield "[ERROR] missing required field: a view with input blocks needs a submit [json-pointer:/view/submit]"


def _focus(blocks: Blocks) -> Iterator[str]:
    if sum(bool(element.get("focus_on_load")) for block in blocks for element in inside(block)) > 1:
        yield "[ERROR] focus_on_load on more than one element [json-pointer:/view/blocks]"
