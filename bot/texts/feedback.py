"""What is asked of whoever rates an answer or reports a passage, and the thanks."""

from typing import Final

SEND: Final = "Send"
HINT: Final = "A source or a date helps the curators most."

# --- an answer that did not help
WRONG_TITLE: Final = "What was wrong?"
WHY: Final = "Why did this answer not help?"
WRONG: Final = "The passages do not answer the question"
OUTDATED: Final = "It is out of date"
MISSING: Final = "Something important is missing"
UNCLEAR: Final = "It is hard to understand"
OTHER: Final = "Something else"
SHOULD: Final = "What should it have said?"
ANSWER_SEEN: Final = "The curators see your question, this answer and what you write here."
CHOOSE: Final = "Choose what comes closest."

# --- a passage that is out of date
REPORT: Final = "Report"
AS_OF: Final = "Facts as of {date}"
CHANGED: Final = "What has changed?"
PASSAGE_SEEN: Final = "The curators see your question, this passage and what you write here."
REPORTED: Final = "Your report of “{heading}” is stored. The curators read every one when they revise the corpus."
REPORTED_AGAIN: Final = "You had reported “{heading}” before, so it counts once. New words replace your earlier ones."

# --- thanks, and a failure
THANKS_TITLE: Final = "Thank you"
STORED: Final = "Your note is stored. The curators read every one when they revise the corpus."
RATED: Final = "Thank you. Your rating is stored for the curators."
FAILED: Final = (
    "Something broke, and nothing was done. Go back and send it again; if that fails too, tell whoever runs the desk this "
    "reference: {reference}"
)
