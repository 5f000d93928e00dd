"""Small corpora of key issues, made up, for the digest's rules."""

from dataclasses import replace

from hypothesis import strategies as st

from knowledge.dates import PartialDate
from knowledge.models import Corpus, Event, Issue, Passage, Recommendation, Status, Topic

TOPICS = ("oil", "water", "law")


def advice(issue: str, number: int, addressee: str, year: int) -> Recommendation:
    """A recommendation to one addressee, of one year."""
    return Recommendation(f"{issue}-r{number}", issue, "Do it.", (addressee,), (), PartialDate(year), ())


def issue(number: int, topics: tuple[str, ...], status: Status, year: int, addressees: str) -> Issue:
    """An issue with a recommendation to each of `addressees` (their first letters), each a year older."""
    names = {name[0]: name for name in ("us", "baghdad", "tehran")}
    id_ = f"i{number}"
    found = [advice(id_, place, names[one], year - place) for place, one in enumerate(addressees)]
    return Issue(id_, id_, topics, status, PartialDate(year), "What it is.", "Why.", (), (), tuple(found))


def corpus_of(*issues: Issue, events: tuple[Event, ...] = (), passages: tuple[Passage, ...] = ()) -> Corpus:
    """A corpus of these, with no sources."""
    return Corpus(
        version="0" * 12,
        date=PartialDate(2026, 11, 22),
        sources={},
        passages={one.id: one for one in passages},
        issues={one.id: one for one in issues},
        actors={},
        events={one.id: one for one in events},
        topics={one: Topic(one, one, one, ()) for one in TOPICS},
        thesaurus=(),
    )


def rewritten(corpus: Corpus, id_: str, text: str) -> Corpus:
    """The corpus with another summary of one issue."""
    return replace(corpus, issues=corpus.issues | {id_: replace(corpus.issues[id_], summary=text)})


def readvised(corpus: Corpus, id_: str, text: str) -> Corpus:
    """The corpus with another first recommendation on one issue."""
    old = corpus.issues[id_]
    found = tuple(replace(one, text=text) for one in old.recommendations[:1]) + old.recommendations[1:]
    return replace(corpus, issues=corpus.issues | {id_: replace(old, recommendations=found)})


def without(corpus: Corpus, id_: str) -> Corpus:
    """The corpus after one issue was withdrawn."""
    return replace(corpus, issues={key: one for key, one in corpus.issues.items() if key != id_})


ISSUES = st.builds(
    issue,
    st.just(0),
    st.lists(st.sampled_from(TOPICS), min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from([Status.OPEN, Status.OPEN, Status.EASED, Status.SETTLED]),
    st.integers(2015, 2026),
    st.text("ubt", max_size=4),
)
CORPORA = st.lists(ISSUES, max_size=40).map(
    lambda found: corpus_of(
        *(
            replace(
                one,
                id=f"i{n}",
                recommendations=tuple(
                    replace(each, id=f"i{n}-r{m}", issue=f"i{n}") for m, each in enumerate(one.recommendations)
                ),
            )
            for n, one in enumerate(found)
        )
    )
)
