"""Block Kit's building blocks, as small functions that return Slack's JSON (docs.slack.dev/reference/block-kit)."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.bidi import ISOLATE, POP, lines, right_to_left
from bot.views.ids import ActionId, CallbackId

Block = dict[str, Any]
Element = dict[str, Any]
View = dict[str, Any]


def modal(
    callback: CallbackId, title: str, body: Iterable[Block], *, close: str, submit: str = "", metadata: str = ""
) -> View:
    """A modal of at most a hundred blocks, its title of 24 characters; without `submit` it can only be closed.

    `metadata`, at most 3,000 characters, comes back with what is submitted or pressed in it
    (docs.slack.dev/reference/views/modal-views).
    """
    view: View = {
        "type": "modal",
        "callback_id": callback,
        "title": plain_text(title),
        "close": plain_text(close),
        "blocks": list(body),
    }
    if submit:
        view["submit"] = plain_text(submit)
    if metadata:
        view["private_metadata"] = metadata
    return view


def plain_text(text: str) -> Element:
    """A text object without markup."""
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> Element:
    """A text object with markup; whatever is not ours in it was escaped by `bot.mrkdwn`, and isolated by `bot.bidi`."""
    return {"type": "mrkdwn", "text": lines(text), "verbatim": True}


def header(text: str) -> Block:
    """A heading of at most 150 characters."""
    return {"type": "header", "text": plain_text(text)}


def section(text: str) -> Block:
    """A paragraph of mrkdwn, at most 3,000 characters."""
    return {"type": "section", "text": mrkdwn(text)}


def fields(*texts: str) -> Block:
    """Up to ten short texts of mrkdwn in two columns; a narrow window puts them one below the other."""
    return {"type": "section", "fields": [mrkdwn(text) for text in texts]}


def context(*texts: str) -> Block:
    """Up to ten small lines of mrkdwn."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def actions(*elements: Element) -> Block:
    """A row of controls."""
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action_id: ActionId, value: str, *, confirm: Element | None = None) -> Element:
    """A button; `value` comes back with the press, at most 2,000 characters."""
    element: Element = {"type": "button", "action_id": action_id, "text": plain_text(text), "value": value}
    return element if confirm is None else element | {"confirm": confirm}


def confirm(title: str, text: str, *, yes: str, no: str) -> Element:
    """The question asked before a press counts."""
    return {
        "title": plain_text(title),
        "text": plain_text(text),
        "confirm": plain_text(yes),
        "deny": plain_text(no),
    }


def rich_text(*elements: Element) -> Block:
    """A block in which no text is markup."""
    return {"type": "rich_text", "elements": list(elements)}


def rich_section(*runs: Element) -> Element:
    """A paragraph of runs."""
    return {"type": "rich_text_section", "elements": list(runs)}


def rich_quote(*runs: Element) -> Element:
    """A quotation of runs, with a bar beside it."""
    return {"type": "rich_text_quote", "elements": list(runs)}


def rich_preformatted(*runs: Element) -> Element:
    """Lines as they are, in a frame and of one width."""
    return {"type": "rich_text_preformatted", "elements": list(runs)}


def rich_list(items: Iterable[Sequence[Element]]) -> Element:
    """A bulleted list; every item is a sequence of runs."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [rich_section(*runs) for runs in items]}


def run(text: str, **style: bool) -> Element:
    """A literal run of text, with ``bold=True``, ``italic=True`` or ``code=True``."""
    element: Element = {"type": "text", "text": text}
    return element | {"style": style} if style else element


def highlighted(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> list[Element]:
    """``text[start:end]`` as runs, bold where one of `spans` (offsets in `text`, in order and apart) marks it."""
    runs: list[Element] = []
    at = start
    for span_start, span_end in spans:
        low, high = max(span_start, at), min(span_end, end)
        if low >= high:
            continue
        if at < low:
            runs.append(run(text[at:low]))
        runs.append(run(text[low:high], bold=True))
        at = high
    if at < end:
        runs.append(run(text[at:end]))
    return runs


def quoted(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> list[Element]:
    """The same between ellipses where the text goes on, and set apart from them where it runs from right to left."""
    runs = highlighted(text, spans, start, end)
    before, after = "… " if start > 0 else "", " …" if end < len(text) else ""
    if right_to_left(text[start:end]):
        before, after = f"{before}{ISOLATE}", f"{POP}{after}"
    return [*([run(before)] if before else []), *runs, *([run(after)] if after else [])]
