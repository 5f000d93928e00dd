"""The manifest, held against the code: what is asked for is used, and what is used is asked for."""

import ast
import re
from collections.abc import Iterator

import pytest
import yaml
from click.testing import CliRunner, Result
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli import main
from bot.listeners import events
from bot.manifest import COMMAND, SCOPES, manifest, reasons
from bot.playground.manifest import EVENT_SCOPES, read_manifest
from bot.playground.methods import METHODS
from bot.questions.routing import Question, route
from bot.views.ids import ShortcutId
from knowledge.library import Library
from tests.conftest import ROOT

VARIANTS = {
    "over a socket": manifest(),
    "over HTTP": manifest(http="https://desk.example.org/slack/events"),
    "without agent": manifest(agent=False),
}


def run(*arguments: str) -> Result:
    """`iraq-desk manifest` with these arguments."""
    return CliRunner().invoke(main, ["manifest", *arguments])


def methods() -> set[str]:
    """The Web API methods that the code calls, by the name of the client's own method."""
    known = {name.replace(".", "_"): name for name in METHODS}
    called = {
        node.attr
        for path in (ROOT / "bot").rglob("*.py")
        if "playground" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and re.fullmatch(r"[a-z]+(_[a-zA-Z]+)+", node.attr)
    }
    return {known[name] for name in called if hasattr(AsyncWebClient, name) and name in known}


def needed() -> Iterator[str]:
    """The scopes that the code cannot do without: of commands, of what it calls, and of what it subscribes to."""
    yield "commands"
    for name in methods():
        scope = METHODS[name].scope
        if scope is not None:
            yield scope
            if scope.startswith("channels:"):
                yield scope.replace("channels:", "groups:")  # the same method in a private channel
    for event in manifest()["settings"]["event_subscriptions"]["bot_events"]:
        if event in EVENT_SCOPES:
            yield EVENT_SCOPES[event]


def test_every_scope_is_used_and_none_is_missing() -> None:
    """Each scope is needed by a command, a method that the code calls or an event; and no other is needed."""
    assert {scope.name for scope in SCOPES} == set(needed())
    assert {"chat.postMessage", "views.open", "users.info"} <= methods()  # the search finds something


def test_every_scope_has_its_reason() -> None:
    """One line each, and each its own."""
    assert set(reasons()) == {scope.name for scope in SCOPES}
    assert len({scope.reason for scope in SCOPES}) == len(SCOPES)
    assert all(10 < len(scope.reason) <= 90 for scope in SCOPES)


def test_every_event_is_handled() -> None:
    """Every subscribed event has a handler, and every handler's event is subscribed to."""
    subscribed = {name.split(".")[0] for name in manifest()["settings"]["event_subscriptions"]["bot_events"]}

    assert subscribed == set(events.EVENTS)


@pytest.mark.parametrize("shown", VARIANTS.values(), ids=VARIANTS)
def test_commands_and_shortcuts(shown: dict[str, dict[str, list[dict[str, str]]]]) -> None:
    """The one command, and every shortcut of the listeners by its id."""
    features = shown["features"]

    assert [one["command"] for one in features["slash_commands"]] == [COMMAND]
    assert {one["callback_id"]: one["type"] for one in features["shortcuts"]} == {
        ShortcutId.BACKGROUND: "message",
        ShortcutId.SEARCH: "global",
    }


@pytest.mark.parametrize("shown", VARIANTS.values(), ids=VARIANTS)
def test_slacks_limits(shown: dict[str, dict[str, object]]) -> None:
    """Names and descriptions fit what Slack's manifest schema allows, and the playground installs it."""
    display, features = shown["display_information"], read_manifest(shown).features
    agent = shown["features"].get("agent_view", {"agent_description": "", "suggested_prompts": []})
    assert isinstance(agent, dict)
    long_description = str(display["long_description"])

    assert len(str(display["name"])) <= 35
    assert len(str(display["description"])) <= 140
    assert 175 <= len(long_description) <= 4_000
    assert all(re.fullmatch(r"/[a-z]{1,31}", one.command) for one in features.slash_commands)
    assert len(agent["agent_description"]) <= 300
    assert len(agent["suggested_prompts"]) <= 4
    assert all(set(one) == {"title", "message"} and len(one["title"]) <= 75 for one in agent["suggested_prompts"])


def test_the_suggested_prompts_are_answered(library: Library) -> None:
    """What Slack offers to ask first has an answer."""
    messages = [one["message"] for one in manifest()["features"]["agent_view"]["suggested_prompts"]]

    routes = [route(library, text) for text in messages]
    questions = [one.query for one in routes if isinstance(one, Question)]

    assert 0 < len(questions) < len(routes)  # some show what else there is
    assert [query.text for query in questions if not library.ask(query).confident] == []


def test_without_agent() -> None:
    """Only what needs a paid plan is left out."""
    whole, less = manifest(), manifest(agent=False)
    del whole["features"]["agent_view"]
    whole["oauth_config"]["scopes"]["bot"].remove("assistant:write")

    assert less == whole
    assert yaml.safe_load(run("--without-agent").output) == less


def test_optional_scopes_are_scopes() -> None:
    """Slack wants them in both lists; what the product is made of is not among them."""
    scopes = manifest()["oauth_config"]["scopes"]

    assert set(scopes["bot_optional"]) < set(scopes["bot"])
    assert not {"commands", "chat:write", "app_mentions:read", "im:history"} & set(scopes["bot_optional"])


def test_over_http() -> None:
    """Every kind of request has the address, and no socket is opened."""
    shown = yaml.safe_load(run("--http", "https://desk.example.org").output)
    url = "https://desk.example.org/slack/events"

    assert shown == manifest(http=url)
    assert shown["settings"]["socket_mode_enabled"] is False
    assert re.findall(r"(\w+): https://desk", yaml.safe_dump(shown)) == [
        "url",
        "request_url",
        "message_menu_options_url",
        "request_url",
    ]


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://desk.example.org/", "https://desk.example.org/slack/events"),
        ("https://desk.example.org:8443/iraq", "https://desk.example.org:8443/iraq"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000/slack/events"),
        ("http://[::1]:3000", "http://[::1]:3000/slack/events"),
        ("http://localhost:3000", "http://localhost:3000/slack/events"),
    ],
)
def test_addresses(given: str, used: str) -> None:
    """A bare host is completed; plain http is for this machine."""
    assert yaml.safe_load(run("--http", given).output)["settings"]["interactivity"]["request_url"] == used


@pytest.mark.parametrize(
    "given",
    [
        "desk.example.org",
        "http://desk.example.org",
        "http://localhost.example.org",
        "https://",
        "https://desk.example.org?x=1",
        "https://desk.example.org/?",
        "https://desk.example.org/#here",
        "https://somebody:secret@desk.example.org",
        "https://desk.example.org:99999",
        "https://desk example.org",
        "https://[::1",
        "ftp://desk.example.org",
        "",
    ],
)
def test_addresses_that_slack_cannot_use(given: str) -> None:
    """One line that says what is wrong, exit status 2, and no manifest."""
    result = run("--http", given)

    assert result.exit_code == 2
    assert result.output.startswith(f"iraq-desk: --http {given}: ")
    assert len(result.output.strip().splitlines()) == 1


def test_what_is_printed() -> None:
    """YAML that says what the code holds, with the reason beside every scope, once."""
    output = run().output

    assert yaml.safe_load(output) == manifest()
    assert all(output.count(f"# {reason}\n") == 1 for reason in reasons().values())
    assert all(f"- {name} " in output for name in reasons())
