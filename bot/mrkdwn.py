"""Slack's mrkdwn: the only place where text becomes markup, or markup text.

Slack asks for exactly three characters to be escaped (docs.slack.dev/messaging/formatting-message-text). That alone
disarms ``<!channel>``, ``<@U1>`` and ``<url|label>`` in words that are not ours. What must stay free of ``*`` and ``_``
as well is shown in ``rich_text`` blocks, where no text is markup.
"""

import re
from urllib.parse import quote

from bot.bidi import ISOLATE, isolated

_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))  # "&" first, or the others would be escaped twice
_ENTITY = re.compile("<([^<>]*)>")
_MARKS = re.compile("[*_~`]")
_LINK_SCHEMES = ("https://", "http://", "mailto:")


def escape(text: str) -> str:
    """Make any text safe inside mrkdwn."""
    for character, entity in _ESCAPES:
        text = text.replace(character, entity)
    return text


def literal(text: str) -> str:
    """Safe inside mrkdwn, without the marks that would make words bold, italic, struck or code, and set apart from the line.

    For names, titles and words of a reader where only mrkdwn can stand. What has isolates already keeps them.
    """
    plain_words = _MARKS.sub("", text)
    return escape(plain_words if ISOLATE in plain_words else isolated(plain_words))


def unescape(text: str) -> str:
    """The inverse of `escape`."""
    for character, entity in reversed(_ESCAPES):
        text = text.replace(entity, character)
    return text


def link(url: str, label: str) -> str:
    """A link whose label is plain text; a label cannot hold the separator ``|`` or a line break."""
    safe_label = escape(" ".join(label.replace("|", "/").split()))
    safe_url = escape(quote(url, safe=":/?#[]@!$&()*+,;=%~-._"))
    return f"<{safe_url}|{safe_label}>"


def plain(text: str, *, bot_user_id: str | None = None) -> str:
    """What a person meant by a message's `text`: the bot's own mention dropped, links as labels, entities as characters.

    ``<@U2>`` and ``<!here>`` become words (``@U2``, ``@here``), so that nothing echoed can ping anybody.
    """

    def words(match: re.Match[str]) -> str:
        target, _, label = match.group(1).partition("|")
        if target == f"@{bot_user_id}":
            return " "
        if target.startswith(_LINK_SCHEMES):
            return label or target
        if target.startswith("!"):
            return label or f"@{target[1:].split('^')[0]}"
        return label or target

    return unescape(_ENTITY.sub(words, text)).strip()
