"""The page's side of the server: what it is told, what it may do, and who else may not."""

import asyncio
import contextlib
import io
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground, PortTaken
from bot.playground.content import open_view
from bot.playground.manifest import ManifestError
from bot.playground.model import ActError
from bot.playground.page_acts import perform
from bot.playground.state import VALUE_FIELDS
from tests.playground.conftest import MANIFEST
from tests.playground.payloads import ENTRIES, MODAL, actions, button, entry, option, plain

Body = dict[str, Any]


async def _act(http: aiohttp.ClientSession, slack: Playground, **act: object) -> tuple[int, Body]:
    async with http.post(f"{slack.url}playground/acts", json=act) as answer:
        return answer.status, await answer.json()


async def _push(socket: aiohttp.ClientWebSocketResponse, kind: str) -> Body:
    """The next push of a kind."""
    async with asyncio.timeout(5):
        while True:
            push: Body = await socket.receive_json(timeout=5)
            if push["type"] == kind:
                return push


async def test_the_state(slack: Playground, http: aiohttp.ClientSession, client: AsyncWebClient) -> None:
    """The page learns all that Dana sees, and nothing that she does not."""
    await client.chat_postMessage(channel=slack.policy, text="for all")
    await client.chat_postEphemeral(channel=slack.policy, user=slack.user.id, text="for Dana")
    await client.chat_postEphemeral(channel=slack.policy, user=slack.colleague, text="for Omar")
    await client.views_publish(user_id=slack.user.id, view={"type": "home", "blocks": []})
    async with http.get(f"{slack.url}playground/state") as answer:
        state = await answer.json()
    assert state["me"] == slack.user.id
    assert state["app"] == {"name": "Iraq Desk", "bot_user_id": "U0PLAYBOT01", "connected": False}
    assert [(channel["name"], channel.get("bot_is_member")) for channel in state["channels"]] == [
        ("Iraq Desk", None),
        ("iraq-policy", True),
        ("general", False),
    ]
    shown = state["messages"][slack.policy]
    assert [(message["text"], message["ephemeral"]) for message in shown] == [("for all", False), ("for Dana", True)]
    assert state["commands"][0] == {"command": "/iraq", "description": "Ask", "usage_hint": "[question]"}
    assert state["shortcuts"][1]["callback_id"] == "search"
    assert state["home"]["type"] == "home"
    assert state["views"] == []


@pytest.mark.usefixtures("handler")
async def test_acts_and_pushes(slack: Playground, http: aiohttp.ClientSession, app: AsyncApp) -> None:
    """Whatever Dana does through the page is done, and what comes of it is pushed."""
    form = {
        **MODAL,
        "callback_id": "form",
        "submit": plain("Go"),
        "blocks": [entry({"type": "external_select", "action_id": "who"}, optional=True)],
    }

    @app.command("/iraq")
    async def _(ack: AsyncAck) -> None:
        await ack(text="words", blocks=actions(button()))

    @app.action("go")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient, respond: AsyncRespond) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form)
        await respond(text="changed", replace_original=True)

    @app.options("who")
    async def _(ack: AsyncAck) -> None:
        await ack(options=[option("pmf")])

    @app.view("form")
    async def _(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"in": "No."})

    @app.event("app_home_opened")
    async def _(event: Body, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": []})

    @app.shortcut("search")
    async def _(ack: AsyncAck) -> None:
        await ack()

    async with http.ws_connect(f"{slack.url}playground/events") as socket:
        await socket.send_str("the page has nothing to say here")
        assert await _act(http, slack, act="command", channel=slack.policy, text="/iraq x") == (200, {"ok": True})
        message = (await _push(socket, "message"))["message"]
        place = {"channel": slack.policy, "ts": message["ts"]}
        pressed = {"container": place, "block_id": message["blocks"][0]["block_id"], "action_id": "go", "element": {}}
        assert (await _act(http, slack, act="press", **pressed))[0] == 200
        view = (await _push(socket, "views"))["views"][0]
        assert (await _push(socket, "message_changed"))["message"]["text"] == "changed"
        asked = {"container": {"view_id": view["id"]}, "block_id": "in", "action_id": "who", "value": "p"}
        assert await _act(http, slack, act="options", **asked) == (200, {"ok": True, "options": [option("pmf")]})
        await _act(http, slack, act="submit", view_id=view["id"], state={})
        assert (await _push(socket, "view_errors"))["errors"] == {"in": "No."}
        await _act(http, slack, act="close", view_id=view["id"])
        assert (await _push(socket, "views"))["views"] == []
        await _act(http, slack, act="open_home")
        assert (await _push(socket, "home"))["home"]["type"] == "home"
        assert (await _act(http, slack, act="open_messages", channel=slack.user.direct_channel))[0] == 200
        assert (await _act(http, slack, act="shortcut", callback_id="search"))[0] == 200
        status, answer = await _act(http, slack, act="shortcut", callback_id="context", message=place)
        assert (status, answer["ok"]) == (422, False)
        await _act(http, slack, act="join", channel=slack.general, member=True)
        assert await _push(socket, "state") == {"type": "state"}
        await _act(http, slack, act="join", channel=slack.general, member=False)
        slack.workspace.delete(slack.messages(slack.policy)[0])
        assert await _push(socket, "message_deleted") == {"type": "message_deleted", **place}
        status, answer = await _act(http, slack, act="say", channel=slack.general, text="@Iraq Desk?")
        assert answer["ts"] == (await _push(socket, "message"))["message"]["ts"]
        notice = await _push(socket, "notice")
        assert (notice["level"], notice["channel"]) == ("info", slack.general)


async def test_only_what_concerns_dana_is_pushed(
    slack: Playground, http: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    """What another sees alone is not pushed to her page."""
    async with http.ws_connect(f"{slack.url}playground/events") as socket:
        await client.chat_postEphemeral(channel=slack.policy, user=slack.colleague, text="for Omar")
        await client.views_publish(user_id=slack.colleague, view={"type": "home", "blocks": []})
        await slack.as_user(slack.colleague).say(slack.as_user(slack.colleague).direct_channel, "for the app")
        await slack.user.say(slack.policy, "for all")
        assert (await socket.receive_json(timeout=5))["message"]["text"] == "for all"


async def test_prompts_and_statuses_are_pushed(
    slack: Playground, http: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    """Her own prompts and what the app does in her threads, Omar's not; a page that opens later has them in its state."""
    theirs, hers = slack.as_user(slack.colleague), slack.user
    async with http.ws_connect(f"{slack.url}playground/events") as socket:
        ts = ""
        for user in (theirs, hers):
            prompts = [{"title": user.id, "message": "Who?"}]
            await client.assistant_threads_setSuggestedPrompts(channel_id=user.direct_channel, prompts=prompts)
            ts = (await user.say(user.direct_channel, "Who?")).ts
            await client.assistant_threads_setStatus(
                channel_id=user.direct_channel, thread_ts=ts, status="is searching"
            )
        told = {"channel": hers.direct_channel, "prompts": [{"title": hers.id, "message": "Who?"}]}
        assert await _push(socket, "prompts") == {"type": "prompts", **told}
        status = {"channel": hers.direct_channel, "thread_ts": ts, "text": "is searching"}
        assert await _push(socket, "status") == {"type": "status", **status}
        async with http.get(f"{slack.url}playground/state") as answer:
            state = await answer.json()
        assert (state["prompts"], state["statuses"]) == ({told["channel"]: told["prompts"]}, [status])
        await client.chat_postMessage(channel=hers.direct_channel, thread_ts=ts, text="They do.")
        assert await _push(socket, "status") == {"type": "status", **status, "text": ""}


async def test_connection_is_pushed(slack: Playground, http: aiohttp.ClientSession, app: AsyncApp) -> None:
    """The page shows whether the app is there."""
    async with http.ws_connect(f"{slack.url}playground/events") as socket:
        handler = AsyncSocketModeHandler(app, slack.app_token)
        await handler.connect_async()
        assert await socket.receive_json(timeout=5) == {"type": "connected", "connected": True}
        await handler.close_async()
        assert await socket.receive_json(timeout=5) == {"type": "connected", "connected": False}


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
    ],
)
@pytest.mark.parametrize("path", ["", "playground/state", "playground/events", "api/auth.test", "link", "nowhere"])
async def test_strangers(slack: Playground, http: aiohttp.ClientSession, headers: dict[str, str], path: str) -> None:
    """A foreign page, or a foreign name for this machine, gets nothing at all."""
    async with http.get(f"{slack.url}{path}", headers=headers) as answer:
        assert answer.status == 403
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_the_page_itself(slack: Playground, http: aiohttp.ClientSession, host: str) -> None:
    """Both names of this machine are good, with the page's own origin."""
    port = slack.url.rstrip("/").rpartition(":")[2]
    headers = {"Host": f"{host}:{port}", "Origin": f"http://{host}:{port}"}
    async with http.get(f"{slack.url}playground/state", headers=headers) as answer:
        assert answer.status == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


async def test_files(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    """The folder's own files are served by name and nothing else is, whatever the path says."""
    web = tmp_path / "web"
    (web / "inner").mkdir(parents=True)
    (web / "index.html").write_text("<p>page</p>")
    (web / "main.js").write_text("export {}")
    (web / "notes.txt").write_text("no")
    (web / "folder.js").mkdir()
    (web / "inner" / "x.js").write_text("no")
    (tmp_path / "secret.js").write_text("no")
    async with Playground(MANIFEST, static=web) as slack:
        for path, status in {
            "": 200,
            "static/main.js": 200,
            "static/notes.txt": 404,
            "static/folder.js": 404,
            "static/inner/x.js": 404,
            "static/inner%2Fx.js": 404,
            "static/..%2Fsecret.js": 404,
            "static/%2e%2e/secret.js": 404,
        }.items():
            async with http.get(f"{slack.url}{path}") as answer:
                assert (path, answer.status) == (path, status)
    async with Playground(MANIFEST, static=tmp_path / "nothing") as slack, http.get(slack.url) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[1]", "application/json", 422),
        (b"{}", "application/json", 422),
        (b'{"act": "fly"}', "application/json", 422),
        (b'{"act": "say"}', "text/plain", 415),
        (b"act=say", "application/x-www-form-urlencoded", 415),
        (b'{"act":"close","view_id":"V1"}', "application/json; charset=klingon", 422),
        (b" " * 1_100_000, "application/json", 413),
    ],
)
async def test_malformed_acts(
    slack: Playground, http: aiohttp.ClientSession, body: bytes, kind: str, status: int
) -> None:
    """What is not an act is refused in a sentence."""
    headers = {"Content-Type": kind}
    async with http.post(f"{slack.url}playground/acts", data=io.BytesIO(body), headers=headers) as answer:
        assert answer.status == status
        if status != 413:
            assert (await answer.json())["ok"] is False


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
ACT = st.fixed_dictionaries(
    {"act": st.sampled_from(["say", "press", "submit", "close", "shortcut", "options", "join", "open_messages"])},
    optional={
        "channel": st.sampled_from(["C0PLAYIRAQ1", "C404"]) | JSON,
        "text": st.text(max_size=5),
        "container": st.sampled_from([{"view_id": "V1"}, {"channel": "C0PLAYIRAQ1", "ts": "1"}]) | JSON,
        "message": JSON,
        "view_id": st.sampled_from(["V1"]) | JSON,
        "block_id": st.text(max_size=2) | JSON,
        "action_id": st.text(max_size=2) | JSON,
        "state": JSON,
        "value": JSON,
        "member": st.booleans(),
        "callback_id": st.just("search"),
    },
)
FIELDS: list[Body] = [
    entry({**element, "action_id": f"e{number}"}, optional=True) | {"block_id": f"in{number}"}
    for number, element in enumerate(
        [*ENTRIES, {"type": "file_input"}, {"type": "conversations_select", "response_url_enabled": True}]
    )
]


def _filled(values: st.SearchStrategy[object]) -> st.SearchStrategy[Body]:
    """state.values of some of the fields, whatever stands in them."""
    names = st.sampled_from([*VALUE_FIELDS.values(), "nonsense"])
    said = st.dictionaries(names, values, max_size=2)
    return st.fixed_dictionaries(
        {},
        optional={field["block_id"]: st.fixed_dictionaries({field["element"]["action_id"]: said}) for field in FIELDS},
    )


@settings(max_examples=30)
@given(act=ACT | JSON, state=_filled(JSON), value=JSON)
def test_any_json_is_an_act_or_refused(act: object, state: Body, value: object) -> None:
    """Nothing the page could send gets further than a sentence for a person."""

    async def attempt() -> None:
        slack = Playground(MANIFEST)
        view = open_view(slack.workspace, slack.user.id, {**MODAL, "submit": plain("Go"), "blocks": FIELDS})
        slack.workspace.set_modals(slack.user.id, (view,))
        place = {"container": {"view_id": view.id}, "value": value, "state": state, "act": "press"}
        presses = [
            {**place, "action_id": field["element"]["action_id"], "block_id": field["block_id"]} for field in FIELDS
        ]
        for each in (act, *presses, {"act": "submit", "view_id": view.id, "state": state}):
            with contextlib.suppress(ActError):
                await perform(slack.user, each)

    asyncio.run(attempt())


async def test_port_taken(slack: Playground) -> None:
    """A port in use is named."""
    port = int(slack.url.rstrip("/").rpartition(":")[2])
    with pytest.raises(PortTaken) as caught:
        await Playground(MANIFEST, port=port).__aenter__()
    assert caught.value.port == port
    assert str(port) in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"features": {}}, "features.bot_user: Field required"),
        ({"display_information": {"name": "x" * 36}}, "display_information.name"),
        (
            {"oauth_config": {"scopes": {"bot": ["commands"]}}},
            "subscribes to app_mention but does not ask for the scope app_mentions:read",
        ),
    ],
)
def test_bad_manifests(change: Body, words: str) -> None:
    """A manifest Slack would not install is refused, and says where."""
    with pytest.raises(ManifestError, match=words):
        Playground({**MANIFEST, **change})


async def test_ids_are_the_same_each_time() -> None:
    """Two runs with one clock give the same messages, ids included."""

    async def run() -> str:
        async with Playground(MANIFEST, clock=lambda: 1_800_000_000.0) as slack:
            client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
            await client.chat_postMessage(channel=slack.policy, text="x", blocks=actions(button()))
            await slack.user.say(slack.policy, "hello")
            return json.dumps([str(message) for message in slack.messages(slack.policy)])

    assert await run() == await run()
