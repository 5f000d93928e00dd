"""Who is who: the list of actors, the page of one, and all its positions."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from bot.bidi import right_to_left
from bot.texts import DOT, common
from bot.texts import register as texts
from bot.views import blocks as b
from bot.views.message import Message
from bot.views.register.citations import fact, spoken_evidence, words
from bot.views.register.frame import Frame, page
from bot.views.register.issues import position_item
from bot.views.register.key import About, Page, PageKey
from bot.views.register.lists import Item, as_it_is, event_item, fitting, laid_out, listed, spoken
from bot.views.register.recommendations import advice_item, horizon
from knowledge.models import Actor

MOST: Final = 10
MOST_LATIN: Final = 4
MOST_OTHERS: Final = 2
STATE: Final = "state"
MOST_FACTS: Final = 3
MOST_ISSUES: Final = 10
SHOWN: Final = 3  # positions, recommendations and events of an actor on its page


def actors(frame: Frame) -> Message:
    """Everybody, by kind."""
    everybody = frame.register.actors()
    return listed(
        frame, texts.ALL_ACTORS, everybody, partial(_item, frame), lead=[], said="", most=MOST, menu=texts.OPEN_ACTOR
    )


def actor_page(frame: Frame) -> Message:
    """One actor: role, names, the latest positions, advice, events and facts; the rest is in the menu."""
    library, register = frame.library, frame.register
    actor = library.corpus.actors[frame.key.subject]
    held = register.positions(actor.id)
    advice = register.recommendations(addressee=actor.id)
    events = register.events(actor=actor.id)[::-1]
    facts = register.facts(actor)
    parts: list[tuple[str, Sequence[Item], int, Page | None]] = [
        (
            texts.ACTOR_POSITIONS,
            [position_item(library, one, "", of_party=True) for one in held[:SHOWN]],
            len(held),
            Page.POSITIONS,
        ),
        (
            texts.ADVICE_TO.format(actor=actor.name),
            [replace(advice_item(frame, one, "", of_issue=True), opens=None) for one in advice[:SHOWN]],
            len(advice),
            Page.RECOMMENDATIONS,
        ),
        (
            common.EVENTS,
            [replace(event_item(library, one), group="") for one in events[:SHOWN]],
            len(events),
            Page.TIMELINE,
        ),
        (
            texts.ACTOR_FACTS,
            [
                Item(
                    (b.context(fact(library, one)),),
                    f"{words(one.heading[-1])} ({spoken_evidence(library, [one.id])})",
                )
                for one in facts[:MOST_FACTS]
            ],
            len(facts),
            None,
        ),
    ]
    items: list[Item] = []
    menu: list[tuple[str, PageKey]] = []
    for what, some, count, kind in parts:
        group = what if len(some) == count else texts.LATEST_OF.format(what=what, shown=len(some), all=count)
        items += [replace(one, group=group) for one in some]
        if kind is not None and len(some) < count:
            menu.append((f"{what} ({count})", PageKey(kind, About.ACTOR, actor.id)))
    issues = register.concerning(actor.id)[:MOST_ISSUES]
    menu += [(issue.title, PageKey(Page.ISSUE, About.ISSUE, issue.id)) for issue in issues]
    lead = [b.context("\n".join(_lines(actor))), b.section(words(actor.role))]
    shown = items[: fitting(items, len(items))]
    said = f"{'. '.join(_lines(actor))}. {words(actor.role)} {spoken(shown)}"
    return page(frame, actor.name, [*lead, *laid_out(shown)], said, menu=(texts.SHOW_MORE_OF, menu) if menu else None)


def positions(frame: Frame) -> Message:
    """All that an actor wants and expects, now and then."""
    actor = frame.library.corpus.actors[frame.key.subject]
    register = frame.register
    items = [
        replace(
            position_item(frame.library, held, texts.ERA[register.era(held.last)], of_party=True),
            opens=(held.issue.title, PageKey(Page.ISSUE, About.ISSUE, held.issue.id)),
        )
        for held in register.positions(actor.id)
    ]
    eras = texts.ERAS.format(date=horizon(frame))
    return listed(
        frame,
        texts.ALL_POSITIONS_OF.format(actor=actor.name),
        items,
        as_it_is,
        lead=[b.context(eras)] if items else [],
        said=f"{eras}." if items else "",
        most=MOST,
        menu=texts.OPEN_ISSUE,
        empty=texts.NO_POSITIONS,
    )


def _lines(actor: Actor) -> list[str]:
    kind = texts.KINDS.get(actor.kind, actor.kind)
    lines = [DOT.join((words(kind), common.AS_OF.format(date=actor.as_of.label)))]
    if names := _other_names(actor):
        lines.append(texts.ALSO_CALLED.format(names=", ".join(words(name) for name in names)))
    return lines


def _other_names(actor: Actor) -> list[str]:
    """A few, in Latin and in other letters; of a state they are its capital and its people, which tell nothing."""
    if actor.kind == STATE:
        return []
    latin = [name for name in actor.aliases if not right_to_left(name)]
    others = [name for name in actor.aliases if right_to_left(name)]
    return latin[:MOST_LATIN] + others[:MOST_OTHERS]


def _item(frame: Frame, actor: Actor) -> Item:
    dated = common.AS_OF.format(date=actor.as_of.label)
    shown = [b.section(f"*{words(actor.name)}*  ({dated})\n{words(actor.role)}")]
    latest = frame.register.facts(actor)[:1]
    shown += [b.context(texts.LATEST.format(fact=fact(frame.library, one))) for one in latest]
    return Item(
        tuple(shown),
        f"{words(actor.name)} ({dated}): {words(actor.role)}",
        texts.KIND_GROUPS.get(actor.kind, actor.kind),
        (actor.name, PageKey(Page.ACTOR, About.ACTOR, actor.id)),
    )
