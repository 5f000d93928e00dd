"""The search with filters: its form, its results in the same modal, and the form that shares them."""

from collections.abc import Iterator
from dataclasses import replace

from bot.mrkdwn import escape
from bot.questions.publications import label
from bot.questions.search import QUESTION_LENGTH, Search
from bot.texts import DOT, common
from bot.texts import manifest as manifest_texts
from bot.texts import search as texts
from bot.views import blocks as b
from bot.views.answer import PASSAGES, answer, body, leading, more_passages
from bot.views.blocks import Block, Element, View
from bot.views.ids import ActionId, BlockId, CallbackId
from bot.views.inputs import OPTION, OPTIONS, field, option, words
from bot.views.message import Message, shorten
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Answer, Source, Topic


def form(library: Library, search: Search) -> View:
    """The form, filled in as it was left."""
    placeholder = b.plain_text(texts.QUESTION_EXAMPLE)
    question = words(ActionId.SEARCH_QUESTION, QUESTION_LENGTH) | {"focus_on_load": True, "placeholder": placeholder}
    if search.question:
        question["initial_value"] = search.question
    body = [
        field(BlockId.QUESTION, texts.QUESTION, question, hint=texts.QUESTION_HINT, optional=True),
        *_filters(library, search),
    ]
    return b.modal(CallbackId.SEARCH, manifest_texts.SEARCH, body, submit=texts.SUBMIT, close=common.CANCEL)


def source_option(source: Source) -> Element:
    """A publication to choose."""
    return option(label(source), source.id)


def results(library: Library, search: Search, *, notice: str = "") -> View:
    """The passages, as an answer shows them, as many pages as were asked for. `notice` is said above them."""
    found = library.ask(search.query)
    found = replace(found, notes=_notes(library, search, found))
    asked = search.question or texts.NEWEST
    shown = len(leading(found)) if found.confident else 0
    blocks = [*_head(library, search, notice), *body(library, found, asked)]
    for _ in range(search.pages):
        if shown < len(found.hits):
            more = more_passages(library, found, shown, asked=asked)
            blocks += [block for block in more.blocks if block["type"] != "actions"]  # of a message
            shown = min(shown + PASSAGES, len(found.hits))
    controls = _controls(search, more=shown < len(found.hits), confident=found.confident)
    return b.modal(CallbackId.SEARCH_RESULTS, texts.RESULTS_TITLE, [*blocks, b.actions(*controls)], close=common.CLOSE)


def share_form(search: Search) -> View:
    """Where to, and who will see it; the search travels in the private metadata."""
    channel: Element = {
        "type": "conversations_select",
        "action_id": ActionId.SEARCH_CHANNEL,
        "default_to_current_conversation": True,
        "response_url_enabled": True,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return b.modal(
        CallbackId.SEARCH_SHARE,
        common.SHARE,
        [field(BlockId.CHANNEL, common.CHANNEL, channel), b.section(texts.SHARE_TEXT)],
        submit=common.SHARE_YES,
        close=common.BACK,
        metadata=search.dump(),
    )


def shared(library: Library, search: Search, name: str) -> Message:
    """The answer for a channel: its question has the filters in words, and its controls carry the search itself."""
    found = library.ask(search.query)
    asked, filters = search.question or texts.NEWEST, DOT.join(_filters_in_words(library, search))
    if filters:
        asked = texts.ASKED_WITHIN.format(question=asked, filters=filters)
    return answer(library, found, shareable=False, shared_by=name, asked=asked)


def thanks() -> View:
    """Said when the passages were posted, over the results."""
    return b.modal(CallbackId.SEARCH_SAID, texts.SHARED_TITLE, [b.section(texts.SHARED)], close=common.BACK)


def said(message: Message) -> View:
    """A sentence instead of the results."""
    return b.modal(CallbackId.SEARCH_SAID, manifest_texts.SEARCH, message.blocks, close=common.CLOSE)


def _filters(library: Library, search: Search) -> Iterator[Block]:
    topics = library.corpus.topics
    if topics:
        options = [_topic_option(one) for one in topics.values()][:OPTIONS]
        topic = _menu("static_select", ActionId.SEARCH_TOPIC, texts.ANY_TOPIC) | {"options": options}
        if search.topic in topics:
            topic["initial_option"] = _topic_option(topics[search.topic])
        yield field(BlockId.TOPIC, texts.TOPIC, topic, optional=True)
    source = _menu("external_select", ActionId.SEARCH_SOURCE, texts.ANY_SOURCE) | {"min_query_length": 0}
    if (chosen := library.source(search.source)) is not None:
        source["initial_option"] = source_option(chosen)
    yield field(BlockId.SOURCE, texts.SOURCE, source, optional=True)
    since = _menu("datepicker", ActionId.SEARCH_SINCE, texts.ANY_DAY)
    until = _menu("datepicker", ActionId.SEARCH_UNTIL, texts.ANY_DAY)
    for day, picker in ((search.since, since), (search.until, until)):
        if day is not None:
            picker["initial_date"] = day.isoformat()
    yield field(BlockId.SINCE, texts.SINCE, since, optional=True)
    yield field(BlockId.UNTIL, texts.UNTIL, until, hint=texts.DATES_HINT, optional=True)


def _menu(kind: str, action_id: ActionId, placeholder: str) -> Element:
    return {"type": kind, "action_id": action_id, "placeholder": b.plain_text(placeholder)}


def _topic_option(topic: Topic) -> Element:
    return option(topic.title, topic.id)


def _head(library: Library, search: Search, notice: str) -> Iterator[Block]:
    if notice:
        yield b.section(f"*{notice}*")
    if narrowed := DOT.join(_filters_in_words(library, search)):
        yield b.context(escape(texts.WITHIN.format(filters=narrowed)))


def _filters_in_words(library: Library, search: Search) -> Iterator[str]:
    if (topic := library.corpus.topics.get(search.topic)) is not None:
        yield topic.title
    if (source := library.source(search.source)) is not None:
        yield shorten(label(source), OPTION)
    since, until = (
        PartialDate(day.year, day.month, day.day).label if day else "" for day in (search.since, search.until)
    )
    if since and until:
        yield since if since == until else texts.FROM_TO.format(since=since, until=until)
    elif since:
        yield texts.FROM.format(since=since)
    elif until:
        yield texts.TO.format(until=until)


def _notes(library: Library, search: Search, found: Answer) -> tuple[str, ...]:
    """The answer's own, but of the form's filters in words."""
    if found.hits or not search.filters:
        return found.notes
    if search.question and library.ask(replace(search, question="").query, 1).hits:
        return (*found.notes[:-1], texts.WORDS_ELSEWHERE)
    return (*found.notes[:-1], " ".join([texts.NONE_WITHIN, *_span(library, search)]))


def _span(library: Library, search: Search) -> Iterator[str]:
    """When the passages of the chosen source are of."""
    if search.source:
        passages = (one for one in library.corpus.passages.values() if search.source in one.sources)
        dates = sorted((one.as_of for one in passages if one.as_of), key=lambda date: (date.latest, date.earliest))
        ends = dict.fromkeys(date.label for date in (*dates[:1], *dates[-1:]))
        yield texts.SOURCE_SPAN.format(span=common.TO.join(ends)) if ends else texts.SOURCE_UNDATED


def _controls(search: Search, *, more: bool, confident: bool) -> Iterator[Element]:
    if more:
        following = replace(search, pages=search.pages + 1).dump()
        yield b.button(
            common.MORE_PASSAGES if confident or search.pages else common.SHOW_CLOSEST, ActionId.SEARCH_MORE, following
        )
    yield b.button(texts.CHANGE, ActionId.SEARCH_CHANGE, search.dump())
    if confident:
        yield b.button(common.SHARE, ActionId.SEARCH_SHARE, search.dump())
