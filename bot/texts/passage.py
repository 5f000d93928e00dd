"""What the menu of a passage offers, and what its modals say. Names in braces are filled in."""

from typing import Final

from knowledge import explanation
from knowledge.meaning import How
from knowledge.models import Basis

# --- the menu
CONTEXT: Final = "Show in context"
RANKING: Final = "Explain ranking"
CITE: Final = "Copy citation"
ISSUE: Final = "Related issue"
REPORT: Final = "Report outdated"
GONE: Final = "This passage is no longer in the corpus. Ask the question again."

# --- in context
CONTEXT_TITLE: Final = "In context"
PLACE: Final = "Passage {number} of {all} in {sheet}"
THIS: Final = "this passage"
BOLD: Final = "In bold: words of your question"

# --- why it came at this place
RANKED: Final = "Ranked {place} of the {all} best passages, with {points} points."
ALONE: Final = "It is the only passage found, with {points} points."
NEXT: Final = "The next has {points}: “{heading}”."
FIRST: Final = "The first has {points}: “{heading}”."
PLACES: Final = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
NOT_FOUND: Final = "It is not among the first {most} passages for this question any more."
WORDS: Final = "Words of the question"
POINTS: Final = "Points"
TOGETHER: Final = "Together"
WORD: Final = "“{words}”, {ways}"
OTHERS: Final = "{count} other words"
MINUS: Final = "\u2212"
RULE: Final = (
    "A rare word gives more points than a frequent one, and more in a short passage than in a long one (BM25). The "
    "same question and corpus always give the same points."
)
REVISED: Final = "The corpus was revised since this answer; this is the ranking as it is now."
CUT: Final = "Your question is longer than this menu can keep; this is the ranking for its beginning, shown above."
AS_WRITTEN: Final = "as written"
BY_FORM: Final = "as “{found}”"
HOW: Final = {
    str(How.ALIAS): ("under the name “{found}”", "as a known name"),
    str(How.TYPO): ("read as “{found}”", "with its slip put right"),
    str(How.TRANSLATED): ("translated, “{found}”", "translated"),
    str(How.JOINED): ("written as one, “{found}”", "written as one"),
    explanation.RELATED: ("by a related word, “{found}”", "by a related word in the questions that it answers"),
    explanation.ASKS: ("", "in the questions that it answers"),
    explanation.TOGETHER: ("", "side by side"),
}
WHOLE: Final = {
    explanation.TIME: "It is of the time that you asked for",
    explanation.SUCCESSION: "It replaces an older passage that was found",
    explanation.SUCCEEDED: "A newer passage replaces it",
    explanation.SHOWN: "You saw it with the question before",
    explanation.FILTERS: "It meets your filters, and the newest come first",
}

# --- to be copied
PLAIN: Final = "Plain"
CHICAGO: Final = "Chicago (note)"
BASIS: Final = {
    Basis.SUMMARY: "This passage is a *summary* in the desk’s own words, not a quotation.",
    Basis.COMPILED: "This passage is *compiled* from several publications in the desk’s own words, not a quotation.",
    Basis.VERBATIM: "This passage is *quoted* word for word.",
}
UNDATED: Final = (
    "Where no date is known, Chicago asks for the day on which you read the page: add “accessed” and the day."
)
SELECT: Final = "Select the text to copy it. The passage’s id `{id}` stays the same when the corpus is revised."

# --- its issue
