"""What users of such bots complain about, each with the tests that show that this one gives no cause."""

import ast
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
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
from tests.support.channels import set_to, settings
from tests.support.desk import Desk, said
from tests.support.digests import ask, demote, words

HERE: Final = "scenarios/test_complaints.py"
HEARD: Final = ("message.channels", "message.groups", "message.mpim")  # what would tell of talk among people


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint in a sentence, and the tests by file (under `tests/`) and name."""

    text: str
    tests: dict[str, tuple[str, ...]]


COMPLAINTS: Final = (
    Complaint(
        "The bot answers too often, and in threads that were not addressed to it.",
        {
            "scenarios/test_conversation.py": (
                "test_nothing_is_answered_unasked",
                "test_thanks_are_no_question",
            ),
            HERE: ("test_talk_in_an_answers_thread_is_left_alone",),
            "scenarios/test_followups.py": ("test_nothing_without_a_mention",),
            "scenarios/test_greetings.py": ("test_others_who_join_are_left_alone",),
            "scenarios/test_channel_rules.py": ("test_topics_bind_what_everybody_sees",),
        },
    ),
    Complaint(
        "A follow-up needs the bot to be named again.",
        {
            "scenarios/test_conversation.py": (
                "test_a_direct_message_is_answered_in_a_thread",
                "test_a_mention_inside_a_thread_stays_in_it",
            ),
            "scenarios/test_followups.py": (
                "test_a_follow_up_is_read_with_the_question_before",
                "test_another_person_asks_on",
                "test_direct_messages_need_no_mention_and_no_thread",
            ),
            HERE: ("test_follow_ups_read_no_history",),
        },
    ),
    Complaint(
        "It goes on where it was switched off.",
        {
            "scenarios/test_digest_words.py": ("test_a_paused_digest_does_not_come",),
            "jobs/test_delivery.py": ("test_what_was_turned_off_meanwhile_is_not_sent",),
            "scenarios/test_lifecycle.py": ("test_what_arrives_later_writes_nothing",),
            "scenarios/test_channel_rules.py": (
                "test_off_means_off",
                "test_off_binds_what_was_answered_before",
                "test_mentions_only",
                "test_the_digest_has_its_own_switch",
            ),
            "scenarios/test_channel_settings.py": (
                "test_another_replica_obeys_soon",
                "test_a_database_that_is_down",
            ),
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
            "scenarios/test_register.py": ("test_sharing_posts_the_page_once",),
            "scenarios/test_search.py": ("test_sharing_asks_for_the_channel_and_says_who_sees_it",),
            "scenarios/test_background.py": ("test_a_shared_background_is_the_one_that_was_seen",),
            "scenarios/test_passages.py": (
                "test_on_a_public_answer_only_the_presser_sees_it",
                "test_a_related_issue_of_a_public_answer_is_private",
            ),
            "scenarios/test_channel_rules.py": (
                "test_nobody_shares",
                "test_only_those_who_may_change_the_settings_share",
            ),
            "scenarios/test_stale_controls.py": ("test_a_share_without_a_response_url",),
        },
    ),
    Complaint(
        "A question disappears without an answer.",
        {
            "scenarios/test_conversation.py": ("test_a_failure_is_told_privately_with_a_reference",),
            "scenarios/test_overload.py": ("test_a_full_queue_declines_in_private",),
            "scenarios/test_command.py": ("test_no_passage_answers",),
            "scenarios/test_bad_payloads.py": ("test_payloads_that_are_wrong",),
            "scenarios/test_search.py": (
                "test_a_search_that_fails",
                "test_no_answer_in_the_modal",
            ),
            "scenarios/test_background.py": (
                "test_a_shortcut_that_fails",
                "test_a_message_without_words",
            ),
            "scenarios/test_home.py": ("test_when_publishing_fails_there_is_a_tab_all_the_same",),
            "scenarios/test_stale_controls.py": (
                "test_a_control_that_does_not_stand_in_messages",
                "test_a_form_of_an_older_version",
            ),
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
            "scenarios/test_search.py": ("test_sharing_twice_posts_once",),
            "scenarios/test_background.py": ("test_a_shortcut_delivered_twice_is_answered_once",),
            "scenarios/test_greetings.py": ("test_the_welcome_comes_once",),
            "scenarios/test_channel_settings.py": ("test_a_submission_that_slack_delivers_twice",),
            "scenarios/test_passages.py": ("test_a_report_is_stored_once",),
        },
    ),
    Complaint(
        "Two deployments with one app token get each other's events.",
        {
            HERE: ("test_two_processes_with_one_token",),
            "jobs/test_recovery.py": ("test_several_workers_share",),
        },
    ),
    Complaint(
        "Bots answer bots, for ever.",
        {
            "scenarios/test_conversation.py": ("test_nothing_is_answered_unasked",),
        },
    ),
    Complaint(
        "Formatting is broken: raw markup, entities, links cut at a bracket.",
        {
            "views/test_mrkdwn.py": (
                "test_escaping_comes_back",
                "test_literal_text_is_neither_bold_nor_code",
                "test_a_link_is_one_link_whatever_its_label",
            ),
            "scenarios/test_followups.py": ("test_the_note_is_no_markup",),
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
            "scenarios/test_search.py": ("test_more_passages_come_in_the_modal",),
            "scenarios/test_home.py": (
                "test_a_long_list_goes_on_in_its_window",
                "test_sixty_digests_come_in_pages",
            ),
            "scenarios/test_background.py": ("test_an_article_finds_its_background",),
        },
    ),
    Complaint(
        "The reply comes in the wrong thread.",
        {
            "scenarios/test_conversation.py": (
                "test_a_mention_is_answered_in_its_thread",
                "test_a_mention_inside_a_thread_stays_in_it",
            ),
            "scenarios/test_background.py": (
                "test_a_reply_is_answered_in_its_thread",
                "test_the_message_that_a_thread_hangs_on",
            ),
            "scenarios/test_greetings.py": ("test_a_slow_answer_has_a_status",),
        },
    ),
    Complaint(
        "Slash commands do not work in threads, and nothing says so.",
        {
            HERE: ("test_in_a_thread_there_is_a_way",),
            "scenarios/test_background.py": (
                "test_a_reply_is_answered_in_its_thread",
                "test_where_the_bot_is_no_member",
            ),
            "scenarios/test_followups.py": ("test_sub_commands_show_their_pages",),
        },
    ),
    Complaint(
        "Link previews bury what was posted.",
        {
            HERE: ("test_no_link_is_unfolded",),
        },
    ),
    Complaint(
        "Words in a text ping a whole channel.",
        {
            "scenarios/test_bad_input.py": (
                "test_it_is_answered_privately_and_pings_nobody",
                "test_a_mention_with_it_pings_nobody",
            ),
            "views/test_digest_view.py": ("test_hostile_words_are_words",),
            "scenarios/test_background.py": ("test_odd_messages",),
            "scenarios/test_followups.py": ("test_the_note_is_no_markup",),
            "scenarios/test_channel_settings.py": ("test_others_may_look",),
            HERE: (
                "test_a_name_pings_nobody",
                "test_a_search_pings_nobody",
            ),
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
            "scenarios/test_search.py": (
                "test_the_form_opens_at_once",
                "test_a_window_that_does_not_open",
            ),
            "scenarios/test_channel_settings.py": (
                "test_the_form_opens_at_once_with_the_usual",
                "test_a_slow_slack_loses_no_input",
            ),
            "scenarios/test_home.py": (
                "test_a_window_that_does_not_open",
                "test_a_push_that_fails_changes_the_window",
            ),
            "scenarios/test_stale_controls.py": (
                "test_a_menu_whose_window_does_not_open",
                "test_a_menu_under_a_message_whose_window_does_not_open",
            ),
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
            "scenarios/test_channel_settings.py": (
                "test_settings_are_of_one_channel",
                "test_a_deleted_channel_is_forgotten_and_an_archived_one_kept",
            ),
            "scenarios/test_followups.py": ("test_a_renamed_channel_goes_on",),
            "scenarios/test_shared_channels.py": (
                "test_a_digest_rests_when_its_channel_is_shared",
                "test_a_channel_with_another_id",
            ),
            "scenarios/test_home.py": ("test_trouble_comes_first",),
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
            "contracts/test_ledger.py": (
                "test_a_claim_is_one_workers",
                "test_planning_again_changes_nothing",
            ),
            "chaos/test_short.py": ("test_kills_lose_and_double_nothing",),
            "scenarios/test_home.py": ("test_an_older_view_never_covers_a_newer_one",),
        },
    ),
    Complaint(
        "Digests are too long, too frequent, and hard to stop.",
        {
            "views/test_digest_view.py": (
                "test_a_brief_digest",
                "test_a_monthly_digest",
            ),
            "jobs/test_delivery.py": ("test_an_unchanged_week_may_be_skipped",),
            "scenarios/test_digest_words.py": (
                "test_off_asks_first",
                "test_off_offers_a_rest_instead",
            ),
            "scenarios/test_digest_rights.py": ("test_the_buttons_of_a_digest",),
            "scenarios/test_home.py": (
                "test_a_digest_is_stopped_from_here",
                "test_pausing_and_stopping_in_the_form",
            ),
        },
    ),
    Complaint(
        "The app's Home shows nothing, and its Messages tab is off.",
        {
            "scenarios/test_home.py": (
                "test_it_comes_in_one_publish",
                "test_without_the_database_the_rest_is_there",
                "test_a_slow_slack_does_not_hold_it_up",
                "test_a_conflict_of_hashes_is_settled",
                "test_when_publishing_fails_there_is_a_tab_all_the_same",
            ),
            "scenarios/test_conversation.py": ("test_a_direct_message_is_answered_in_a_thread",),
            HERE: ("test_home_and_messages_are_on",),
            "scenarios/test_greetings.py": (
                "test_prompts_and_a_welcome",
                "test_the_welcome_comes_once",
                "test_without_agents_all_else_is_the_same",
            ),
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


async def test_follow_ups_read_no_history(desk: Desk) -> None:
    """Without the right to read channels a follow-up is read with the question before, and no history is asked for."""
    for scope in ("channels:history", "groups:history"):
        desk.slack.scopes.discard(scope)
    first = await desk.mentions("what did USIP advise about Iran?")
    await desk.running.services.inbox._queue.join()  # noqa: SLF001 - the question is kept after it was answered
    follow_up = await desk.mentions("and the Kurds?", first.thread_ts)
    methods = {call.method for call in desk.slack.calls}

    assert "Read with the previous question" in said(follow_up)
    assert not [name for name in methods if name.startswith("conversations.")]
    assert not [name for name in manifest()["settings"]["event_subscriptions"]["bot_events"] if name in HEARD]


async def test_a_name_pings_nobody(desk: Desk) -> None:
    """Whoever set a channel is named in plain words, whatever they are called."""
    members, colleague = desk.slack.workspace.members, desk.slack.colleague
    members[colleague] = replace(members[colleague], real_name="<!channel> *Omar*", is_admin=True)
    shown = await set_to(desk, desk.slack.as_user(colleague), sharers="setters")
    demote(desk)
    looked_at = await settings(desk)

    assert "<!channel" not in shown + words(looked_at)
    assert "Omar" in words(looked_at)


async def test_a_search_pings_nobody(desk: Desk) -> None:
    """Neither its results nor what is shared of it."""
    user = desk.slack.user
    await user.shortcut("search_desk")
    await user.submit(await user.next_view(), {"search_question": "<!channel> what did USIP advise about Iran?"})
    results = await user.next_view()
    await user.press(results, ActionId.SEARCH_SHARE)
    share = await desk.slack.wait_for(lambda: user.views[-1] if len(user.views) > 1 else None)
    await user.submit(share, {"search_channel": desk.slack.policy})
    posted = await user.next_message()

    for text in (*markup(results.payload["blocks"]), *markup(posted.blocks or []), posted.text):
        assert "<!" not in text
        assert "<@" not in text


def markup(part: object) -> Iterator[str]:
    """Every text in blocks in which Slack reads mentions."""
    if isinstance(part, dict) and part.get("type") == "mrkdwn":
        yield str(part["text"])
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from markup(inner)


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
    for text, share in (("what did USIP advise about Iran?", ActionId.SHARE), ("issues", ActionId.REGISTER_SHARE)):
        await user.press(await desk.asks(text), share)
        await user.next_message()
    await desk.mentions("who is Sistani?")
    await desk.writes("who is Sistani?")
    await ask(user, desk.slack.policy, "preview")
    await user.shortcut("find_background", await user.say(desk.slack.policy, "who is Sistani?"))
    await desk.slack.settled()
    posts = [one for one in desk.slack.calls if one.method.startswith("chat.") or one.method == "response_url"]

    assert len(posts) >= 8
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
