"""Markup in and out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mrkdwn import escape, link, literal, plain, unescape
from tests.support import blockcheck


@given(st.text())
def test_escaping_comes_back(text: str) -> None:
    """What was escaped reads as it was written."""
    assert unescape(escape(text)) == text


@given(st.text())
def test_escaped_text_holds_no_markup(text: str) -> None:
    """No escaped text can open a mention, a link or a broadcast."""
    escaped = escape(text)

    assert "<" not in escaped
    assert ">" not in escaped


@given(st.text())
def test_literal_text_is_neither_bold_nor_code(text: str) -> None:
    """None of the marks that change how words look is left."""
    assert not set(literal(text)) & set("*_~`<>")


@given(st.text(min_size=1).filter(str.strip))
def test_a_link_is_one_link_whatever_its_label(label: str) -> None:
    """Label and address cannot break out of a link."""
    made = link("https://example.org/a b|c>d?x=1&y=2", label)
    problems = blockcheck.check({"text": made})

    assert [problem for problem in problems if problem.level == "ERROR"] == []
    assert made.count("|") == 1
    assert "a%20b%7Cc%3Ed?x=1&amp;y=2" in made


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<@U1> who is Sistani?", "who is Sistani?"),
        ("hey <@U1> who?", "hey   who?"),
        ("<@U2> said so", "@U2 said so"),
        ("<@U2|omar> said so", "omar said so"),
        ("<!here> and <!channel|everybody>", "@here and everybody"),
        ("<!subteam^S1|@desk> asks", "@desk asks"),
        ("<!date^1600000000^{date}|13 Sep> then", "13 Sep then"),
        ("<#C1|iraq-policy> or <#C2>", "iraq-policy or #C2"),
        ("<https://example.org/a|the report> <https://example.org/b>", "the report https://example.org/b"),
        ("<mailto:a@b.org|write>", "write"),
        ("Iran &amp; Iraq &lt;2020&gt;", "Iran & Iraq <2020>"),
        ("&amp;lt;!here&amp;gt;", "&lt;!here&gt;"),
        ("a < b", "a < b"),
    ],
)
def test_what_a_person_meant(written: str, meant: str) -> None:
    """The bot's own mention goes; links become labels, entities characters, and nothing echoed can ping."""
    assert plain(written, bot_user_id="U1") == meant
