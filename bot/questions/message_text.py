"""What a message in Slack says, as a question to the corpus.

Nobody wrote it as one: it may be a headline or an article, quote people, list points, hold links, code, emoji and
mentions, or be another bot's, with all its words in blocks. Measured on messages of all these kinds
(tests/evaluation/background.yaml): the first 500 characters of its words find as well as the whole, and better than its first
sentences or its rarest terms.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.mrkdwn import plain
from knowledge.filters import disarmed
from knowledge.models import Query
from knowledge.query import parse

LONGEST_READ: Final = 20_000  # characters

_CODE = re.compile("```.*?(?:```|$)", re.DOTALL)
_BARE_LINK = re.compile(r"<(https?://[^|<>]*)>")
_MENTION = re.compile("<[@#!][^<>]*>")
_EMOJI = re.compile(r"(?<![^\s:]):[a-z0-9_+'-]+:")
_PATH = re.compile("https?://[^/]*/([^?#]*)")
_STYLE = re.compile(r"[*~`]|(?<!\w)_|_(?!\w)")  # the marks of bold, italic and the like
_BULLET = re.compile(r"^[\s>•◦▪·–—-]+")
_GAP = re.compile(r" +(?=[.,;!?])")  # where a closing quotation mark stood
_PARAGRAPHS = ("rich_text_section", "rich_text_quote", "rich_text_preformatted")
_ENDED = re.compile("[.!?؟…:;,،]$")


def question(message: Mapping[str, Any]) -> Query:
    """The words of a message object, as far as they are searched. No text where it has none."""
    text = "\n".join(_parts(message))[:LONGEST_READ]
    return _cleaned(_without_noise(text)) or _cleaned(_paths(text)) or Query("")


def _cleaned(text: str) -> Query | None:
    """Each line a sentence, and nothing taken for a filter. None without a letter or a digit."""
    said = _GAP.sub("", disarmed(_STYLE.sub("", plain(text))))
    lines = (_BULLET.sub("", line).rstrip() for line in said.splitlines())
    query = parse(" ".join(line if _ENDED.search(line) else f"{line}." for line in lines if line))
    return query if any(map(str.isalnum, query.text)) else None


def _without_noise(text: str) -> str:
    for noise in (_CODE, _BARE_LINK, _MENTION, _EMOJI):
        text = noise.sub(" ", text)
    return text


def _paths(text: str) -> str:
    """The words in the addresses of links, for a message of nothing else: publishers put headlines there."""
    links = (match[1] for match in _BARE_LINK.finditer(text))
    return "\n".join(re.sub(r"[\W_]+", " ", path[1]) for link in links if (path := _PATH.match(link)))


def _parts(message: Mapping[str, Any]) -> Iterator[str]:
    """Its text, or that of its blocks; the previews of its links; else the names of its files."""
    said = message.get("text") or "\n".join(_texts(message.get("blocks")))
    previews = [text for one in message.get("attachments") or () for text in _preview(one)]
    yield from filter(None, (said, *previews))
    if not said.strip() and not previews:
        yield from (str(file.get("title") or file.get("name") or "") for file in message.get("files") or ())


def _preview(attachment: dict[str, Any]) -> Iterator[str]:
    told = [str(attachment[key]) for key in ("title", "text") if attachment.get(key)]
    yield from told or _texts(attachment.get("blocks")) or [str(attachment.get("fallback") or "")]


def _texts(part: object) -> list[str]:
    """Every text in blocks, in their order; the runs of one paragraph together, and no labels of buttons."""
    if isinstance(part, list):
        return [text for item in part for text in _texts(item)]
    if not isinstance(part, dict) or part.get("type") in ("actions", "context_actions"):
        return []
    if part.get("type") in _PARAGRAPHS:
        return ["".join(_runs(part.get("elements")))]
    if isinstance(part.get("text"), str):
        return [part["text"]]
    return [text for key in ("text", "fields", "elements", "rows") for text in _texts(part.get(key))]


def _runs(elements: object) -> Iterator[str]:
    for run in elements if isinstance(elements, list) else ():
        yield str(run.get("text") or " ") if isinstance(run, dict) else ""
