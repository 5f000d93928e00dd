"""Text -> terms: the same for what is indexed and for what is asked.

Folding makes equal what readers take for the same word: letter case, diacritics, the Arabic letter forms and vowel
signs, apostrophes; it drops what cannot be seen. The tokeniser knows acronyms with dots (U.S. -> us), numbers with
separators (2,500 -> 2500; 1.39 stays one term) and the Arabic article (al-Kadhimi -> kadhimi, الحشد -> حشد). What is
left is stopped and stemmed (Snowball English).
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

import Stemmer

# Letters that are one to a reader and have no decomposition that says so: Persian and Kurdish forms to the Arabic ones,
# Turkish and other Latin letters to the plain ones.
_LETTERS = str.maketrans("ىیۍېکڪەۀھہۃةٱıøłđ", "ييييككهههههها" + "iold")
_APOSTROPHES = "'’‘‛ʼʻʾʿ`´′＇"
_INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc"})
_TATWEEL = "ـ"
KNOWN_WORDS = 1 << 15  # terms that an analyzer remembers: more than a corpus has words

_TOKEN = re.compile(
    r"""
    (?<![^\W_])(?P<acronym>[^\W\d_](?:\.[^\W\d_])+)(?![^\W_])\.?       # u.s. u.n u.s.a.
    | (?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*)(?:(?:st|nd|rd|th|s)(?![^\W_]))?
    | (?:(?<![^\W_])(?:al|el|an|ad|ar|as|ash|at|az)-(?=[^\W\d_]))?(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
    """,
    re.VERBOSE,
)
# The Arabic article, alone or with a one-letter word before it, when three letters or more are left.
_ARTICLE = re.compile("(?:[وبكف]?ال|لل)(?=[\u0621-\u064a]{3})")


class Token(NamedTuple):
    """A term and where in the original text it stands: text[start:end]."""

    term: str
    start: int
    end: int


class Analyzer:
    """Turns text into terms. Two analyzers with the same stop words give the same terms."""

    def __init__(self, stopwords: Iterable[str]) -> None:
        self._stopwords = frozenset(stopwords)
        self._stem = Stemmer.Stemmer("english").stemWord
        self._term_of = functools.lru_cache(KNOWN_WORDS)(self._term)  # the words of a corpus come again and again

    def __reduce__(self) -> tuple[type["Analyzer"], tuple[frozenset[str]]]:
        """Pickled as its stop words: the stemmer lives outside Python."""
        return Analyzer, (self._stopwords,)

    def terms(self, text: str) -> list[str]:
        """The terms of a text, in order, with repetitions."""
        return [token.term for token in self.tokens(text)]

    def tokens(self, text: str) -> list[Token]:
        """The terms of a text with their places in it, in order; none for bare function words."""
        return _tokens(text, self._term_of)

    def _term(self, word: str) -> str | None:
        """The term of a word as it stands in a folded text, or None for a stop word."""
        plain = _plain(word)
        return None if plain in self._stopwords else self.stem(plain)

    def stem(self, word: str) -> str:
        """The term of one folded word."""
        return str(self._stem(word)) if word.isascii() else _ARTICLE.sub("", word, count=1)


def folded(text: str) -> list[Token]:
    """The words and numbers of a text with their places in it, folded, neither stopped nor stemmed."""
    return _tokens(text, _plain)


def words(text: str) -> list[str]:
    """The words of a text, folded, neither stopped nor stemmed; no numbers and no acronyms with dots."""
    return [_plain(match["word"]) for match in _TOKEN.finditer(_fold(text)[0]) if match["word"]]


def _tokens(text: str, term_of: Callable[[str], str | None]) -> list[Token]:
    """The tokens of a text; `term_of` says what becomes of a folded word, None for nothing."""
    folded_text, places = _fold(text)
    tokens = []
    for match in _TOKEN.finditer(folded_text):
        if word := match["word"]:
            term = term_of(word)
        else:
            term = match[0].replace(".", "") if match["acronym"] else match["number"].replace(",", "")
        if term:
            start, end = match.span()
            tokens.append(
                Token(term, start, end) if places is None else Token(term, places[start], places[end - 1] + 1)
            )
    return tokens


def _plain(word: str) -> str:
    """Without the possessive and the apostrophes inside: iran's -> iran, sha'bi -> shabi."""
    return word.removesuffix("'s").replace("'", "")


def _fold(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and for each of its characters the place in `text` it came from (None: the same place)."""
    if text.isascii():
        return text.lower(), None
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in _fold_character(character):
            folded.append(part)
            places.append(place)
    return "".join(folded), places


@functools.lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """One character folded: to none, one or several."""
    if character in _APOSTROPHES:
        return "'"
    if character == _TATWEEL or (unicodedata.category(character) in _INVISIBLE and not character.isspace()):
        return ""
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    # Compatibility forms and accents come apart, the accents go; the Arabic hamza and madda are accents in this sense.
    parts = unicodedata.normalize("NFKD", character.casefold()).casefold()
    return "".join(part for part in parts if unicodedata.category(part) not in _INVISIBLE).translate(_LETTERS)
