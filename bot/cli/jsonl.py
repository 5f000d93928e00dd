"""Questions and answers as JSON: one object a line, for whoever measures or embeds the desk."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from bot.views.answer import answer
from knowledge.library import Library
from knowledge.models import Hit
from knowledge.query import parse

PASSAGES: Final = 10


def one(library: Library, question: str, question_id: str | None = None) -> dict[str, Any]:
    """The answer to one question: what was found in rank order, and exactly what Slack would be sent."""
    found = library.ask(parse(question))
    payload = answer(library, found, shareable=True).payload()
    return {
        "id": question_id,
        "question": question,
        "confident": found.confident,
        "passages": [_passage(library, hit) for hit in found.hits[:PASSAGES]],
        "reply": {"text": payload["text"], "blocks": payload.get("blocks", [])},
        "error": None,
    }


def lines(library: Library, questions: Iterable[str | bytes]) -> Iterator[bytes]:
    """A line of JSON for every line of JSON ``{"id", "question"}``; a bad one gives a line with its error."""
    for number, line in enumerate(questions, 1):
        if not line.strip():
            continue
        try:
            question_id, question = _read(line)
        except ValueError as error:
            yield dump(_failed(f"line {number}: {error}"))
        else:
            yield dump(one(library, question, question_id))


def dump(entry: dict[str, Any], indent: int | None = None) -> bytes:
    """JSON in UTF-8. Half a surrogate pair, which UTF-8 cannot hold, is written as the escape that JSON has for it."""
    return json.dumps(entry, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace")


def _failed(error: str) -> dict[str, Any]:
    return {"id": None, "question": None, "confident": False, "passages": [], "reply": None, "error": error}


def _read(line: str | bytes) -> tuple[str | None, str]:
    try:
        entry = json.loads(line)
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: {error.reason}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(entry, dict):
        raise ValueError('not an object of the form {"id", "question"}')
    question, question_id = entry.get("question"), entry.get("id")
    if not isinstance(question, str):
        raise ValueError('"question" is missing or is not a string')
    if question_id is not None and not isinstance(question_id, str | int):
        raise ValueError('"id" is neither a string nor a number')
    return question_id if question_id is None else str(question_id), question


def _passage(library: Library, hit: Hit) -> dict[str, Any]:
    """A compiled passage names all its publications and the newest date; it has no one address (the reply has all)."""
    passage = hit.passage
    sources = library.sources_of(passage)
    single = sources[0] if len(sources) == 1 else None
    dates = [source.published for source in sources if source.published]
    return {
        "id": passage.id,
        "text": passage.text,
        "source_id": passage.id.partition("/")[0],
        "title": "; ".join(source.title for source in sources),
        "publisher": "; ".join(source.publisher for source in sources if source.publisher) or None,
        "published": str(max(dates, key=lambda date: date.latest)) if dates else None,
        "url": single.url if single else None,
        "locator": passage.locator,
        "as_of": str(passage.as_of) if passage.as_of else None,
        "basis": passage.basis.value,
        "score": hit.score,
    }
