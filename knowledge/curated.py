"""The curated corpus: a folder of Markdown and YAML -> one immutable Corpus, or everything that is wrong with it."""

import dataclasses
import hashlib
import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import cast

from knowledge import checks, drafts
from knowledge.errors import CorpusError
from knowledge.models import Actor, Corpus


def packaged() -> Traversable:
    """The corpus that is shipped with this package."""
    return files("knowledge") / "corpus"


def load(root: Traversable) -> Corpus:
    """Read and check a corpus.

    Raises:
        CorpusError: with every problem of every file, in their order.
    """
    draft = drafts.read(root)
    problems = [*draft.problems, *checks.problems(draft)]
    if problems or draft.date is None:  # without a date there is a problem that says so
        raise CorpusError(problems)
    names = {entry.value.name: entry.value.aliases + entry.value.cautious for entry in draft.thesaurus}
    wordings = {one.id: one.value for one in draft.wordings}
    corpus = Corpus(
        version="",
        date=draft.date.value,
        sources={one.id: one.value for one in draft.sources},
        passages={one.id: dataclasses.replace(one.value, wordings=wordings.get(one.id, ())) for one in draft.passages},
        issues={one.id: one.value for one in draft.issues},
        actors={one.id: _named(one.value, names) for one in draft.actors},
        events={one.id: one.value for one in draft.events},
        topics={one.id: one.value for one in draft.topics},
        thesaurus=tuple(one.value for one in draft.thesaurus),
        stopwords=draft.stopwords,
    )
    return dataclasses.replace(corpus, version=_version(corpus))


def _named(actor: Actor, names: dict[str, tuple[str, ...]]) -> Actor:
    return dataclasses.replace(actor, aliases=names.get(actor.name, ()))


def _version(corpus: Corpus) -> str:
    """Twelve hexadecimal digits over all content, the order of entries included: it decides between equal scores."""
    content = json.dumps(corpus, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _plain(value: object) -> dict[str, object] | list[str]:
    """A model as its fields, the stop words in order; `dataclasses.asdict` copies everything within as well."""
    if dataclasses.is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return sorted(cast("frozenset[str]", value))
