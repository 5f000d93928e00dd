import shutil
from pathlib import Path

import pytest

from knowledge import drafts, editorial
from tests.knowledge.corpora import BOTH, NORTH, SOUTH, append, edit, passage


def told(folder: Path) -> list[str]:
    """What an editor should mend, as it is shown."""
    draft = drafts.read(folder)
    return sorted(str(problem) for problem in editorial.problems(draft))


def test_the_tiny_corpus(folder: Path) -> None:
    """A tidy corpus has nothing to mend."""
    assert told(folder) == []


TOPIC = "- id: water\n  title: Water\n  description: Rivers.\n  keywords: []\n"
ACTOR = "- id: quiet\n  name: The Quiet Party\n  kind: party\n  role: Says nothing.\n  as_of: 2025\n  passages: []\n"


def test_what_nobody_uses(folder: Path) -> None:
    """A topic, an actor, a source and a compilation that nothing leads to are told with their places."""
    append(folder, "topics.yaml", TOPIC)
    append(folder, "actors.yaml", ACTOR)
    text = (folder / NORTH).read_text("utf-8").split("# Energy")[0]
    (folder / "sources" / "idle.md").write_text(text.replace("north-2020", "idle").replace("/view", "/idle"))
    front = (folder / BOTH).read_text("utf-8").split("# Energy")[0]
    (folder / "compiled" / "empty.md").write_text(front.replace("id: both", "id: empty"))
    assert told(folder) == [
        "actors.yaml:13: quiet: is no party or addressee and has no passages; give it some or delete it",
        "compiled/empty.md:2: empty: has no passage; write one or delete it",
        "sources/idle.md:2: idle: is cited by no passage, event or recommendation; cite it or delete it",
        "topics.yaml:9: water: has no passage; write one or delete it",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (NORTH, "parties: [iraq]", "parties: [quiet]"),
        ("issues/energy.yaml", "party: iraq", "party: quiet"),
        ("issues/energy.yaml", "addressees: [iraq]", "addressees: [quiet]"),
        ("issues/energy.yaml", "addressees: [iraq]", "addressees: [quiet]\n      colour: red"),
        (NORTH, "parties: [iraq]", "parties: [quiet]\ncolour: red"),
    ],
)
def test_every_use_counts(folder: Path, file: str, old: str, new: str) -> None:
    """A party of a passage or a position and an addressee are used, also by an entry that is wrong in another way."""
    append(folder, "actors.yaml", ACTOR)
    edit(folder, file, old, new)
    assert told(folder) == []


def test_nothing_is_idle_while_a_file_cannot_be_read(folder: Path) -> None:
    """The file that cannot be read may be the one that uses an id."""
    append(folder, "topics.yaml", TOPIC)
    append(folder, "actors.yaml", ACTOR)
    edit(folder, NORTH, "---\n\n", "--\n\n")
    assert told(folder) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("One. Two. Three.", ["topics.yaml:6: security: introduction: is missing; others have one"]),
        (
            "One. Two. Three. Four.",
            [
                "topics.yaml:3: energy: introduction: has 4 sentences; up to 3 are enough",
                "topics.yaml:6: security: introduction: is missing; others have one",
            ],
        ),
    ],
)
def test_introductions(folder: Path, text: str, says: list[str]) -> None:
    """Once one topic has an introduction all need one, of three sentences at most."""
    edit(folder, "topics.yaml", "title: Energy", f"title: Energy\n  introduction: {text}")
    assert told(folder) == says


def test_two_ids_for_one_publication(folder: Path) -> None:
    """Two sources of one address are told, whatever its scheme, a leading www or a slash at the end."""
    edit(folder, SOUTH, "https://south.example.org/view", "http://www.north.example.org/view/")
    assert told(folder) == [f"{SOUTH}:7: south-2021: url: has the address of 'north-2020'; keep one"]


def test_two_ids_for_one_actor(folder: Path) -> None:
    """Two actors whose names are names of one thing are told, and the one that goes by an alias."""
    append(folder, "actors.yaml", ACTOR.replace("The Quiet Party", "Hashd al-Sha'abi"))
    edit(folder, NORTH, "parties: [iraq]", "parties: [quiet]")
    assert told(folder) == [
        "actors.yaml:14: quiet: name: \"Hashd al-Sha'abi\" is called 'Popular Mobilization Forces' in the thesaurus",
        "actors.yaml:14: quiet: name: is by its name the same as 'pmf'; keep one",
    ]


def test_one_event_twice(folder: Path) -> None:
    """Two events of one day in the same words are told; those of two days are not."""
    event = (folder / "timeline.yaml").read_text("utf-8").replace("dialogue-opens", "opening")
    append(folder, "timeline.yaml", event.replace("06-11", "06-12"))
    assert told(folder) == []
    append(folder, "timeline.yaml", event.replace("opening", "start").replace("opens", "opened"))
    assert told(folder) == ["timeline.yaml:13: start: text: tells the same as 'dialogue-opens'; keep one"]


AGAIN = (
    "In June 2020, wrote the North Institute, Iraq was buying electricity and natural gas from Iran. Whenever supply "
    "stops, southern power stations stand still and whole cities go dark. It put the need at 1.39 billion units, and "
    "advised patience because wells take years."
)


def test_the_same_told_twice(folder: Path) -> None:
    """A passage in other words on the same facts is told once, with the first that tells them."""
    append(folder, SOUTH, passage("again", AGAIN))
    append(folder, SOUTH, passage("and-again", AGAIN))
    found = told(folder)
    assert [one.partition(" (")[0] for one in found] == [
        f"{SOUTH}:62: south-2021/again: tells the same as 'north-2020/gas-from-iran'",
        f"{SOUTH}:73: south-2021/and-again: tells the same as 'north-2020/gas-from-iran'",
    ]
    assert found[0].endswith("% alike); keep one, or link them by superseded_by")


def test_then_and_now_may_be_alike(folder: Path) -> None:
    """What a link joins is meant to tell of the same thing, whichever of the two comes first in the corpus."""
    append(folder, SOUTH, passage("again", AGAIN))
    edit(folder, NORTH, "superseded_by: both/energy-compared", "superseded_by: south-2021/again")
    assert told(folder) == []
    edit(folder, NORTH, "superseded_by: south-2021/again\n", "")
    edit(
        folder, SOUTH, "asks: [again one, again two]", "asks: [again one, again two]\nsuperseded_by: north-2020/waiver"
    )
    assert len(told(folder)) == 1
    edit(folder, SOUTH, "north-2020/waiver", "north-2020/gas-from-iran")
    assert told(folder) == []


def test_an_empty_corpus(tmp_path: Path) -> None:
    """Without any file there is nothing to mend."""
    assert told(tmp_path) == []
    shutil.rmtree(tmp_path)
    assert told(tmp_path) == []
