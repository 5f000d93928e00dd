"""What users of such bots complain about, each with the tests that show that this one gives no cause."""

import ast
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from bot.app import runtime
from bot.manifest import manifest
from bot.playground.server import Playground
from bot.serving import connect
from bot.settings import Settings
from bot.trial import pointed_at
from bot.views.ids import ActionId
from knowledge.library import Library
from tests.conftest import ROOT
from tests.support.desk import Desk
from tests.support.digests import ask

HERE: Final = "scenarios/test_complaints.py"


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint in a sentence, and the tests by file (under `tests/`) and name."""

    text: str
    tests: dict[str, tuple[str, ...]]


COMPLAINTS: Final = (
    Complaint(
        "The bot answers too often, and in threads that were not addressed to it.",
        {
            "scenarios/test_conversation.py": ("test_nothing_is_answered_unasked",),
            HERE: ("test_talk_in_an_answers_thread_is_left_alone",),
        },
    ),
    Complaint(
        "A follow-up needs the bot to be named again.",
        {
            "scenarios/test_conversation.py": (
                "test_a_direct_message_is_answered_in_a_thread",
                "test_a_mention_inside_a_thread_stays_in_it",
            ),
        },
    ),
    Complaint(
        "It goes on where it was switched off.",
        {
            "scenarios/test_digest_words.py": ("test_a_paused_digest_does_not_come",),
            "jobs/test_delivery.py": ("test_what_was_turned_off_meanwhile_is_not_sent",),
            "scenarios/test_lifecycle.py": ("test_what_arrives_later_writes_nothing",),
        },
    ),
    Complaint(
        "An answer that was meant for one is seen by all, or cannot be shared.",
        {
            "scenarios/test_command.py": (
                "test_an_answer_is_private_dated_and_cited",
                "test_help_is_private_and_says_where_to_ask",
            ),
            "scenarios/test_controls.py": (
                "test_sharing_asks_first",
                "test_sharing_names_who_shared_and_pings_nobody",
                "test_on_a_public_answer_buttons_answer_their_presser",
            ),
        },
    ),
    Complaint(
        "A question disappears without an answer.",
        {
            "scenarios/test_conversation.py": ("test_a_failure_is_told_privately_with_a_reference",),
            "scenarios/test_overload.py": ("test_a_full_queue_declines_in_private",),
            "scenarios/test_command.py": ("test_no_passage_answers",),
            "scenarios/test_bad_payloads.py": ("test_payloads_that_are_wrong",),
        },
    ),
    Complaint(
        "A retry of Slack's is answered twice.",
        {
            "scenarios/test_conversation.py": (
                "test_a_duplicate_delivery_is_answered_once",
                "test_a_lost_reply_is_not_posted_twice",
            ),
            "scenarios/test_overload.py": ("test_a_restart_does_not_answer_again",),
            "scenarios/test_http.py": ("test_an_event_and_its_repetition",),
        },
    ),
    Complaint(
        "Two deployments with one app token get each other's events.",
        {HERE: ("test_two_processes_with_one_token",), "jobs/test_recovery.py": ("test_several_workers_share",)},
    ),
    Complaint(
        "Bots answer bots, for ever.",
        {"scenarios/test_conversation.py": ("test_nothing_is_answered_unasked",)},
    ),
    Complaint(
        "Formatting is broken: raw markup, entities, links cut at a bracket.",
        {
            "views/test_mrkdwn.py": (
                "test_escaping_comes_back",
                "test_literal_text_is_neither_bold_nor_code",
                "test_a_link_is_one_link_whatever_its_label",
            ),
        },
    ),
    Complaint(
        "One block that Slack refuses loses the whole message.",
        {
            "scenarios/test_conversation.py": ("test_an_answer_survives_refused_blocks",),
            "jobs/test_delivery.py": ("test_blocks_that_slack_refuses_are_left_out",),
        },
    ),
    Complaint(
        "Long answers are lost, or cut inside a word.",
        {
            "views/test_messages.py": (
                "test_every_passage_of_the_corpus_fits",
                "test_the_longest_texts_that_a_corpus_may_hold",
                "test_what_does_not_fit_becomes_text",
                "test_shortening_breaks_no_word_and_no_entity",
            ),
        },
    ),
    Complaint(
        "The reply comes in the wrong thread.",
        {
            "scenarios/test_conversation.py": (
                "test_a_mention_is_answered_in_its_thread",
                "test_a_mention_inside_a_thread_stays_in_it",
            ),
        },
    ),
    Complaint(
        "Slash commands do not work in threads, and nothing says so.",
        {HERE: ("test_in_a_thread_there_is_a_way",)},
    ),
    Complaint(
        "Link previews bury what was posted.",
        {HERE: ("test_no_link_is_unfolded",)},
    ),
    Complaint(
        "Words in a text ping a whole channel.",
        {
            "scenarios/test_bad_input.py": (
                "test_it_is_answered_privately_and_pings_nobody",
                "test_a_mention_with_it_pings_nobody",
            ),
            "views/test_digest_view.py": ("test_hostile_words_are_words",),
        },
    ),
    Complaint(
        "A form does not open, since its trigger has expired.",
        {
            "scenarios/test_digest_form.py": (
                "test_the_form_opens_at_once_with_the_usual",
                "test_a_slow_slack_does_not_hold_the_form_up",
            ),
            "scenarios/test_failures.py": ("test_a_modal_that_cannot_open",),
            "scenarios/test_command.py": ("test_the_answer_is_the_acknowledgement",),
        },
    ),
    Complaint(
        "A digest fails for ever in a channel that was archived, renamed or left.",
        {
            "scenarios/test_digest_fates.py": (
                "test_a_closed_channel",
                "test_a_channel_whose_closing_nobody_told",
                "test_coming_back",
                "test_a_new_name_changes_nothing",
                "test_an_archived_channel_that_is_opened_again",
            ),
        },
    ),
    Complaint(
        "The hour is wrong after the clocks change.",
        {
            "jobs/test_periods.py": (
                "test_near_a_change_every_quarter_of_an_hour_is_due_once",
                "test_known_cases",
            ),
            "scenarios/test_digest_form.py": ("test_the_zone_is_found_by_search",),
        },
    ),
    Complaint(
        "With several workers a digest comes several times.",
        {
            "jobs/test_recovery.py": ("test_several_workers_share",),
            "contracts/test_ledger.py": ("test_a_claim_is_one_workers", "test_planning_again_changes_nothing"),
            "chaos/test_short.py": ("test_kills_lose_and_double_nothing",),
        },
    ),
    Complaint(
        "Digests are too long, too frequent, and hard to stop.",
        {
            "views/test_digest_view.py": ("test_a_brief_digest", "test_a_monthly_digest"),
            "jobs/test_delivery.py": ("test_an_unchanged_week_may_be_skipped",),
            "scenarios/test_digest_words.py": ("test_off_asks_first", "test_off_offers_a_rest_instead"),
            "scenarios/test_digest_rights.py": ("test_the_buttons_of_a_digest",),
        },
    ),
    Complaint(
        "The app's Home shows nothing, and its Messages tab is off.",
        {
            "scenarios/test_home.py": ("test_it_comes_in_one_publish", "test_without_the_database_the_rest_is_there"),
            "scenarios/test_conversation.py": ("test_a_direct_message_is_answered_in_a_thread",),
            HERE: ("test_home_and_messages_are_on",),
        },
    ),
)


@cache
def names_in(file: Path) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in found if node.name.startswith("test_"))


def named(complaint: Complaint) -> Iterator[tuple[Path, str]]:
    """The tests of a complaint, with their files."""
    for file, names in complaint.tests.items():
        for name in names:
            yield ROOT / "tests" / file, name


def test_all_of_them() -> None:
    """Twenty-one complaints, each a sentence of its own."""
    assert len({one.text for one in COMPLAINTS}) == 21
    assert all(one.text.endswith(".") for one in COMPLAINTS)


@pytest.mark.parametrize("complaint", COMPLAINTS, ids=[str(number) for number in range(1, len(COMPLAINTS) + 1)])
def test_each_has_its_tests(complaint: Complaint) -> None:
    """Every test that is named is there."""
    assert complaint.tests
    assert [name for file, name in named(complaint) if name not in names_in(file)] == []


async def test_talk_in_an_answers_thread_is_left_alone(desk: Desk) -> None:
    """People go on talking under an answer, also with a question mark, and nobody answers them."""
    answer = await desk.mentions("who is Sistani?")
    for text in ("thanks!", "and what did USIP advise about Iran?", "is that so?"):
        await desk.slack.user.say(desk.slack.policy, text, answer.thread_ts)
    await desk.slack.settled()

    assert len([call for call in desk.slack.calls if call.method.startswith("chat.")]) == 1


async def test_two_processes_with_one_token(library: Library, tmp_path: Path) -> None:
    """Slack gives each event to one of them: it matters not to which, since they share a database, and none answers twice."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(Playground(manifest()))
        url = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
        settings = pointed_at(slack, Settings()).model_copy(update={"database_url": url})
        for _ in range(2):
            running = await stack.enter_async_context(runtime(settings, library=library))
            stack.push_async_callback((await connect(running, settings)).close_async)
        await slack.wait_for(lambda: slack.connected)
        slack.faults.duplicate()
        asked = [await slack.user.say(slack.policy, "@Iraq Desk who is Sistani?") for _ in range(6)]
        await slack.wait_for(lambda: len(_answered(slack)) >= len(asked), timeout=20)
        await slack.settled()
        answers = _answered(slack)

    assert sorted(answers) == sorted(one.ts for one in asked)


def _answered(slack: Playground) -> list[str]:
    """The threads that the bot answered in."""
    return [str(one.thread_ts) for one in slack.messages(slack.policy) if one.is_from_app()]


async def test_in_a_thread_there_is_a_way(desk: Desk) -> None:
    """Help says that a thread has no slash command, and what to do there; the manifest has a shortcut for messages."""
    answer = await desk.asks("help")

    assert "In a thread, Slack does not offer `/iraq`. Mention me there instead." in str(answer.blocks)
    assert [one["type"] for one in manifest()["features"]["shortcuts"]] == ["message", "global"]


async def test_no_link_is_unfolded(desk: Desk) -> None:
    """Whatever is posted, told or shared says that its links stay links."""
    user = desk.slack.user
    reply = await desk.asks("what did USIP advise about Iran?")
    await user.press(reply, ActionId.SHARE)
    await desk.mentions("who is Sistani?")
    await desk.writes("who is Sistani?")
    await ask(user, desk.slack.policy, "preview")
    await desk.slack.settled()
    posts = [one for one in desk.slack.calls if one.method.startswith("chat.") or one.method == "response_url"]

    assert len(posts) >= 5
    assert [one.method for one in posts if one.payload.get("unfurl_links") is not False] == []


def test_home_and_messages_are_on() -> None:
    """With the agent and without, people can open Home and write."""
    for shown in (manifest(), manifest(agent=False)):
        assert shown["features"]["app_home"] == {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        }
        assert "app_home_opened" in shown["settings"]["event_subscriptions"]["bot_events"]
