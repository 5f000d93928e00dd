"""What the desk must not do in a channel: the one place that decides."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.policy import USUAL, Act, Mode, Policy, Refusal, Sharers, Way, decide
from bot.channels.subjects import of_answer, of_page, of_pages
from bot.views.channel_settings import refused
from bot.views.register.key import About, Page, PageKey
from knowledge.library import Library
from tests.support import blockcheck

OIL = frozenset({"energy-oil"})
MILITIAS = frozenset({"militias-pmf"})


def act(way: Way, topics: frozenset[str] | None = None, *, outside: bool | None = False, guest: bool = False) -> Act:
    """Something that Dana does in a channel."""
    return Act("C1", "U1", way, topics, outside=outside, guest=guest)


DECISIONS = [
    # the usual settings
    *((USUAL, act(way), None) for way in Way),
    # off is off
    *((Policy(Mode.OFF), act(way), Refusal.OFF) for way in Way),
    (Policy(Mode.OFF, outsiders=True), act(Way.MENTION, outside=True, guest=True), Refusal.GUEST),
    # mentions only: what one asks for oneself is refused, and the controls of public answers work
    (Policy(Mode.MENTIONS), act(Way.COMMAND), Refusal.MENTIONS_ONLY),
    (Policy(Mode.MENTIONS), act(Way.SHORTCUT), Refusal.MENTIONS_ONLY),
    (Policy(Mode.MENTIONS), act(Way.MENTION), None),
    (Policy(Mode.MENTIONS), act(Way.CONTROL), None),
    # another organisation listens
    (USUAL, act(Way.COMMAND, outside=True), None),
    (USUAL, act(Way.CONTROL, outside=True), None),
    (USUAL, act(Way.MENTION, outside=True), Refusal.OUTSIDERS),
    (USUAL, act(Way.SHARE, outside=True), Refusal.OUTSIDERS),
    (USUAL, act(Way.SHARE, outside=None), Refusal.UNKNOWN),
    (USUAL, act(Way.MENTION, outside=True, guest=True), Refusal.GUEST),
    (USUAL, act(Way.CONTROL, guest=True), Refusal.GUEST),
    (Policy(outsiders=True), act(Way.MENTION, outside=True, guest=True), None),
    (Policy(outsiders=True), act(Way.SHARE, outside=None), None),
    # sharing
    (Policy(sharers=Sharers.NOBODY), act(Way.SHARE), Refusal.NO_SHARING),
    (Policy(sharers=Sharers.NOBODY), act(Way.MENTION), None),
    (Policy(sharers=Sharers.SETTERS), act(Way.SHARE), None),
    (Policy(sharers=Sharers.SETTERS), replace(act(Way.SHARE), may_set=False), Refusal.RESERVED),
    # topics bind what everybody sees
    (Policy(topics=OIL), act(Way.MENTION, MILITIAS), Refusal.OTHER_TOPIC),
    (Policy(topics=OIL), act(Way.SHARE, MILITIAS), Refusal.OTHER_TOPIC),
    (Policy(topics=OIL), act(Way.MENTION, MILITIAS | OIL), None),
    (Policy(topics=OIL), act(Way.MENTION, None), None),
    (Policy(topics=OIL), act(Way.COMMAND, MILITIAS), None),
]
policies = st.builds(
    Policy, st.sampled_from(Mode), st.sampled_from([frozenset(), OIL]), st.sampled_from(Sharers), st.booleans()
)
acts = st.builds(
    Act,
    st.just("C1"),
    st.just("U1"),
    st.sampled_from(Way),
    st.sampled_from([None, OIL, MILITIAS]),
    outside=st.sampled_from([None, False, True]),
    guest=st.booleans(),
    may_set=st.booleans(),
)


@pytest.mark.parametrize(("policy", "asked", "refusal"), DECISIONS)
def test_decisions(policy: Policy, asked: Act, refusal: Refusal | None) -> None:
    """Each setting forbids what it says, and nothing else."""
    assert decide(policy, asked) is refusal


@given(policy=policies, asked=acts)
def test_no_setting_lets_more_through_than_its_parts(policy: Policy, asked: Act) -> None:
    """What any one setting forbids stays forbidden, whatever the others say."""
    allowed = decide(policy, asked) is None
    one_by_one = [
        Policy(policy.mode, outsiders=policy.outsiders),
        Policy(topics=policy.topics, outsiders=policy.outsiders),
        Policy(sharers=policy.sharers, outsiders=policy.outsiders),
    ]

    assert allowed == all(decide(one, asked) is None for one in one_by_one)


@given(policy=policies, asked=acts)
def test_every_refusal_has_its_words(library: Library, policy: Policy, asked: Act) -> None:
    """Whatever is refused, Slack takes the sentence, no place in it stays empty, and a guest gets no button."""
    refusal = decide(policy, asked)
    if refusal is None:
        return
    said = refused(library, policy, asked, refusal)

    assert blockcheck.check(said.payload()) == []
    assert not [mark for mark in ("{", "}", "**", "  ", "to ,") if mark in said.text]
    assert ("actions" in [block["type"] for block in said.blocks]) == (refusal not in {Refusal.GUEST, Refusal.UNKNOWN})


def test_an_answer_is_about_what_its_best_passage_is(library: Library) -> None:
    """And where no passage answers it is about nothing."""
    found = library.ask("who controls the PMF?")

    assert of_answer(found) == frozenset(found.hits[0].passage.topics)
    assert of_answer(library.ask("how do I bake sourdough bread?")) is None


@pytest.mark.parametrize(
    ("key", "topics"),
    [
        (PageKey(Page.ISSUES, About.TOPIC, "energy-oil"), OIL),
        (PageKey(Page.ISSUES), None),
        (PageKey(Page.TIMELINE), None),
        (PageKey(Page.ISSUE, About.ISSUE, "no such issue"), None),
        (PageKey(Page.ACTOR, About.ACTOR, "no such actor"), None),
        (PageKey(Page.SOURCE, About.SOURCE, "no such source"), None),
        (PageKey(Page.SOURCES, About.PUBLISHER, "nobody"), None),
    ],
)
def test_a_page_is_about_its_subject(library: Library, key: PageKey, topics: frozenset[str] | None) -> None:
    """A list of everything, or of what is gone, is about no topic."""
    assert of_page(library, key) == topics


def test_pages_of_the_corpus(library: Library) -> None:
    """Issues and sources carry their topics, actors those of the passages about them."""
    corpus = library.corpus
    issue, actor = next(iter(corpus.issues.values())), next(one for one in corpus.actors.values() if one.passages)
    source = next(iter(corpus.sources.values()))
    of_actor = frozenset(topic for passage in actor.passages for topic in corpus.passages[passage].topics)

    assert of_page(library, PageKey(Page.ISSUE, About.ISSUE, issue.id)) == frozenset(issue.topics)
    assert of_page(library, PageKey(Page.SOURCE, About.SOURCE, source.id)) == frozenset(source.topics)
    assert of_page(library, PageKey(Page.ACTOR, About.ACTOR, actor.id)) == of_actor
    by_publisher = of_page(library, PageKey(Page.SOURCES, About.PUBLISHER, source.short))
    assert by_publisher is not None
    assert by_publisher >= frozenset(source.topics)
    keys = [PageKey(Page.ISSUES, About.TOPIC, "energy-oil"), PageKey(Page.ISSUES, About.TOPIC, "militias-pmf")]
    assert of_pages(library, keys) == OIL | MILITIAS
    assert of_pages(library, [*keys, PageKey(Page.ISSUES)]) is None
