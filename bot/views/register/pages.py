"""A page of the register from its key."""

from collections.abc import Callable

from bot.texts import register as texts
from bot.views.message import Message
from bot.views.register.actors import actor_page, actors, positions
from bot.views.register.compare import compare
from bot.views.register.frame import Frame
from bot.views.register.issues import issue_page, issues
from bot.views.register.key import About, Page, PageKey
from bot.views.register.recommendations import recommendations
from bot.views.register.sources import source_page, sources
from bot.views.register.timeline import timeline
from knowledge.library import Library


def register_page(
    library: Library,
    key: PageKey,
    *,
    shareable: bool,
    shared_by: str | None = None,
    note: str | None = None,
    modal: bool = False,
) -> Message:
    """The page of a key: the same key and corpus give the same page.

    `shareable` adds the button that posts a private page to the channel, `shared_by` is the name of who did, and `note`
    says how what was typed was read; `modal` gives the form for one. A key whose subject the corpus has no longer gives a
    plain sentence.
    """
    if not has(library, key):
        return Message.saying(texts.GONE)
    return _TABLE[key.page](Frame(library, key, shareable, shared_by, note, modal))


def has(library: Library, key: PageKey) -> bool:
    """Whether the corpus has the subject of a key, and the page is one for it."""
    corpus = library.corpus
    subjects = {
        About.ALL: {""},
        About.TOPIC: corpus.topics,
        About.ISSUE: corpus.issues,
        About.ACTOR: corpus.actors,
        About.SOURCE: corpus.sources,
    }
    if key.about not in _ABOUT[key.page]:
        return False
    if key.about is About.PUBLISHER:
        return any(one.short == key.subject for one in corpus.sources.values())
    return key.subject in subjects[key.about]


def title(library: Library, key: PageKey) -> str:
    """What a page is called where it is offered."""
    corpus = library.corpus
    match key.about:
        case About.TOPIC:
            name = corpus.topics[key.subject].title
        case About.ISSUE:
            name = corpus.issues[key.subject].title
        case About.ACTOR:
            name = corpus.actors[key.subject].name
        case About.SOURCE:
            source = corpus.sources[key.subject]
            name = f"{source.short}: {source.title}"
        case _:
            name = key.subject
    return texts.TITLES[key.page].format(name=name)


_TABLE: dict[Page, Callable[[Frame], Message]] = {
    Page.ISSUES: issues,
    Page.ISSUE: issue_page,
    Page.RECOMMENDATIONS: recommendations,
    Page.ACTORS: actors,
    Page.ACTOR: actor_page,
    Page.POSITIONS: positions,
    Page.COMPARE: compare,
    Page.TIMELINE: timeline,
    Page.SOURCES: sources,
    Page.SOURCE: source_page,
}
_ABOUT: dict[Page, frozenset[About]] = {
    Page.ISSUES: frozenset({About.ALL, About.TOPIC}),
    Page.ISSUE: frozenset({About.ISSUE}),
    Page.RECOMMENDATIONS: frozenset({About.ALL, About.TOPIC, About.ACTOR}),
    Page.ACTORS: frozenset({About.ALL}),
    Page.ACTOR: frozenset({About.ACTOR}),
    Page.POSITIONS: frozenset({About.ACTOR}),
    Page.COMPARE: frozenset({About.ALL, About.TOPIC, About.ISSUE}),
    Page.TIMELINE: frozenset({About.ALL, About.TOPIC, About.ACTOR}),
    Page.SOURCES: frozenset({About.ALL, About.TOPIC, About.PUBLISHER}),
    Page.SOURCE: frozenset({About.SOURCE}),
}
