"""Hands on a copy of the tiny corpus."""

from pathlib import Path

NORTH, SOUTH, BOTH = "sources/north-2020.md", "sources/south-2021.md", "compiled/both.md"
WORDINGS = "wordings/energy.yaml"


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first `old` in a file, which must be there."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def append(folder: Path, file: str, text: str) -> None:
    """Add text to the end of a file."""
    with (folder / file).open("a", encoding="utf-8") as stream:
        stream.write(text)


def passage(slug: str, text: str, facts: str = "") -> str:
    """A passage as it is written, about energy in 2021; `facts` are further lines of its block."""
    return (
        f"\n## About {slug} {{#{slug}}}\n```yaml\nas_of: 2021-03\nlocator: Page 9\ntopics: [energy]\nparties: [iraq]\n"
        f"asks: [{slug} one, {slug} two]\n{facts}```\n\n{text}\n"
    )
