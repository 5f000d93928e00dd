"""A search with filters, as the form has it: a question, a topic, a source, and the first and last day."""

import datetime as dt
from dataclasses import dataclass
from typing import Final, Self

import orjson

from knowledge.filters import Filter, Key, split
from knowledge.models import Query

QUESTION_LENGTH: Final = 350  # characters; with all filters it stays within the 500 that are searched
_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked for. `topic` and `source` are ids; `since` and `until` are days that belong to the time.

    `pages` is how many pages of passages are shown beyond the first.
    """

    question: str = ""
    topic: str = ""
    source: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    pages: int = 0

    @property
    def filters(self) -> tuple[Filter, ...]:
        """What narrows the passages."""
        after = str(self.since - _DAY) if self.since and self.since > dt.date.min else ""
        before = str(self.until + _DAY) if self.until and self.until < dt.date.max else ""
        wanted = ((Key.TOPIC, self.topic), (Key.SOURCE, self.source), (Key.AFTER, after), (Key.BEFORE, before))
        return tuple(Filter(key, value) for key, value in wanted if value)

    @property
    def query(self) -> Query:
        """As one text, in the language that `/iraq` understands, so that a shared answer's buttons need nothing else."""
        if not self.filters:
            return Query(self.question)
        narrowing = " ".join(map(str, self.filters))
        text = f"{self.question} {narrowing}".strip()
        # Of many filters only the first count: those of the form, should the question have some too.
        return Query(text if split(text).filters == self.filters else f"{narrowing} {self.question}".strip())

    def dump(self) -> str:
        """As a button's value, or a view's private metadata."""
        return orjson.dumps(self).decode()

    @classmethod
    def load(cls, text: str) -> Self:
        """From what `dump` made; raises ValueError when it is not."""
        try:
            found = orjson.loads(text)
            days = {name: dt.date.fromisoformat(found[name]) for name in ("since", "until") if found[name]}
            search = cls(**{**found, **days})
        except (TypeError, ValueError, KeyError) as error:
            raise ValueError(f"not a search: {text[:40]!r}") from error
        words = (search.question, search.topic, search.source)
        if not all(isinstance(one, str) for one in words) or type(search.pages) is not int:
            raise ValueError(f"not a search: {text[:40]!r}")
        return search
