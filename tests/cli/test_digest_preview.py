"""`iraq-desk digest preview`, run as a person runs it."""

import asyncio
import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.digests.preview import Kept, of_channel
from bot.storage.engine import open_database
from bot.storage.subscriptions import Subscriptions
from jobs.digest import Past, compose
from jobs.periods import Frequency, Schedule
from jobs.subscriptions import Assurance, Form, Subscription
from knowledge.library import Library
from tests.support import blockcheck

CHANNEL = Subscription(
    team="T1",
    channel="C1",
    owner="U1",
    schedule=Schedule(Frequency.MONTHLY, 3, dt.time(8, 30), "America/New_York"),
    topics=("kurdistan",),
    form=Form.FULL,
    skip_unchanged=True,
    assurance=Assurance.AT_MOST_ONCE,
    paused=None,
    since=dt.datetime(2026, 10, 1, tzinfo=dt.UTC),
)


def run(*arguments: str) -> Result:
    """`iraq-desk digest preview` with these arguments."""
    return CliRunner().invoke(main, ["digest", "preview", *arguments])


def test_json_is_one_digest(library: Library) -> None:
    """Period, corpus version and messages, parent first, each with text and blocks that Slack takes."""
    found = json.loads(run("--on", "2026-11-29", "--full", "--json").output)

    assert list(found) == ["period", "corpus_version", "messages"]
    assert (found["period"], found["corpus_version"]) == ("2026-W48", library.corpus.version)
    assert [list(message) for message in found["messages"]] == [["text", "blocks"]] * 3
    assert found["messages"][0]["blocks"][0]["type"] == "header"
    assert [blockcheck.check(message) for message in found["messages"]] == [[]] * 3


def test_every_week_is_replayed() -> None:
    """Six weeks from the first Monday of November, in plain lines; no issue twice in them; the same each time."""
    result = run("--on", "2026-12-08")
    lines = result.output.splitlines()
    titles = [line.partition(") ")[2].partition(" (")[0] for line in lines if line[1:3] == ") "]

    assert result.exit_code == 0
    assert [line for line in lines if line.startswith("2026-W")] == [f"2026-W{week}" for week in range(45, 51)]
    assert len(titles) == len(set(titles)) == 30
    assert all(len(line) <= 100 for line in lines)
    assert "<!date" not in result.output
    assert run("--on", "2026-12-08").output == result.output


def test_today_is_the_default() -> None:
    """Without a day it is this week's, once there is one."""
    today = dt.datetime.now(dt.UTC).date()
    year, week, _ = today.isocalendar()
    result = run("--json")

    if today >= dt.date(2026, 11, 2):
        assert json.loads(result.output)["period"] == f"{year}-W{week:02}"
    else:
        assert "choose a day from 2026-11-02 on" in result.output


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-11-01", "choose a day from 2026-11-02 on, within 10 years"),
        ("9999-12-31", "choose a day from 2026-11-02 on, within 10 years"),
        ("2026-11-31", "is not a day of the form YYYY-MM-DD"),
        ("soon", "is not a day of the form YYYY-MM-DD"),
    ],
)
def test_impossible_days(day: str, says: str) -> None:
    """A plain sentence and exit status 2."""
    result = run("--on", day)

    assert result.exit_code == 2
    assert says in result.output


@pytest.fixture(name="database")
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with one subscription."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"

    async def fill() -> None:
        engine = await open_database(url)
        await Subscriptions(engine).save(CHANNEL)
        await engine.dispose()

    asyncio.run(fill())
    monkeypatch.setenv("IRAQ_DESK_DATABASE_URL", url)
    return url


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("channel", ["C1", "T1/C1"])
def test_a_channel_gets_what_it_asked_for(library: Library, channel: str) -> None:
    """Its own form, frequency and topics, as the database keeps them."""
    found = json.loads(run("--channel", channel, "--on", "2026-11-29", "--json").output)

    assert found["period"] == "2026-11"
    assert len(found["messages"]) == 3
    assert f"Topics: {library.corpus.topics['kurdistan'].title}" in found["messages"][0]["text"]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("channel", ["C2", "T2/C1"])
def test_a_channel_without_a_digest(channel: str) -> None:
    """One line that says so; exit status 2."""
    result = run("--channel", channel)

    assert result.exit_code == 2
    assert result.output == f"iraq-desk: --channel {channel}: no channel of this id has a digest that is on\n"


def test_history_before_the_day_counts(library: Library) -> None:
    """What was posted earlier is not shown again; what was posted since is not known yet; days are the zone's."""
    first = compose(library.corpus, CHANNEL.topics, [], "2026-10")
    issues = tuple(item.issue.id for item in first.items)
    history = [
        Past("2026-12", dt.datetime(2026, 12, 2, 13, 30, tzinfo=dt.UTC), first.manifest, tuple(library.corpus.issues)),
        Past("2026-10", dt.datetime(2026, 10, 8, 1, tzinfo=dt.UTC), first.manifest, issues),
    ]
    preview = of_channel(library, Kept(CHANNEL, history), dt.date(2026, 11, 5), form=Form.BRIEF)

    assert preview.rendered.issues
    assert not set(issues) & set(preview.rendered.issues)
    assert len(preview.rendered.messages) == 1
    assert "No change since 7 Oct" in preview.rendered.messages[0]["text"]
    assert preview.rendered.skip
