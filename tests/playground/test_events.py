"""What people do, and which events a real Bolt app hears of."""

from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from bot.playground.model import BOT_USER, TEAM_ID, ActError
from tests.playground.conftest import MANIFEST, Clock

pytestmark = pytest.mark.usefixtures("handler")

Body = dict[str, Any]


@pytest.fixture(name="heard")
def _heard(app: AsyncApp) -> list[Body]:
    """The bodies of all events, in order of arrival."""
    heard: list[Body] = []

    async def keep(body: Body) -> None:
        heard.append(body)

    for kind in (
        "app_mention",
        "app_uninstalled",
        "channel_archive",
        "channel_rename",
        "member_joined_channel",
        "member_left_channel",
        "message",
        "tokens_revoked",
    ):
        app.event(kind)(keep)
    return heard


def _events(heard: list[Body]) -> list[tuple[str, str | None]]:
    return [(body["event"]["type"], body["event"].get("subtype")) for body in heard]


async def test_a_mention(slack: Playground, heard: list[Body]) -> None:
    """A mention is a message and an app_mention, wrapped as Slack wraps them."""
    message = await slack.user.say(
        slack.policy, "@Iraq Desk who are <them> & @omar? See #general @here https://a.b/?x&y"
    )
    await slack.settled()
    assert _events(heard) == [("message", None), ("app_mention", None)]
    body = heard[1]
    assert body["team_id"] == TEAM_ID
    assert body["event_id"].startswith("Ev")
    assert body["authorizations"][0]["user_id"] == BOT_USER
    event = body["event"]
    assert (event["user"], event["channel"], event["ts"]) == (slack.user.id, slack.policy, message.ts)
    assert event["text"] == (
        f"<@{BOT_USER}> who are &lt;them&gt; &amp; <@{slack.colleague}>? "
        "See <#C0PLAYGEN01|general> <!here> <https://a.b/?x&amp;y>"
    )
    assert event["blocks"][0]["elements"][0]["elements"][0] == {"type": "user", "user_id": BOT_USER}
    assert heard[0]["event"]["channel_type"] == "channel"
    assert heard[0]["event_id"] != body["event_id"]


async def test_a_thread(slack: Playground, heard: list[Body]) -> None:
    """A reply names its thread; a thread that is not there takes none."""
    parent = await slack.user.say(slack.policy, "parent")
    await slack.as_user(slack.colleague).say(slack.policy, "reply", parent.ts)
    await slack.settled()
    assert heard[-1]["event"]["thread_ts"] == parent.ts
    with pytest.raises(ActError, match="thread is no longer there"):
        await slack.user.say(slack.policy, "reply", "1700000000.000001")


async def test_a_mention_where_the_app_is_not(slack: Playground, heard: list[Body]) -> None:
    """Slackbot tells the person; the app hears nothing."""
    await slack.user.say(slack.general, "@Iraq Desk who?")
    await slack.settled()
    assert heard == []
    assert "not in this channel" in slack.notices[0].text


async def test_a_direct_message(slack: Playground, heard: list[Body]) -> None:
    """It is a message of channel_type im, mention or not."""
    await slack.user.say(slack.user.direct_channel, "@Iraq Desk who?")
    await slack.settled()
    assert _events(heard) == [("message", None)]
    assert heard[0]["event"]["channel_type"] == "im"


async def test_edits_and_deletions(slack: Playground, heard: list[Body]) -> None:
    """They come as subtypes with what was there before."""
    colleague = slack.as_user(slack.colleague)
    message = await slack.user.say(slack.policy, "one")
    with pytest.raises(ActError, match="Only the author"):
        await colleague.edit(message, "theirs")
    await slack.user.edit(message, "two")
    await slack.user.delete(message)
    await slack.settled()
    assert _events(heard) == [("message", None), ("message", "message_changed"), ("message", "message_deleted")]
    assert heard[1]["event"]["message"]["edited"]["user"] == slack.user.id
    assert heard[1]["event"]["previous_message"]["text"] == "one"
    assert heard[2]["event"]["deleted_ts"] == message.ts


async def test_own_messages_come_back(slack: Playground, client: AsyncWebClient) -> None:
    """Slack tells the app of its own messages, and Bolt passes over them; ephemeral ones are told to nobody."""
    await client.chat_postMessage(channel=slack.policy, text=f"I am <@{BOT_USER}>")
    await client.chat_postEphemeral(channel=slack.policy, user=slack.user.id, text="psst")
    await slack.settled()
    told = [(each.payload["event"]["type"], each.payload["event"]["bot_id"], each.outcome) for each in slack.deliveries]
    assert told == [("message", "B0PLAYBOT01", "ack")]


async def test_another_bot(slack: Playground, heard: list[Body]) -> None:
    """Other apps' messages are bot_messages; they may even mention the app."""
    slack.other_bot_says(slack.policy, f"News for <@{BOT_USER}>")
    await slack.settled()
    assert _events(heard) == [("message", "bot_message"), ("app_mention", "bot_message")]
    assert heard[0]["event"]["bot_id"] == "B0PLAYFEED1"


async def test_coming_and_going(slack: Playground, heard: list[Body]) -> None:
    """The app hears when it, or another, is invited or removed, where it is."""
    await slack.user.invite(slack.general)
    await slack.user.invite(slack.general)
    await slack.user.remove(slack.general, slack.colleague)
    await slack.user.remove(slack.general)
    await slack.settled()
    assert _events(heard) == [
        ("member_joined_channel", None),
        ("member_left_channel", None),
        ("member_left_channel", None),
    ]
    assert (heard[0]["event"]["inviter"], heard[0]["event"]["user"]) == (slack.user.id, BOT_USER)
    await slack.user.invite(slack.general, slack.colleague)
    await slack.settled()
    assert len(heard) == 3


async def test_a_channel_changes(slack: Playground, heard: list[Body]) -> None:
    """Renaming and archiving are told; nothing can be said in an archived channel."""
    await slack.user.rename(slack.policy, "iraq")
    await slack.user.archive(slack.policy)
    await slack.settled()
    assert heard[0]["event"]["channel"]["name"] == "iraq"
    assert heard[1]["event"]["channel"] == slack.policy
    with pytest.raises(ActError, match="archived"):
        await slack.user.say(slack.policy, "anybody?")


async def test_uninstalling(slack: Playground, heard: list[Body], client: AsyncWebClient) -> None:
    """Both events come, and the tokens are dead."""
    await slack.user.uninstall()
    await slack.settled()
    assert sorted(kind for kind, _ in _events(heard)) == ["app_uninstalled", "tokens_revoked"]
    with pytest.raises(SlackApiError, match="account_inactive"):
        await client.auth_test()


async def test_a_command(slack: Playground, app: AsyncApp) -> None:
    """Its fields are text; what was typed is as typed, or written out where the manifest says should_escape."""
    seen: list[Body] = []

    async def keep(ack: AsyncAck, command: Body) -> None:
        seen.append(command)
        await ack()

    app.command("/iraq")(keep)
    app.command("/escaped")(keep)
    await slack.user.command(slack.policy, "/iraq  who is @omar & <b>? ")
    await slack.as_user(slack.colleague).command(
        slack.as_user(slack.colleague).direct_channel, "/escaped @Dana #general"
    )
    assert seen[0]["text"] == "who is @omar & <b>?"
    assert seen[0]["channel_name"] == "iraq-policy"
    assert seen[0]["is_enterprise_install"] == "false"
    assert seen[1]["text"] == "<@U0PLAYDANA1|dana> <#C0PLAYGEN01|general>"
    assert (seen[1]["channel_name"], seen[1]["user_name"]) == ("directmessage", "omar")


async def test_what_the_window_does_not_allow(slack: Playground) -> None:
    """Unknown commands, foreign channels and empty messages go nowhere."""
    with pytest.raises(ActError, match="/iran is not a valid command"):
        await slack.user.command(slack.policy, "/iran x")
    with pytest.raises(ActError, match="no channel D0PLAYOMAR1"):
        await slack.user.say("D0PLAYOMAR1", "hello")
    with pytest.raises(ActError, match="nothing to send"):
        await slack.user.say(slack.policy, " ")
    assert slack.deliveries == []


async def test_only_subscribed_events(clock: Clock) -> None:
    """What the manifest does not subscribe to is not sent, and a Messages tab that is off takes no messages."""
    bare = {key: value for key, value in MANIFEST.items() if key != "settings"}
    bare["features"] = {"bot_user": {"display_name": "Iraq Desk"}}
    async with Playground(bare, clock=clock) as slack:
        app = AsyncApp(client=AsyncWebClient(slack.bot_token, base_url=slack.api_url), process_before_response=True)
        handler = AsyncSocketModeHandler(app, slack.app_token)
        await handler.connect_async()
        await slack.wait_for(lambda: slack.connected)
        await slack.user.say(slack.policy, "@Iraq Desk who?")
        await slack.settled()
        await handler.close_async()
        assert slack.deliveries == []
        with pytest.raises(ActError, match="turned off"):
            await slack.user.say(slack.user.direct_channel, "hello")


async def test_next_message_reads_in_order(slack: Playground, client: AsyncWebClient) -> None:
    """Each message of the app is returned once to each who sees it, and no one else's is."""
    colleague = slack.as_user(slack.colleague)
    for text in ("one", "two"):
        await client.chat_postMessage(channel=slack.policy, text=text)
    await client.chat_postMessage(channel=slack.user.id, text="for Dana")
    assert [(await slack.user.next_message()).text for _ in range(3)] == ["one", "two", "for Dana"]
    assert [(await colleague.next_message()).text for _ in range(2)] == ["one", "two"]
    with pytest.raises(TimeoutError):
        await colleague.next_message(timeout=0.01)
