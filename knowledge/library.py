"""The library: an immutable snapshot of a corpus, ready to be asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.resources.abc import Traversable
from typing import Self

import numpy as np

from knowledge import filters, followup, query
from knowledge.analysis import Analyzer, Token, words
from knowledge.bm25 import Scores
from knowledge.confidence import DOUBTFUL, NONE, UNWORDED
from knowledge.dependence import depends
from knowledge.explanation import Share, Wording, shares
from knowledge.index import Index
from knowledge.lexicon import Lexicon
from knowledge.meaning import Interpreter, Meaning
from knowledge.models import Answer, Corpus, Hit, Passage, Query, Source
from knowledge.ranking import Ranking
from knowledge.selection import Narrowing, Selector
from knowledge.snippets import Span, sentences
from knowledge.spelling import Speller
from knowledge.thesaurus import Thesaurus

LEADING = 3  # of the best passages, in which an answer is looked for
SENTENCES = 12  # of a long text, each of which may be what is answered; the time of a question is bounded


class Library:
    """A corpus and its index. Never changes: a new corpus is a new library, and readers of the old one go on."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._passages = tuple(corpus.passages.values())
        self._leniency = 0.0 if any(one.wordings for one in self._passages) else UNWORDED
        self._places = {passage.id: place for place, passage in enumerate(self._passages)}
        self._analyzer = Analyzer(corpus.stopwords)
        self._thesaurus = Thesaurus(corpus.thesaurus, self._analyzer)
        self._lexicon = lexicon = Lexicon(self._analyzer)
        self._index = Index(self._passages, self._tokens, lexicon)
        self._interpreter = Interpreter(
            self._analyzer,
            self._thesaurus,
            lexicon,
            Speller(self._vocabulary()),
            idfs=self._index.idf,
            size=len(self._passages),
        )
        self._ranking = Ranking(self._passages, self._index.seen)
        self._selector = Selector(corpus, self._index, self._analyzer.terms)

    @classmethod
    def load(cls, root: Traversable | None = None) -> Self:
        """The library of a corpus folder, or of the one that is shipped.

        Raises:
            CorpusError: the corpus has problems.
        """
        from knowledge import curated  # noqa: PLC0415 - a kept library needs no YAML and no pydantic

        return cls(curated.load(curated.packaged() if root is None else root))

    def ask(self, question: Query | str, limit: int = 10) -> Answer:
        """The passages that match best, at most `limit`; the same question and corpus give the same answer.

        Equal scores stand in the order of the corpus. Never raises for what somebody may type.
        """
        asked = query.parse(question) if isinstance(question, str) else question
        request, meaning, before = self._read(asked)
        narrowing = self._selector.narrow(request)
        scores = self._scores(meaning, narrowing)
        if before is not None:
            seen = list(self._ranking.order(self._scores(before, narrowing), 1))
            scores[seen] *= followup.SEEN
        best = list(self._ranking.order(scores, limit))
        hits = tuple(self._hit(place, float(scores[place]), meaning) for place in best)
        notes = narrowing.notes(found=bool(hits))
        if not hits or not meaning.sought:
            return Answer(asked, hits, bool(hits), meaning.corrections, notes)
        index, evidence, leading = self._index, meaning.evidence, best[:LEADING]
        likelihood = self._likelihood(meaning, leading)
        partial = NONE <= likelihood < DOUBTFUL and not evidence.has_all(index.terms[leading[0]])
        parts = "" if asked.before else request.words  # the question before was answered already
        if not partial or self._answers_part(parts, narrowing, DOUBTFUL):
            confident = likelihood >= NONE or self._answers_part(parts, narrowing, NONE)
            return Answer(asked, hits, confident, meaning.corrections, notes)
        lacking = evidence.lacking([index.terms[place] for place in leading], request.words)
        return Answer(asked, hits, True, meaning.corrections, notes, doubtful=True, lacking=lacking)  # noqa: FBT003

    def follow(self, last: Query, question: Query) -> Query:
        """The question, with the last one before it where it depends on that one."""
        words = filters.split(question.text).words
        if question.before or not depends(words, self._interpreter.read(words)):
            return question
        return replace(question, before=followup.context(last))

    def explain(self, answer: Answer) -> tuple[tuple[Share, ...], ...]:
        """For every hit of an answer of this library, the parts of its score."""
        _, meaning, _ = self._read(answer.query)
        return tuple(
            shares(
                self._index,
                meaning,
                self._places[hit.passage.id],
                hit.score,
                Wording(hit.passage, self._tokens, self._lexicon),
            )
            for hit in answer.hits
        )

    def marks(self, question: Query, passages: Iterable[Passage]) -> tuple[tuple[Span, ...], ...]:
        """For every passage the (start, end) of the question's words in its text, in order and apart."""
        terms = [one.term for one in self._read(question)[1].sought]
        return tuple(self._index.snippets[self._places[one.id]].highlights(terms) for one in passages)

    def passage(self, id_: str) -> Passage | None:
        """The passage of an id, if there is one (an old message may name one that has gone)."""
        return self.corpus.passages.get(id_)

    def source(self, id_: str) -> Source | None:
        """The source of an id, if there is one."""
        return self.corpus.sources.get(id_)

    def sources_of(self, passage: Passage) -> tuple[Source, ...]:
        """The publications that a passage cites, in its order."""
        return tuple(self.corpus.sources[id_] for id_ in passage.sources)

    def neighbours(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """The passages before and after one in its file."""
        place = self._places[passage.id]
        return self._sibling(passage, place - 1), self._sibling(passage, place + 1)

    def _sibling(self, passage: Passage, place: int) -> Passage | None:
        if not 0 <= place < len(self._passages):
            return None
        other = self._passages[place]
        return other if other.id.partition("/")[0] == passage.id.partition("/")[0] else None

    def _read(self, asked: Query) -> tuple[filters.Request, Meaning, Meaning | None]:
        """What narrows the passages, what is looked for, and what was before, where that was something else."""
        request = filters.split(asked.text)
        meaning = self._interpreter.read(request.words)
        if not asked.before:
            return request, meaning, None
        last = filters.split(asked.before)
        before = self._interpreter.read(last.words)
        together = followup.joined(meaning, before)
        return followup.narrowed(request, last), together, before if followup.is_new(meaning) else None

    def _scores(self, meaning: Meaning, narrowing: Narrowing) -> Scores:
        """The score of every passage that may answer; of a question of filters alone, the newest have most."""
        if meaning.sought:
            scores = self._ranking.adjust(self._index.scores(meaning), meaning.times)
        elif narrowing.met is not None:
            scores = self._ranking.newest()
        else:
            return np.zeros(len(self._passages))
        return narrowing.keep(scores)

    def _likelihood(self, meaning: Meaning, leading: Sequence[int]) -> float:
        """The logarithm of the odds that the leading passages answer."""
        best, seen = self._index.terms[leading[0]], [self._index.seen[place] for place in leading]
        return meaning.evidence.logit(best, seen) + self._leniency

    def _answers_part(self, text: str, narrowing: Narrowing, least: float) -> bool:
        """Whether one sentence of a text of several is answered: no passage has all of what a whole message says."""
        spans = sentences(text)
        parts = (text[start:end] for start, end in spans[:SENTENCES])
        return len(spans) > 1 and any(self._answers(part, narrowing, least) for part in parts)

    def _answers(self, sentence: str, narrowing: Narrowing, least: float) -> bool:
        meaning = self._interpreter.read(sentence)
        leading = list(self._ranking.order(self._scores(meaning, narrowing), LEADING)) if meaning.sought else []
        return bool(leading) and self._likelihood(meaning, leading) >= least

    def _hit(self, place: int, score: float, meaning: Meaning) -> Hit:
        snippets = self._index.snippets[place]
        weights = {one.term: one.weight for one in meaning.sought}
        return Hit(self._passages[place], score, snippets.highlights(weights), snippets.best(weights))

    def _tokens(self, text: str) -> list[Token]:
        """The words of a text and the concepts that it names."""
        tokens = self._analyzer.tokens(text)
        return tokens + self._thesaurus.concepts(tokens, text)

    def _vocabulary(self) -> Iterator[str]:
        """Every word that a correction may lead to, those of the passages first, the most frequent of them first."""
        parts = (part for one in self._passages for part in (*one.heading, one.text, *one.asks, *one.wordings))
        names = (form for entry in self.corpus.thesaurus for form in (entry.name, *entry.aliases))
        for word, _ in Counter(word for part in parts for word in words(part)).most_common():
            if word not in self.corpus.stopwords:
                yield word
        for name in names:
            yield from words(name)
