"""A channel that another organisation is in, as an app hears of it."""

from dataclasses import replace
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from bot.playground.model import TEAM_ID, ActError, Member
from bot.playground.user import User

pytestmark = pytest.mark.usefixtures("handler")

THEIRS = "T0OTHERORG1"

Body = dict[str, Any]


@pytest.fixture(name="lea")
async def _lea(slack: Playground) -> User:
    """Somebody of another organisation, with whom #iraq-policy is shared."""
    slack.workspace.add_member(Member("U0OTHERLEA1", "lea", "Lea", team=THEIRS))
    slack.workspace.set_membership(slack.policy, "U0OTHERLEA1", joined=True, inviter=slack.user.id)
    await slack.user.share_outside(slack.policy)
    return slack.as_user("U0OTHERLEA1")


async def test_events_say_that_the_channel_is_shared_and_whose_the_author_is(
    slack: Playground, app: AsyncApp, lea: User
) -> None:
    """The wrapper has the flag, the event the author's workspace; in other channels neither is there."""
    heard: list[Body] = []

    async def keep(body: Body) -> None:
        heard.append(body)

    app.event("app_mention")(keep)
    app.event("message")(keep)
    await slack.user.say(slack.policy, "@Iraq Desk mine")
    await lea.say(slack.policy, "@Iraq Desk hers")
    slack.workspace.update_channel(replace(slack.workspace.channels[slack.policy], is_ext_shared=False))
    await slack.user.say(slack.policy, "@Iraq Desk alone")
    await slack.settled()
    mentions = [body for body in heard if body["event"]["type"] == "app_mention"]

    assert [body["is_ext_shared_channel"] for body in mentions] == [True, True, False]
    assert [body["event"].get("user_team") for body in mentions] == [TEAM_ID, THEIRS, None]


async def test_the_methods_say_so_too(slack: Playground, client: AsyncWebClient, lea: User) -> None:
    """conversations.info knows that it is shared and who created it, users.info whose workspace somebody is of."""
    slack.scopes.add("channels:read")
    shared = (await client.conversations_info(channel=slack.policy))["channel"]
    other = (await client.conversations_info(channel=slack.general))["channel"]
    person = (await client.users_info(user=lea.id))["user"]

    assert (shared["is_ext_shared"], shared["is_shared"], other["is_ext_shared"]) == (True, True, False)
    assert shared["creator"] == slack.user.id
    assert person["team_id"] == THEIRS


async def test_a_guest_presses_and_enters_no_command(
    slack: Playground, app: AsyncApp, client: AsyncWebClient, lea: User
) -> None:
    """A press carries the presser's workspace; commands and direct messages are for members alone."""
    pressed: list[Body] = []

    @app.action("go")
    async def on_press(ack: AsyncAck, body: Body) -> None:
        pressed.append(body)
        await ack()

    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    await client.chat_postMessage(channel=slack.policy, text="a", blocks=[{"type": "actions", "elements": [button]}])
    await lea.press(await lea.next_message(), "go")
    with pytest.raises(ActError, match="not a valid command"):
        await lea.command(slack.policy, "/iraq who")

    assert pressed[0]["user"]["team_id"] == THEIRS
    assert f"D{lea.id[1:]}" not in slack.workspace.channels
