"""What was filled into the search form, read from a submission."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeAlias

from bot.search import QUESTION_LENGTH, Search
from bot.texts import search as texts
from bot.views.ids import ActionId, BlockId
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.query import parse

Errors: TypeAlias = dict[str, str]  # block id -> the sentence shown at its place
_Values: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any]]]


def read(values: _Values, library: Library) -> Search | Errors:
    """The search, or a sentence for every input that is wrong. `values` is `view.state.values`."""
    errors: Errors = {}
    search = Search(
        question=parse((_filled(values, BlockId.QUESTION, ActionId.SEARCH_QUESTION) or "")[:QUESTION_LENGTH]).text,
        topic=_filled(values, BlockId.TOPIC, ActionId.SEARCH_TOPIC),
        source=_filled(values, BlockId.SOURCE, ActionId.SEARCH_SOURCE),
        since=_day(values, BlockId.SINCE, ActionId.SEARCH_SINCE, errors),
        until=_day(values, BlockId.UNTIL, ActionId.SEARCH_UNTIL, errors),
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


def _filled(values: _Values, block: BlockId, action: ActionId) -> str:
    """What an input holds: its text, its option's value, or its day."""
    entry = values.get(block, {}).get(action, {})
    option = entry.get("selected_option") or {}
    return str(entry.get("value") or option.get("value") or entry.get("selected_date") or "")


def _day(values: _Values, block: BlockId, action: ActionId, errors: Errors) -> dt.date | None:
    text = _filled(values, block, action)
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        errors[block] = texts.NO_DATE
        return None
