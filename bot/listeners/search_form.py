"""What was filled into the search form, read from a submission."""

import datetime as dt
from typing import TypeAlias

from bot.listeners.forms import Form
from bot.questions.search import QUESTION_LENGTH, Search
from bot.texts import search as texts
from bot.views.ids import ActionId, BlockId
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.query import parse

Errors: TypeAlias = dict[str, str]  # block id -> the sentence shown at its place


def read(form: Form, library: Library) -> Search | Errors:
    """The search, or a sentence for every input that is wrong. Raises PayloadError."""
    errors: Errors = {}
    search = Search(
        question=parse(form.typed(BlockId.QUESTION, ActionId.SEARCH_QUESTION)[:QUESTION_LENGTH]).text,
        topic=form.chosen(BlockId.TOPIC, ActionId.SEARCH_TOPIC),
        source=form.chosen(BlockId.SOURCE, ActionId.SEARCH_SOURCE),
        since=_day(form, BlockId.SINCE, ActionId.SEARCH_SINCE, errors),
        until=_day(form, BlockId.UNTIL, ActionId.SEARCH_UNTIL, errors),
    )
    if search.topic and search.topic not in library.corpus.topics:
        errors[BlockId.TOPIC] = texts.TOPIC_GONE
    if search.source and library.source(search.source) is None:
        errors[BlockId.SOURCE] = texts.SOURCE_GONE
    if search.since and search.since > library.corpus.date.latest:
        errors[BlockId.SINCE] = texts.STILL_TO_COME.format(last=library.corpus.date.label)
    elif search.since and search.until and search.until < search.since:
        first = PartialDate(search.since.year, search.since.month, search.since.day)
        errors[BlockId.UNTIL] = texts.INVERTED.format(since=first.label)
    if search == Search() and not errors:
        errors[BlockId.QUESTION] = texts.NOTHING_ASKED
    return errors or search


def _day(form: Form, block: BlockId, action: ActionId, errors: Errors) -> dt.date | None:
    text = form.picked(block, action, "selected_date")
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        errors[block] = texts.NO_DATE
        return None
