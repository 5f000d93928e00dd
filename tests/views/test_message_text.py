"""A message in Slack, read as a question."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions import message_text
from knowledge.filters import disarmed, split
from knowledge.query import MAX_LENGTH

RICH: list[dict[str, Any]] = [
    {"type": "header", "text": {"type": "plain_text", "text": "Water desk"}},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Reservoirs at "},
                    {"type": "text", "text": "8 %", "style": {"bold": True}},
                ],
            }
        ],
    },
    {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Tigris* &amp; Euphrates"}]},
    {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Open"}}]},
]
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "plain": ({"text": "Who pays the PMF?"}, "Who pays the PMF?"),
    "entities": ({"text": "oil &amp; gas &lt;2026&gt;"}, "oil & gas <2026>."),
    "lines are sentences": ({"text": "*Notes*\n• one thing\n&gt; _another_"}, "Notes. one thing. another."),
    "mentions and emoji": ({"text": "<@U1> <!here> :wave: gas in <#C1|general> is 1:2"}, "gas in is 1:2."),
    "a labelled link": ({"text": "<https://e.org/a?b=c|FATF grey list> now"}, "FATF grey list now."),
    "a bare link beside words": ({"text": "see <https://e.org/a-b> on dams"}, "see on dams."),
    "only a link": ({"text": "<https://e.org/2026/07/fatf-iraq-grey-list?u=x>"}, "2026 07 fatf iraq grey list."),
    "code": ({"text": "turnout?\n```SELECT 1; -- x```"}, "turnout?"),
    "code that never ends": ({"text": "turnout?\n```SELECT 1"}, "turnout?"),
    "quotations": ({"text": 'he said "no aid, none". Then “never”.'}, "he said no aid, none. Then never."),
    "words like filters": (
        {"text": "source: two people -not- here before:noon"},
        "source two people not- here before noon.",
    ),
    "a text beside blocks": ({"text": "Water", "blocks": RICH}, "Water."),
    "only blocks": ({"text": "", "blocks": RICH}, "Water desk. Reservoirs at 8 %. Tigris & Euphrates."),
    "a preview": (
        {"text": "<https://e.org/1>", "attachments": [{"title": "Iraq closes a bank", "text": "More to come"}]},
        "Iraq closes a bank. More to come.",
    ),
    "an old attachment": ({"text": "", "attachments": [{"fallback": "Iraq closes a bank"}]}, "Iraq closes a bank."),
    "a file": ({"text": "", "files": [{"title": "PMF salaries.pdf", "name": "x.pdf"}]}, "PMF salaries.pdf."),
    "a file with words": ({"text": "the PMF", "files": [{"title": "x.pdf"}]}, "the PMF."),
    "Arabic": ({"text": "هل انسحبت القوات؟"}, "هل انسحبت القوات؟"),
    "nothing": ({}, ""),
    "null": ({"text": None, "blocks": None, "attachments": None, "files": None}, ""),
    "only marks": ({"text": "*…* – :+1: <@U1>"}, ""),
}


@pytest.mark.parametrize(("message", "asked"), CASES.values(), ids=CASES)
def test_what_a_message_asks(message: dict[str, Any], asked: str) -> None:
    """Its words as sentences, without what only a machine reads."""
    assert message_text.question(message).text == asked


def test_a_long_message_is_cut_and_says_so() -> None:
    """What is searched is what fits a question, and no more is read than needed."""
    found = message_text.question({"text": "the PMF and the budget. " * 5_000})

    assert len(found.text) <= MAX_LENGTH
    assert found.truncated


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", '"', "-", "source:", "-topic:", "after:2020 ", "“"]))
def test_nothing_in_a_message_narrows_the_search(text: str, start: str) -> None:
    """Whatever somebody wrote is words: no filter, no phrase that must stand in a passage."""
    assert not split(disarmed(start + text)).narrows
    assert not split(message_text.question({"text": start + text}).text).narrows


@given(
    st.recursive(
        st.none() | st.text() | st.integers() | st.just("rich_text_section"),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["type", "text", "elements", "fields", "rows", "blocks", "title"]), inner)
        ),
    )
)
def test_no_blocks_are_too_odd(blocks: object) -> None:
    """Blocks of any form, such as those that come next year, are read or passed over."""
    assert message_text.question({"text": "", "blocks": blocks}).text is not None
