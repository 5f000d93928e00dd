"""What the two shortcuts say: background to a message, and the search form with its results."""

from typing import Final

# --- background to a message
BACKGROUND: Final = "Background to this message"
BACKGROUND_CUT: Final = "Background to this message, by its first 500 characters"
NO_WORDS: Final = "This message has no words that I can search. Ask with `/iraq` and a few words of your own."

# --- the form
SUBMIT: Final = "Search"
QUESTION: Final = "Question"
QUESTION_HINT: Final = "Leave it empty for the newest passages of a topic, a source or a time."
QUESTION_EXAMPLE: Final = "What did USIP advise about Iran?"
TOPIC: Final = "Topic"
ANY_TOPIC: Final = "Any topic"
SOURCE: Final = "Source"
ANY_SOURCE: Final = "Any source: type a publisher, a title or a year"
SINCE: Final = "From"
UNTIL: Final = "To"
ANY_DAY: Final = "Any day"
DATES_HINT: Final = "By the date of the facts; passages without a date are left out."

# --- what is wrong with it, at its place
NOTHING_ASKED: Final = "Type a question, or choose a topic, a source or a date."
NO_DATE: Final = "This is no date. Choose a day."
STILL_TO_COME: Final = "The corpus ends on {last}. Choose that day or an earlier one."
INVERTED: Final = "This is before the first day, {since}. Choose a later one."
TOPIC_GONE: Final = "This topic is no longer in the corpus. Choose another one."
SOURCE_GONE: Final = "This source is no longer in the corpus. Choose another one."

# --- the results
RESULTS_TITLE: Final = "Search results"
WITHIN: Final = "Only: {filters}"
ASKED_WITHIN: Final = "{question} (only: {filters})"
FROM: Final = "from {since}"
TO: Final = "to {until}"
FROM_TO: Final = "{since} to {until}"
NEWEST: Final = "The newest passages"
NONE_WITHIN: Final = "The corpus has no passage like that."
SOURCE_SPAN: Final = "What it has from this source is dated {span}."
SOURCE_UNDATED: Final = "What it has from this source has no date."
WORDS_ELSEWHERE: Final = "None of the passages that you chose has these words."
CHANGE: Final = "Change the search"
NOT_OPENED: Final = "Slack did not open the window for sharing. Press “Share to channel” again."

# --- sharing them
SHARE_TEXT: Final = "Everyone in that channel will see your question, the passages and your name."
NO_CHANNEL: Final = "Choose a channel."
NOT_SHARED: Final = "Slack did not take it: the channel may be archived or gone. Choose another one, or try again."
PERHAPS_SHARED: Final = "Slack did not say whether it was shared. Look in the channel before you try again."
SHARED_TITLE: Final = "Shared"
SHARED: Final = "The passages are in the channel, with your question and your name."
