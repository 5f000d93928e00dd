"""Every sentence that the register's pages say, in one place to be translated. Names in braces are filled in."""

from typing import Final

from bot.views.register.key import Page
from knowledge.models import Stance, Status
from knowledge.register import Era

# --- every page
MORE: Final = "Show more"
SHARE_TITLE: Final = "Share this page?"
SHARE_TEXT: Final = "Everyone in this channel will see this page and your name."
UNDATED: Final = "no date"
SUMMARY_OF: Final = "Summary of"
QUOTED_FROM: Final = "Quoted from"
COMPILED_FROM: Final = "Compiled from"
NONE: Final = "–"
GONE: Final = "This page is no longer in the corpus. `/iraq issues` lists what there is."

# --- words for what the corpus marks
STATUS: Final = {Status.OPEN: "Open", Status.EASED: "Eased", Status.SETTLED: "Settled"}
STANCE: Final = {Stance.INTEREST: "Interest", Stance.EXPECTATION: "Expectation"}
PARTY_STANCE: Final = "{party}, {stance}"
ERA: Final = {Era.NOW: "Now", Era.THEN: "Then"}
ERAS: Final = "“Now” is what rests on facts since {date}, “then” is older"
KINDS: Final = {
    "armed-group": "Armed group",
    "community": "Community",
    "company": "Company",
    "government": "Government",
    "international": "International body",
    "judiciary": "Judiciary",
    "organisation": "Organisation",
    "parliament": "Parliament",
    "party": "Party",
    "person": "Person",
    "state": "State",
}
KIND_GROUPS: Final = {
    "armed-group": "Armed groups",
    "community": "Communities",
    "company": "Companies",
    "government": "Governments",
    "international": "International bodies",
    "judiciary": "Judiciary",
    "organisation": "Organisations",
    "parliament": "Parliaments",
    "party": "Parties",
    "person": "Persons",
    "state": "States",
}

# --- counted things: one, several
POSITIONS: Final = ("1 position", "{} positions")
ADVICE: Final = ("1 recommendation", "{} recommendations")
EVENTS: Final = ("1 event", "{} events")
ISSUES: Final = ("1 key issue", "{} key issues")
SOURCES: Final = ("1 publication", "{} publications")

# --- issues
ALL_ISSUES: Final = "Key issues"
ISSUES_ON: Final = "Key issues: {topic}"
NO_ISSUES: Final = "The corpus has no key issue on this topic."
OPEN_ISSUE: Final = "Open an issue"
LATEST: Final = "Latest: {fact}"
WHY: Final = "Why it matters"
PARTIES: Final = "What the parties want and expect"
COMPARE_THIS: Final = "The parties side by side"
SHOW_ELSE: Final = "Show a party"

# --- recommendations
ADVICE_ON: Final = "Recommendations: {topic}"
ADVICE_TO: Final = "Recommendations to: {actor}"
NO_ADVICE: Final = "The corpus has no recommendation here."
BY: Final = ("Source:", "Sources:")
ON_ISSUE: Final = "on “{issue}”"
SEE_ADDRESSEES: Final = "Other addressees: {names}"

# --- actors
ALL_ACTORS: Final = "Who is in the corpus"
OPEN_ACTOR: Final = "Open an actor"
ALSO_CALLED: Final = "Also called: {names}"
ACTOR_POSITIONS: Final = "Positions"
ACTOR_FACTS: Final = "Facts"
LATEST_OF: Final = "{what}: the latest {shown} of {all}"
SHOW_MORE_OF: Final = "Show all"
ALL_POSITIONS_OF: Final = "Positions of {actor}"
NO_POSITIONS: Final = "The corpus has no position of this actor on a key issue."

# --- comparison
COMPARE: Final = "Parties compared: {topic}"
ISSUE_OF: Final = "Issue {number} of {all}"
NEXT_ISSUE: Final = "Next issue"
COLUMNS: Final = ("Party", "Interests and expectations", "Then (earliest fact)", "Now (latest fact)")
COMPARE_NOTE: Final = "The earliest and the latest fact are those on this issue that concern the party"
COMPARE_OTHER: Final = "Another issue"
COMPARE_CHOOSE: Final = "Choose a topic"
COMPARE_ASK: Final = "Name a topic to see its parties side by side, for example `/iraq compare militias`."

# --- timeline
ALL_EVENTS: Final = "Timeline"
EVENTS_ON: Final = "Timeline: {topic}"
EVENTS_SINCE: Final = "{title}, from {since}"
EVENTS_UNTIL: Final = "{title}, until {until}"
EVENTS_BETWEEN: Final = "{title}, {since} to {until}"
NO_EVENTS: Final = "The corpus has no event here. Try another topic or a longer time."
EARLIER: Final = "Earlier events"
LATER: Final = "Later events"

# --- publications
ALL_SOURCES: Final = "Publications"
SOURCES_ON: Final = "Publications: {topic}"
NO_SOURCES: Final = "The corpus has no publication here."
OPEN_SOURCE: Final = "Open a publication"
RESTS: Final = "Rests on it: {parts}"
READ_IT: Final = "Read it at {link}"
NO_ADDRESS: Final = "No address is known."
WRITTEN_BY: Final = "by {authors}"
UNPUBLISHED: Final = "date unknown"
ALONE: Final = "Passages on it alone"
WITH: Final = "with {sources}"
TOGETHER: Final = "Passages compiled from it and others"

# --- what a page is called where it is offered
TITLES: Final = {
    Page.ISSUES: "Key issues: {name}",
    Page.ISSUE: "{name}",
    Page.RECOMMENDATIONS: "Recommendations: {name}",
    Page.ACTORS: "Who is in the corpus",
    Page.ACTOR: "{name}",
    Page.POSITIONS: "Positions of {name}",
    Page.COMPARE: "Compare: {name}",
    Page.TIMELINE: "Timeline: {name}",
    Page.SOURCES: "Publications: {name}",
    Page.SOURCE: "{name}",
}

# --- a page in a modal
WINDOW: Final = "The register"
WINDOWS: Final = {
    Page.ISSUES: "Key issues",
    Page.ISSUE: "Key issue",
    Page.RECOMMENDATIONS: "Recommendations",
    Page.ACTORS: "Who is who",
    Page.ACTOR: "Who is who",
    Page.POSITIONS: "Positions",
    Page.COMPARE: "Parties compared",
    Page.TIMELINE: "Timeline",
    Page.SOURCES: "Publications",
    Page.SOURCE: "Publication",
}
OPEN_SPOKEN: Final = "Open {title}"

# --- a name that may mean several things
WHICH: Final = "Which one do you mean by “{typed}”?"
CHOOSE: Final = "Choose"
NO_SOURCE: Final = "The corpus has no publication “{typed}”. Did you mean one of these?"
SEARCH_INSTEAD: Final = "Search the passages"
SHOWING: Final = (
    "Showing “{title}” for “{typed}”. To search for the words instead, put a question mark first: “/iraq ? {typed}”."
)
