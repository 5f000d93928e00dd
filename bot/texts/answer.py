"""What an answer and the menu of its passages say. Names in braces are filled in."""

from typing import Final

from knowledge.models import Basis

# --- the answer
TRUNCATED: Final = "Only the first 500 characters of your question were searched."
SHOWING: Final = "Showing results for {meant}."
MEANT: Final = "“{meant}” for “{typed}”"
LACKING: Final = "This may not be the answer: nothing below has {words}."
DOUBTFUL: Final = "This may not be the answer: no passage has all of the question together."
WORD: Final = "“{word}”"
OR: Final = " or "
NO_ANSWER: Final = "No passage in the corpus answers this."
NO_ANSWER_TO: Final = "No passage in the corpus answers “{question}”."
CLOSEST: Final = "The closest, which may not help:"
CLOSEST_ARE: Final = "Closest: {titles}."
TRY: Final = "Try other words, a name or a date. The corpus covers U.S.-Iraq relations only."
NO_MORE: Final = "No more passages on “{question}”."
PASSAGES_ON: Final = "Passages {first} to {last} on “{question}”"
ON: Final = "{count} on “{question}”."
SHARED: Final = "{name} shared: "

# --- a citation
BASIS: Final = {
    Basis.SUMMARY: "Summary of {sources}",
    Basis.VERBATIM: "Quoted from {sources}",
    Basis.COMPILED: "Compiled from: {sources}",
}
OVERTAKEN: Final = "*overtaken* by “{heading}”{dated}"
FACTS: Final = "Facts as of {dates}"
CORPUS: Final = "Corpus of {date}, version {version}"

# --- controls
SHARE_TITLE: Final = "Share this answer?"
SHARE_TEXT: Final = "Everyone in this channel will see your question, the passages and your name."
HELPFUL: Final = "Helpful"
NOT_HELPFUL: Final = "Not helpful"
RATED: Final = "{label} answer"
