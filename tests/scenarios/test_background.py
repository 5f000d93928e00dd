"""The message shortcut “Find background”: whatever was posted, its passages, for whoever asked."""

import logging
from dataclasses import replace

import pytest

from bot.playground.model import Message
from bot.playground.workspace import OTHER_BOT
from knowledge.library import Library
from tests.support.desk import Desk, action_ids, element_of, rating, running_desk, said

SHORTCUT = "find_background"
ARTICLE = (
    """BAGHDAD – Iraq's government said on Tuesday that it would hold armed factions to a deadline for their weapons.

A spokesman said that a committee would register arms. "The state will have one army," he said. Two of the factions,
Kataib Hezbollah and Harakat al-Nujaba, repeated that they keep their weapons while there are foreign soldiers.

"""
    + "Others have welcomed the plan in public, and diplomats doubt that the timetable can be kept. " * 8
)
LUNCH = "Lunch on Thursday moves to 13:00, the usual place. Bring cash because the card reader is broken."


async def background(desk: Desk, message: Message) -> Message:
    """What Dana sees after the shortcut on a message."""
    await desk.slack.user.shortcut(SHORTCUT, message)
    return await desk.slack.user.next_message()


async def test_an_article_finds_its_background(desk: Desk) -> None:
    """A long message is answered privately, by its first 500 characters, and named by its first words."""
    message = await desk.slack.user.say(desk.slack.policy, ARTICLE)
    found = await background(desk, message)

    assert found.visible_to == desk.slack.user.id
    assert found.thread_ts is None
    assert said(found).startswith("Background to this message, by its first 500 characters BAGHDAD – Iraq's government")
    assert "…" in said(found)[:350]
    assert "Kataib Hezbollah" not in said(found)[:350]
    assert action_ids(found) == ["more_passages", "share_answer", "feedback"]
    assert "*1  " in said(found)


async def test_a_reply_is_answered_in_its_thread(desk: Desk) -> None:
    """The presser reads the thread; there the answer comes, and what follows from its buttons."""
    user = desk.slack.user
    root = await user.say(desk.slack.policy, ARTICLE)
    reply = await user.say(desk.slack.policy, "who pushed for the withdrawal of the PMF law?", root.ts)
    found = await background(desk, reply)
    await user.press(found, "more_passages")
    more = await user.next_message()
    await user.press(found, "share_answer")
    shared = await user.next_message()

    assert (found.thread_ts, more.thread_ts, shared.thread_ts) == (root.ts, root.ts, root.ts)
    assert (found.visible_to, more.visible_to, shared.visible_to) == (user.id, user.id, None)


async def test_the_message_that_a_thread_hangs_on(desk: Desk) -> None:
    """It is read in the channel, where a private word in the thread would stay unseen."""
    user = desk.slack.user
    root = await user.say(desk.slack.policy, "who pays the PMF?")
    await user.say(desk.slack.policy, "no idea", root.ts)
    workspace = desk.slack.workspace
    workspace.change(root, replace(root, thread_ts=root.ts))
    found = await background(desk, root)

    assert (found.visible_to, found.thread_ts) == (user.id, None)


async def test_where_the_bot_is_no_member(desk: Desk) -> None:
    """The response URL reaches the presser in every channel, and shares there too."""
    message = desk.slack.other_bot_says(desk.slack.general, "Fourteen banks in Iraq barred from the dollar auction")
    found = await background(desk, message)
    await desk.slack.user.press(found, "share_answer")
    shared = await desk.slack.user.next_message()

    assert (found.channel, found.visible_to) == (desk.slack.general, desk.slack.user.id)
    assert (shared.channel, shared.visible_to) == (desk.slack.general, None)
    assert "Fourteen banks" in said(shared)


async def test_a_shared_background_is_the_one_that_was_seen(desk: Desk) -> None:
    """The passages of a long message, of which no passage has all, are shared as they were shown; others may go on."""
    message = await desk.slack.user.say(desk.slack.policy, ARTICLE)
    found = await background(desk, message)
    await desk.slack.user.press(found, "share_answer")
    shared = await desk.slack.user.next_message()
    await desk.slack.user.press(shared, "more_passages")
    more = await desk.slack.user.next_message()

    assert element_of(found, "share_answer")["confirm"]["confirm"]["text"] == "Share"
    assert said(shared).startswith("Shared by dana BAGHDAD")
    assert _quotes(shared) == _quotes(found)
    assert "No passage" not in said(shared)
    assert said(more).startswith("Passages 4 to 6 on “BAGHDAD")
    assert len(said(more).split("”")[0]) < 240


async def test_our_own_answer_and_its_rating(desk: Desk) -> None:
    """An answer of the desk is a message like every other, and background to it can be rated."""
    answer = await desk.mentions("what did USIP advise about Iran?")
    found = await background(desk, answer)
    await desk.slack.user.press(found, "feedback", rating(found, helpful=True))
    await desk.slack.user.next_message()
    (stored,) = await desk.running.services.store.feedback("T0PLAYTEAM1")

    assert found.visible_to == desk.slack.user.id
    assert "Iran" in said(found)
    assert "USIP" in stored.question


async def test_another_bots_blocks(desk: Desk) -> None:
    """A message whose words are all in blocks is read there."""
    workspace = desk.slack.workspace
    blocks = [
        {"type": "header", "block_id": "b1", "text": {"type": "plain_text", "text": "Water desk"}},
        {
            "type": "section",
            "block_id": "b2",
            "text": {"type": "mrkdwn", "text": "Turkey releases less *Tigris* water"},
        },
    ]
    message = workspace.post(
        Message(desk.slack.policy, workspace.new_ts(), OTHER_BOT, "", blocks, subtype="bot_message")
    )
    found = await background(desk, message)

    assert "Water desk. Turkey releases less Tigris water." in said(found)
    assert "*1  " in said(found)


@pytest.mark.parametrize("text", [":wave:", "<@U0PLAYOMAR1>", "…", "```x```"])
async def test_a_message_without_words(desk: Desk, text: str) -> None:
    """A plain private sentence, and what to do."""
    found = await background(desk, desk.slack.other_bot_says(desk.slack.policy, text))

    assert found.visible_to == desk.slack.user.id
    assert said(found).startswith("This message has no words that I can search.")
    assert found.text == said(found)


async def test_a_message_about_something_else(desk: Desk) -> None:
    """Where nothing is background, it is said, and nothing can be shared."""
    found = await background(desk, await desk.slack.user.say(desk.slack.policy, LUNCH))

    assert "No passage in the corpus answers this." in said(found)
    assert "share_answer" not in action_ids(found)


@pytest.mark.parametrize(
    "text",
    [
        "<!channel> read <https://e.org/a|this & that> on *Iraq* `now`",
        'he said "nothing" -and- source:nobody topic:iran before:2003 that the PMF "will stay"',
        "الحشد الشعبي \u202eرواتب\u202c",
        "x" * 12_000,
        "a. " * 4_000,
        "PMF &amp;&lt;!here&gt; " * 400,
        "\x00\x07 Iran \ud7ff",
    ],
)
async def test_odd_messages(desk: Desk, text: str, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever stands in it, the presser alone gets a reply that Slack takes, and nobody is pinged."""
    with caplog.at_level(logging.ERROR):
        found = await background(desk, desk.slack.other_bot_says(desk.slack.policy, text))

    assert found.visible_to == desk.slack.user.id
    assert "<!" not in found.text  # in rich text it is literal
    assert "<@" not in found.text
    assert "filter was left out" not in said(found)
    assert caplog.records == []


async def test_a_shortcut_delivered_twice_is_answered_once(desk: Desk) -> None:
    """As happens when sockets are exchanged."""
    message = await desk.slack.user.say(desk.slack.policy, "who pays the PMF?")
    desk.slack.faults.duplicate()
    await background(desk, message)
    await desk.slack.settled()

    assert len([call for call in desk.slack.calls if call.method == "response_url"]) == 1


async def test_a_shortcut_that_fails(broken: Library, caplog: pytest.LogCaptureFixture) -> None:
    """The presser alone gets a reference, the log the cause, and nobody the message's words."""
    with caplog.at_level(logging.ERROR):
        async with running_desk(library=broken) as desk:
            message = await desk.slack.user.say(desk.slack.policy, "who pays the PMF?")
            found = await background(desk, message)

    assert found.visible_to == desk.slack.user.id
    assert "reference: " in said(found)
    assert "the index is gone" in caplog.text
    assert "PMF" not in caplog.text


def _quotes(message: Message) -> list[object]:
    return [
        part["elements"]
        for block in message.blocks or []
        for part in block.get("elements", [])
        if part["type"] == "rich_text_quote"
    ]
