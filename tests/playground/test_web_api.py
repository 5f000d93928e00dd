"""The Web API, called by Slack's own client and by hand."""

import contextlib
import io
import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from bot.playground.methods import METHODS
from bot.playground.model import BOT_ID, BOT_USER, SlackError
from tests.playground.conftest import MANIFEST, Clock
from tests.playground.payloads import MODAL, actions, button, plain, section

POLICY, GENERAL, DIRECT, DANA, OMAR = "C0PLAYIRAQ1", "C0PLAYGEN01", "D0PLAYDANA1", "U0PLAYDANA1", "U0PLAYOMAR1"
ODD_VIEW = {"type": "modal", "title": plain("\ud800"), "blocks": [], "private_metadata": "\ud800"}
ODD_BLOCKS = [{"type": "section", "text": plain("\ud800")}]
NO_TS = "1700000000.000001"
PRIVATE = "G0PRIVATE01"


async def _error(client: AsyncWebClient, method: str, **arguments: object) -> dict[str, Any]:
    """The refusal of a call."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    return dict(caught.value.response.data)


async def test_auth_test_names_the_app(slack: Playground, client: AsyncWebClient) -> None:
    """auth.test tells who the token is, in which workspace, and with which scopes."""
    answer = await client.auth_test()
    assert answer["user_id"] == BOT_USER
    assert answer["url"] == slack.url
    assert slack.signing_secret not in str(answer.data)
    assert "chat:write" in answer.headers["X-OAuth-Scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("xoxb-wrong", "auth.test", "invalid_auth"),
        ("", "auth.test", "not_authed"),
        ("app", "auth.test", "not_allowed_token_type"),
        ("bot", "apps.connections.open", "not_allowed_token_type"),
        ("bot", "chat.shout", "unknown_method"),
    ],
)
async def test_tokens(slack: Playground, token: str, method: str, error: str) -> None:
    """Each method takes its own kind of token, and only a valid one."""
    known = {"app": slack.app_token, "bot": slack.bot_token}
    client = AsyncWebClient(known.get(token, token), base_url=slack.api_url)
    assert (await _error(client, method))["error"] == error


async def test_token_may_be_a_field(slack: Playground, http: aiohttp.ClientSession) -> None:
    """A form with a token field is as good as a header; another scheme than Bearer is none."""
    async with http.post(f"{slack.api_url}auth.test", data={"token": slack.bot_token}) as answer:
        assert (await answer.json())["ok"] is True
    async with http.get(f"{slack.api_url}auth.test", headers={"Authorization": f"Basic {slack.bot_token}"}) as answer:
        assert (await answer.json())["error"] == "not_authed"


async def test_form_with_json_fields(slack: Playground, http: aiohttp.ClientSession) -> None:
    """Blocks in a form are JSON text; what is not JSON is refused as such."""
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    form = {"channel": POLICY, "text": "words", "blocks": '[{"type": "divider"}]', "unfurl_links": "false"}
    async with http.post(f"{slack.api_url}chat.postMessage", data=form, headers=headers) as answer:
        assert (await answer.json())["message"]["blocks"][0]["type"] == "divider"
    form["blocks"] = "[{"
    async with http.post(f"{slack.api_url}chat.postMessage", data=form, headers=headers) as answer:
        assert (await answer.json())["error"] == "invalid_blocks_format"


@pytest.mark.parametrize("body", ["{", "[1]", "7", '"text"', "[" * 50_000, "\ud800".encode("utf-16", "surrogatepass")])
async def test_malformed_json(slack: Playground, http: aiohttp.ClientSession, body: str | bytes) -> None:
    """Whatever is sent as JSON and is no object gets an answer, not a 500."""
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": "application/json"}
    async with http.post(f"{slack.api_url}auth.test", data=body, headers=headers) as answer:
        assert answer.status == 200
        assert (await answer.json())["error"] == "invalid_json"


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "text/plain"])
async def test_unknown_charset(slack: Playground, http: aiohttp.ClientSession, kind: str) -> None:
    """A charset nobody knows is no fault of ours."""
    headers = {"Content-Type": f"{kind}; charset=klingon"}
    async with http.post(f"{slack.api_url}auth.test", data=b"a=b", headers=headers) as answer:
        assert (await answer.json())["ok"] is False


async def test_body_has_a_limit(slack: Playground, http: aiohttp.ClientSession) -> None:
    """More than a mebibyte is not read."""
    headers = {"Content-Type": "application/json"}
    async with http.post(f"{slack.api_url}auth.test", data=io.BytesIO(b"x" * 1_100_000), headers=headers) as answer:
        assert answer.status == 413


async def test_missing_scope(slack: Playground, client: AsyncWebClient) -> None:
    """A token without the scope is told which one it needs and which it has."""
    slack.scopes.discard("users:read")
    answer = await _error(client, "users.info", user=DANA)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read")
    assert "chat:write" in answer["provided"]


async def test_scope_goes_by_the_kind_of_channel(slack: Playground, client: AsyncWebClient) -> None:
    """Reading a direct message channel takes im:history, a public one channels:history."""
    slack.scopes.discard("im:history")
    assert (await _error(client, "conversations.history", channel=DIRECT))["needed"] == "im:history"
    assert (await client.conversations_history(channel=POLICY))["ok"] is True


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"channel": "C404", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": PRIVATE, "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": GENERAL, "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "C0ARCHIVED1", "text": "x"}, "is_archived"),
    ("chat.postMessage", {"channel": POLICY}, "no_text"),
    ("chat.postMessage", {"channel": POLICY, "text": "x", "blocks": [{"type": "nothing"}]}, "invalid_blocks"),
    ("chat.postMessage", {"channel": POLICY, "text": "x", "blocks": 7}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": POLICY, "text": "x", "thread": "1.2"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": POLICY, "text": "x", "thread_ts": "yesterday"}, "invalid_thread_ts"),
    ("chat.postMessage", {"channel": POLICY, "text": "x", "thread_ts": NO_TS}, "thread_not_found"),
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": POLICY, "text": "x", "metadata": {"event_type": "x"}}, "invalid_arguments"),
    ("chat.postEphemeral", {"channel": POLICY, "user": "U404", "text": "x"}, "user_not_in_channel"),
    ("chat.postEphemeral", {"channel": GENERAL, "user": DANA, "text": "x"}, "not_in_channel"),
    ("chat.update", {"channel": POLICY, "ts": NO_TS, "text": "x"}, "message_not_found"),
    ("chat.update", {"channel": "C404", "ts": NO_TS, "text": "x"}, "channel_not_found"),
    ("chat.delete", {"channel": POLICY, "ts": NO_TS}, "message_not_found"),
    ("chat.getPermalink", {"channel": POLICY, "message_ts": NO_TS}, "message_not_found"),
    ("users.info", {"user": "U404"}, "user_not_found"),
    ("bots.info", {"bot": "B404"}, "bot_not_found"),
    ("conversations.info", {"channel": "C404"}, "channel_not_found"),
    ("conversations.open", {"users": "U404"}, "user_not_found"),
    ("conversations.open", {"users": BOT_USER}, "cannot_dm_bot"),
    ("conversations.history", {"channel": GENERAL}, "not_in_channel"),
    ("conversations.history", {"channel": POLICY, "cursor": "abc"}, "invalid_cursor"),
    ("conversations.history", {"channel": POLICY, "oldest": "abc"}, "invalid_ts_oldest"),
    ("conversations.history", {"channel": POLICY, "latest": "abc"}, "invalid_ts_latest"),
    ("conversations.history", {"channel": POLICY, "limit": 1001}, "invalid_arguments"),
    ("conversations.replies", {"channel": POLICY, "ts": NO_TS}, "thread_not_found"),
    ("reactions.add", {"channel": POLICY, "timestamp": NO_TS, "name": "eyes"}, "message_not_found"),
    ("assistant.threads.setStatus", {"channel_id": DIRECT, "thread_ts": NO_TS, "status": "x"}, "message_not_found"),
    (
        "assistant.threads.setSuggestedPrompts",
        {"channel_id": POLICY, "prompts": [{"title": "a", "message": "b"}]},
        "channel_not_found",
    ),
    ("assistant.threads.setSuggestedPrompts", {"channel_id": DIRECT, "prompts": []}, "invalid_arguments"),
    ("views.publish", {"user_id": "U404", "view": {"type": "home", "blocks": []}}, "user_not_found"),
    ("views.update", {"view": {"type": "home", "blocks": []}}, "invalid_arguments"),
    ("views.update", {"view_id": "V404", "view": {"type": "modal"}}, "not_found"),
    ("views.open", {"trigger_id": "1.2.3", "view": {"type": "modal"}}, "invalid_trigger_id"),
]


@pytest.mark.parametrize(("method", "arguments", "error"), REFUSALS)
async def test_refusals(
    slack: Playground, client: AsyncWebClient, method: str, arguments: dict[str, Any], error: str
) -> None:
    """Each method refuses in Slack's words, and the refusal is on record."""
    slack.workspace.add_channel(PRIVATE, "secret", "private", {DANA})
    slack.workspace.add_channel("C0ARCHIVED1", "old", "channel", {DANA, BOT_USER})
    await slack.user.archive("C0ARCHIVED1")
    assert (await _error(client, method, **arguments))["error"] == error
    assert (slack.calls[-1].method, slack.calls[-1].error) == (method, error)


async def test_invalid_blocks_say_where(client: AsyncWebClient) -> None:
    """response_metadata holds one message a fault, with its JSON pointer."""
    blocks = [*section(), *actions(button(text=plain("x" * 76)))]
    answer = await _error(client, "chat.postMessage", channel=POLICY, text="x", blocks=blocks)
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 76 characters [json-pointer:/blocks/1/elements/0/text]"
    ]


async def test_a_message_and_its_thread(slack: Playground, client: AsyncWebClient) -> None:
    """A reply goes under its parent; a reply's own ts is no thread."""
    parent = await client.chat_postMessage(channel=POLICY, text="parent", blocks=[{"type": "divider"}])
    reply = await client.chat_postMessage(channel=POLICY, text="reply", thread_ts=parent["ts"], unfurl_links=False)
    assert parent["message"]["blocks"][0]["block_id"]
    assert parent["message"]["bot_id"] == BOT_ID
    assert reply["message"]["thread_ts"] == parent["ts"]
    refused = await _error(client, "chat.postMessage", channel=POLICY, text="x", thread_ts=reply["ts"])
    assert refused["error"] == "cannot_reply_to_message"
    link = await client.chat_getPermalink(channel=POLICY, message_ts=reply["ts"])
    assert link["permalink"].endswith(f"?thread_ts={parent['ts']}&cid={POLICY}")
    assert [message.text for message in slack.messages(POLICY)] == ["parent", "reply"]


async def test_public_scope_needs_no_membership(slack: Playground, client: AsyncWebClient) -> None:
    """With chat:write.public the app may write in a public channel it is not in."""
    slack.scopes.add("chat:write.public")
    assert (await client.chat_postMessage(channel=GENERAL, text="hello"))["ok"] is True


async def test_a_user_as_channel_is_the_direct_channel(slack: Playground, client: AsyncWebClient) -> None:
    """Posting to a user id writes to them; posting to a bot's finds no channel."""
    answer = await client.chat_postMessage(channel=OMAR, text="hello")
    assert answer["channel"] == slack.as_user(slack.colleague).direct_channel
    assert (await _error(client, "chat.postMessage", channel=BOT_USER, text="x"))["error"] == "channel_not_found"


async def test_an_ephemeral_message_is_for_one(slack: Playground, client: AsyncWebClient) -> None:
    """It is seen by its reader alone, is in no history, and cannot be updated."""
    answer = await client.chat_postEphemeral(channel=POLICY, user=DANA, text="psst")
    assert (await slack.user.next_message()).ts == answer["message_ts"]
    with pytest.raises(TimeoutError):
        await slack.as_user(OMAR).next_message(timeout=0.01)
    assert (await client.conversations_history(channel=POLICY))["messages"] == []
    refused = await _error(client, "chat.update", channel=POLICY, ts=answer["message_ts"], text="x")
    assert refused["error"] == "message_not_found"


async def test_update_and_delete(slack: Playground, client: AsyncWebClient) -> None:
    """Own messages can be changed and deleted. Text without blocks drops the blocks and marks the message as edited."""
    posted = await client.chat_postMessage(channel=POLICY, text="one", blocks=[{"type": "divider"}])
    updated = await client.chat_update(channel=POLICY, ts=posted["ts"], text="two", blocks=section())
    assert "edited" not in updated["message"]
    updated = await client.chat_update(channel=POLICY, ts=posted["ts"], text="three")
    assert "edited" in updated["message"]
    assert "blocks" not in updated["message"]
    assert (await _error(client, "chat.update", channel=POLICY, ts=posted["ts"], text="x" * 4001))["error"] == (
        "msg_too_long"
    )
    await client.chat_delete(channel=POLICY, ts=posted["ts"])
    assert slack.messages(POLICY) == []


async def test_others_messages_are_theirs(slack: Playground, client: AsyncWebClient) -> None:
    """The app can neither update nor delete what somebody else wrote."""
    message = await slack.user.say(POLICY, "mine")
    assert (await _error(client, "chat.update", channel=POLICY, ts=message.ts, text="x"))["error"] == (
        "cant_update_message"
    )
    assert (await _error(client, "chat.delete", channel=POLICY, ts=message.ts))["error"] == "cant_delete_message"


async def test_history_in_pages(slack: Playground, client: AsyncWebClient) -> None:
    """History is newest first, without replies, page by page; metadata is shown when asked for."""
    stamps = []
    for number in range(5):
        metadata = {"event_type": "digest", "event_payload": {"key": number}}
        answer = await client.chat_postMessage(channel=POLICY, text=f"n{number}", metadata=metadata)
        stamps.append(answer["ts"])
    await client.chat_postMessage(channel=POLICY, text="reply", thread_ts=stamps[0])
    first = await client.conversations_history(channel=POLICY, limit=3, include_all_metadata=True)
    assert [message["text"] for message in first["messages"]] == ["n4", "n3", "n2"]
    assert first["messages"][0]["metadata"]["event_payload"] == {"key": 4}
    assert first["has_more"] is True
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=POLICY, limit=3, cursor=cursor)
    assert [message["text"] for message in second["messages"]] == ["n1", "n0"]
    assert "metadata" not in second["messages"][0]
    inside = await client.conversations_history(channel=POLICY, oldest=stamps[1], latest=stamps[3])
    assert [message["text"] for message in inside["messages"]] == ["n2"]
    bounds = await client.conversations_history(channel=POLICY, oldest=stamps[1], latest=stamps[3], inclusive=True)
    assert len(bounds["messages"]) == 3
    replies = await client.conversations_replies(channel=POLICY, ts=stamps[0])
    assert [message["text"] for message in replies["messages"]] == ["n0", "reply"]
    assert len(slack.messages(POLICY)) == 6


async def test_who_and_what_is_here(slack: Playground, client: AsyncWebClient) -> None:
    """People, channels and bots are described as Slack does."""
    dana = (await client.users_info(user=DANA, include_locale=True))["user"]
    assert (dana["name"], dana["real_name"], dana["tz"], dana["locale"], dana["is_admin"]) == (
        "dana",
        "Dana",
        "Asia/Baghdad",
        "en-US",
        True,
    )
    assert "locale" not in (await client.users_info(user=OMAR))["user"]
    channel = (await client.conversations_info(channel=POLICY, include_num_members=True))["channel"]
    assert (channel["name"], channel["is_member"], channel["num_members"]) == ("iraq-policy", True, 4)
    direct = (await client.conversations_info(channel=DIRECT))["channel"]
    assert (direct["user"], direct["is_im"]) == (DANA, True)
    assert (await client.bots_info(bot=BOT_ID))["bot"]["user_id"] == BOT_USER
    opened = await client.conversations_open(users=DANA)
    assert opened["channel"]["id"] == slack.user.direct_channel
    members = await client.conversations_members(channel=POLICY, limit=2)
    rest = await client.conversations_members(channel=POLICY, cursor=members["response_metadata"]["next_cursor"])
    assert sorted(members["members"] + rest["members"]) == sorted(slack.workspace.channels[POLICY].members)


async def test_whose_channels(slack: Playground, client: AsyncWebClient) -> None:
    """Somebody's public channels are told, and of private ones those that the app is in as well; archived ones if asked for."""
    slack.workspace.add_channel(PRIVATE, "secret", "private", {DANA})
    slack.workspace.add_channel("G0PRIVATE02", "ours", "private", {DANA, BOT_USER})
    slack.workspace.add_channel("C00000000OLD", "old", "channel", {DANA})
    await slack.user.archive("C00000000OLD")

    async def found(**arguments: object) -> list[str]:
        return [one["id"] for one in (await client.api_call("users.conversations", params=arguments))["channels"]]

    both = "public_channel,private_channel"
    assert await found(user=DANA) == [POLICY, GENERAL, "C00000000OLD"]
    assert await found(user=DANA, types=both, exclude_archived=True) == [POLICY, GENERAL, "G0PRIVATE02"]
    assert await found(types="private_channel") == ["G0PRIVATE02"]
    assert await found(user=DANA, types="im") == [DIRECT]
    assert (await _error(client, "users.conversations", user="U0NOBODY"))["error"] == "user_not_found"
    first = await client.users_conversations(user=DANA, limit=1)
    assert first["response_metadata"]["next_cursor"] == "1"


async def test_small_courtesies(slack: Playground, client: AsyncWebClient) -> None:
    """Reactions, status and prompts are accepted where they belong."""
    message = await slack.user.say(DIRECT, "hello")
    await client.reactions_add(channel=DIRECT, timestamp=message.ts, name="eyes")
    await client.assistant_threads_setStatus(channel_id=DIRECT, thread_ts=message.ts, status="is looking")
    await client.assistant_threads_setSuggestedPrompts(channel_id=DIRECT, prompts=[{"title": "a", "message": "b"}])
    assert [call.error for call in slack.calls] == [None] * 3
    assert slack.workspace.statuses == {(DIRECT, message.ts): "is looking"}
    assert slack.workspace.prompts == {DIRECT: [{"title": "a", "message": "b"}]}


async def test_a_status_ends(slack: Playground, client: AsyncWebClient) -> None:
    """The app's next message in the thread ends a status, and so does an empty one; another thread's stays."""
    first, second, third = [await slack.user.say(DIRECT, "hello") for _ in range(3)]
    for message in (first, second, third):
        await client.assistant_threads_setStatus(channel_id=DIRECT, thread_ts=message.ts, status="is looking")
    await client.chat_postMessage(channel=DIRECT, thread_ts=first.ts, text="here")
    await client.assistant_threads_setStatus(channel_id=DIRECT, thread_ts=second.ts, status="")

    assert slack.workspace.statuses == {(DIRECT, third.ts): "is looking"}


async def test_prompts_of_agents_name_no_thread(slack: Playground, client: AsyncWebClient) -> None:
    """With a thread the call is taken and does nothing, as in Slack."""
    message = await slack.user.say(DIRECT, "hello")
    prompts = [{"title": "a", "message": "b"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id=DIRECT, thread_ts=message.ts, prompts=prompts)

    assert slack.workspace.prompts == {}


async def test_app_without_home(clock: Clock) -> None:
    """views.publish is refused, and no message can be sent, where the manifest has no tabs."""
    manifest = {"display_information": {"name": "Bare"}, "features": {"bot_user": {"display_name": "Bare"}}}
    async with Playground(manifest, clock=clock) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        answer = await _error(client, "views.publish", user_id=DANA, view={"type": "home", "blocks": []})
        assert answer["error"] == "not_enabled"


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_odd_values_are_answered(method: str) -> None:
    """Every argument of every method, set to what nobody expects, is answered or refused, and that can be written down."""
    slack = Playground(MANIFEST)
    message = await slack.user.say(POLICY, "hello")

    def run(given: dict[str, Any]) -> dict[str, Any]:
        return METHODS[method].run(slack.user.stage.context, given)

    def takes(name: str) -> bool:
        """What a method does not take it refuses by name."""
        try:
            run({name: ""})
        except SlackError as refusal:
            return f"[ERROR] Extra inputs are not permitted [json-pointer:/{name}]" not in refusal.messages
        return True

    sound = {
        "channel": POLICY,
        "channel_id": DIRECT,
        "ts": message.ts,
        "timestamp": message.ts,
        "message_ts": message.ts,
        "thread_ts": message.ts,
        "name": "eyes",
        "text": "words",
        "status": "words",
        "user": DANA,
        "users": DANA,
        "user_id": DANA,
        "bot": BOT_ID,
        "prompts": [{"title": "a", "message": "b"}],
        "view": {"type": "home", "blocks": []} if method == "views.publish" else MODAL,
    }
    odd = [
        "",
        "nan",
        "Infinity",
        "-1",
        "9" * 5000,
        "٣",
        "\ud800",
        "{",
        "[" * 50_000,
        7,
        True,
        [],
        {},
        ODD_VIEW,
        ODD_BLOCKS,
    ]
    names = [
        name for name in ("blocks", "cursor", "hash", "latest", "limit", "metadata", "oldest", *sound) if takes(name)
    ]
    for name in names:
        for value in odd:
            given = {key: value for key, value in sound.items() if key in names} | {name: value}
            if takes("trigger_id"):
                given["trigger_id"] = slack.workspace.new_trigger(DANA)
            with contextlib.suppress(SlackError):
                json.dumps(run(given))
