"""Payloads as nobody would send them: real ones of every kind, with one to three things wrong in each."""

import copy
import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.views.ids import ActionId, CallbackId, ShortcutId
from bot.views.passage_menu import Act
from tests.support.wire import GONE

Json: TypeAlias = dict[str, Any]
Path: TypeAlias = tuple[str | int, ...]

FOREIGN: Final = "T0OTHERTEAM"
STRANGER: Final = "U0STRANGER1"
# What stands where something else should.
ODD: Final[Sequence[object]] = (
    None,
    "",
    0,
    -1,
    1.5,
    True,
    [],
    {},
    [None],
    {"id": 1},
    "x" * 5_000,
    "\x00\u202e<!channel>",
    "<!here> <@U0PLAYOMAR1> &amp; *bold*",
    "'; DROP TABLE seen; --",
    "../../etc/passwd",
    "1; 2",
    "٣",
    "\ud83d",
)
# What the controls of passages, pages and searches carry: of another corpus, of another version of the desk, or of nobody.
_PASSAGES: Final = (
    '["no/such-passage","1","who?",true]',
    '["usip-2020/iran","1","who?"]',
    "[1,2,3,4]",
    '["","","",true]',
)
_PAGES: Final = (
    "issues",
    "issue|issue|no-such-issue",
    "actor|actor|<!channel>",
    "timeline|topic|iran|999999|9999|0001",
    "timeline|topic|iran|-1",
    "compare|publisher|USIP",
    "no-such-page",
    "||||||||",
)
_SEARCHES: Final = (
    '{"question":"who?","topic":"no-such-topic","source":"","since":null,"until":null,"pages":0}',
    '{"question":"who?","topic":"","source":"x","since":"0001-01-01","until":"9999-12-31","pages":99999}',
    '{"question":["who?"],"topic":1,"source":null,"since":null,"until":null,"pages":"2"}',
    '{"question":"who?","since":null,"until":null}',
)
# Ids that are of the right form, and wrong.
WRONG: Final[Mapping[str, Sequence[str]]] = {
    "team_id": (FOREIGN,),
    "user_id": (STRANGER, "USLACKBOT", "U0PLAYBOT01"),
    "user": (STRANGER, "USLACKBOT", "U0PLAYBOT01"),
    "channel_id": ("C0NOSUCHCH1", "D0NOSUCHCH1"),
    "channel": ("C0NOSUCHCH1", "D0NOSUCHCH1"),
    "trigger_id": ("expired", ""),
    "action_id": (*ActionId, "no_such_action", "answer_share_v1"),
    "callback_id": (*CallbackId, *ShortcutId, "no_such_callback"),
    "block_id": ("no_such_block", *_PASSAGES),
    "view_id": ("V0NOSUCHVIEW", f"V0NOSUCHVIEW{GONE}"),
    "response_url": ("http://127.0.0.1:9/response/gone", "ftp://example.org", "https://"),
    "message_ts": ("1.000001",),
    "ts": ("1.000001", "yesterday"),
    "thread_ts": ("1.000001",),
    "value": (
        "{}",
        "[]",
        "null",
        "1",
        "C0NOSUCHCH1",
        '{"q": "x"}',
        '["a", 1]',
        "<!channel>",
        *Act,
        *_PAGES,
        *_SEARCHES,
    ),
    "private_metadata": ("{}", "[]", "C0NOSUCHCH1", "null", *_PASSAGES, *_PAGES, *_SEARCHES, "\n".join(_PAGES)),
    "selected_date": ("2026-02-30", "0001-01-01", "9999-12-31", "yesterday"),
    "selected_time": ("25:00", "09:00:00.5", "9"),
    "selected_conversation": ("C0NOSUCHCH1", "general"),
    "previous_view_id": ("V0NOSUCHVIEW",),
    "inviter": (STRANGER,),
    "tab": ("messages", "home", "about"),
    "type": ("block_actions", "view_submission", "view_closed", "shortcut", "message_action", "block_suggestion"),
    "id": (FOREIGN, STRANGER),
    "text": (
        "",
        "?",
        "digest on",
        "digest off",
        "digest list",
        "digest status",
        "digest now",
        "help",
        "issues",
        "who sadr",
    ),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A payload, and what was done to it, for the report of a failure."""

    payload: Json
    wrong: tuple[str, ...]


def cases(seeds: Sequence[Json], number: int, seed: int) -> Iterator[Case]:
    """So many payloads, the same ones for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    kinds: dict[str, list[Json]] = {}
    for one in seeds:
        kinds.setdefault(str(one.get("type")), []).append(one)
    for count in range(number):
        # Of the presses there are far more than of all others: every second time a kind is chosen first.
        payload = copy.deepcopy(dice.choice(dice.choice((seeds, kinds[dice.choice(list(kinds))]))))
        _renew(payload, count)
        done = tuple(dice.choice(_WAYS)(payload, dice) for _ in range(dice.choice((1, 1, 1, 2, 3))))
        yield Case(payload, done)


def everything(seeds: Sequence[Json], events: Collection[str]) -> Iterator[Json]:
    """The seeds, and from them a press of every control, wherever one was pressed, and every form and event."""
    yield from seeds
    told = next(one for one in seeds if one.get("type") == "event_callback")
    for kind in sorted(events):
        yield {**told, "event": {**told["event"], "type": kind, "tokens": {"oauth": [STRANGER], "bot": [STRANGER]}}}
    presses = [one for one in seeds if one.get("type") == "block_actions"]
    submissions = [one for one in seeds if one.get("type") == "view_submission"]
    for press in presses:
        for action_id in ActionId:
            changed = copy.deepcopy(press)
            changed["actions"][0]["action_id"] = action_id.value
            yield changed
    for submission in submissions:
        for callback_id in CallbackId:
            changed = copy.deepcopy(submission)
            changed["view"]["callback_id"] = callback_id.value
            yield changed


def slim(payload: Any) -> Any:  # noqa: ANN401 - JSON
    """Without the blocks that were on the screen, which nobody reads, and which are most of a payload."""
    if isinstance(payload, dict):
        return {name: slim(part) for name, part in payload.items() if name != "blocks"}
    return [slim(part) for part in payload] if isinstance(payload, list) else payload


def paths(value: object, here: Path = ()) -> Iterator[Path]:
    """Every place within a payload."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield (*here, name)
        yield from paths(part, (*here, name))


def _renew(payload: Json, count: int) -> None:
    """What Slack makes anew for every delivery, so that none is taken for the repetition of another."""
    for name in ("event_id", "trigger_id"):
        if name in payload:
            payload[name] = f"{payload[name]}{count}" if name == "event_id" else f"1.{count}.none"
    if "action_ts" in payload:
        payload["action_ts"] = f"{count}.000100"
    for action in payload.get("actions", []):
        action["action_ts"] = f"{count}.000100"


def _leave_out(payload: Json, dice: random.Random) -> str:
    place = _anywhere(payload, dice)
    del _inside(payload, place[:-1])[place[-1]]
    return f"{_name(place)} left out"


def _change_kind(payload: Json, dice: random.Random) -> str:
    place = _anywhere(payload, dice)
    _inside(payload, place[:-1])[place[-1]] = odd = copy.deepcopy(dice.choice(ODD))
    return f"{_name(place)} = {str(odd)[:30]!r}"


def _wrong_id(payload: Json, dice: random.Random) -> str:
    found = [place for place in paths(payload) if str(place[-1]) in WRONG]
    if not found:
        return _change_kind(payload, dice)
    place = dice.choice(found)
    wrong = dice.choice(WRONG[str(place[-1])])
    before = _inside(payload, place)
    if wrong == "expired":
        wrong = str(before).replace("none", wrong)  # still one of its own: Slack makes no trigger twice
    _inside(payload, place[:-1])[place[-1]] = {**before, "id": wrong} if isinstance(before, dict) else wrong
    return f"{_name(place)} = {wrong[:30]!r}"


def _foreign(payload: Json, dice: random.Random) -> str:
    """Everybody is of another workspace, as in a channel that two organisations share."""
    del dice
    for place in list(paths(payload)):
        if place[-1] in {"team_id", "app_installed_team_id"} or place[-2:] == ("team", "id"):
            _inside(payload, place[:-1])[place[-1]] = FOREIGN
    return "another workspace"


_WAYS: Final[Sequence[Callable[[Json, random.Random], str]]] = (
    _leave_out,
    _leave_out,
    _change_kind,
    _change_kind,
    _wrong_id,
    _wrong_id,
    _wrong_id,
    _foreign,
)


def _anywhere(payload: Json, dice: random.Random) -> Path:
    """Near the top more often than in the depths of a message's blocks, where nobody looks."""
    found = [place for place in paths(payload) if "blocks" not in place[:-1]]
    return dice.choice(found or [next(paths(payload))])


def _inside(payload: object, place: Path) -> Any:  # noqa: ANN401 - JSON
    found: Any = payload
    for name in place:
        found = found[name]
    return found


def _name(place: Path) -> str:
    return ".".join(map(str, place))
