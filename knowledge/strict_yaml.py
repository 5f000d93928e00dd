"""Strict YAML: one document of mappings, lists and text, and the line of every value in it.

The document is built from the parser's events with a stack of our own, so nothing is ever composed that has not been
looked at: an alias bomb, a merge key or a nesting that would overflow the C composer's stack is refused when its event
comes. All scalars stay text ("no", "2020-06" and "1.0" mean what is written); the schemas decide what they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from knowledge.errors import CorpusError
from knowledge.reading import HIDDEN, refusal

MAX_DEPTH = 20
MAX_VALUES = 100_000

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]
Location: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document: its value, and the line (from 1) of each value in it or of its key, by keys and positions."""

    file: str
    value: Value
    lines: dict[Location, int]

    def line(self, at: Location = ()) -> int:
        """Where the value at a location stands; of one that is missing, where its parent stands."""
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)


@dataclass(slots=True)
class _Frame:
    """A list or mapping being filled. `key` is a mapping's key that waits for its value, and `line` where it stands."""

    at: Location
    value: list[Value] | dict[str, Value]
    key: str | None = None
    line: int = 0


@dataclass(slots=True)
class _Builder:
    """What has been built so far, and the open containers, outermost first."""

    file: str
    first_line: int
    root: Value | None = None
    lines: dict[Location, int] = field(default_factory=dict)
    frames: list[_Frame] = field(default_factory=list)

    def refuse(self, event: yaml.Event, text: str) -> CorpusError:
        return refusal(self.file, self._line(event), text)

    def _line(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + self.first_line

    def take(self, event: yaml.Event) -> None:
        """Add what one event brings, or refuse it."""
        if isinstance(event, yaml.AliasEvent):
            raise self.refuse(event, f"has the alias *{event.anchor}; write the value out")
        if isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.frames.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            if self.root is not None:
                raise self.refuse(event, "has a second document; keep one")
            if event.version or event.tags:
                raise self.refuse(event, "has a % directive; delete it")

    def _node(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            raise self.refuse(event, f"has the anchor &{event.anchor}; write the value out where it is needed")
        if isinstance(event, yaml.ScalarEvent):
            if event.tag is not None:
                raise self.refuse(event, f"has the tag {event.tag}; delete it")
            if hidden := HIDDEN.search(event.value):
                raise self.refuse(event, f"has the hidden character U+{ord(hidden[0]):04X} behind an escape; delete it")
            if self.frames and isinstance(self.frames[-1].value, dict) and self.frames[-1].key is None:
                self._key(event)
            else:
                self._place(event, str(event.value))
        elif isinstance(event, yaml.CollectionStartEvent):
            if event.tag is not None:
                raise self.refuse(event, f"has the tag {event.tag}; delete it")
            if len(self.frames) == MAX_DEPTH:
                raise self.refuse(event, f"is nested more than {MAX_DEPTH} deep")
            value: list[Value] | dict[str, Value] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            self.frames.append(_Frame(self._place(event, value), value))

    def _key(self, event: yaml.ScalarEvent) -> None:
        frame, key = self.frames[-1], str(event.value)
        if key == "<<":
            raise self.refuse(event, "has a merge key (<<); write the keys out")
        if key in frame.value:
            raise self.refuse(event, f"has the key {key!r} twice")
        frame.key, frame.line = key, self._line(event)

    def _place(self, event: yaml.NodeEvent, value: Value) -> Location:
        """Put a value where it belongs: at the root, at the end of a list, or under the waiting key."""
        at: Location = ()
        line = self._line(event)
        if len(self.lines) == MAX_VALUES:
            raise self.refuse(event, f"has more than {MAX_VALUES:,} values; split it")
        if not self.frames:
            self.root = value
        elif isinstance((frame := self.frames[-1]).value, list):
            at = (*frame.at, len(frame.value))
            frame.value.append(value)
        elif frame.key is None:
            raise self.refuse(event, "has a key that is not text")
        else:
            at, line = (*frame.at, frame.key), frame.line
            frame.value[frame.key] = value
            frame.key = None
        self.lines[at] = line
        return at


def texts(value: Value) -> Iterator[str]:
    """Every text in a value; of a mapping, those of its values."""
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def parse(text: str, file: str, first_line: int = 1) -> Document:
    """Read one document; `first_line` is where `text` begins in the file. An empty text gives the value "".

    Raises:
        CorpusError: with one problem: bad syntax, a second document, an anchor, alias, merge key, tag or directive,
            a key that is not text or stands twice, a hidden character behind an escape, or more than `MAX_DEPTH` levels
            or `MAX_VALUES` values.
    """
    builder = _Builder(file, first_line)
    for event in _events(text, file, first_line):
        builder.take(event)
    return Document(file, "" if builder.root is None else builder.root, builder.lines)


def _events(text: str, file: str, first_line: int) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refusal(file, (mark.line if mark else 0) + first_line, f"is not YAML: {error.problem}") from error
    except yaml.YAMLError as error:  # the reader's: a character that YAML does not allow
        raise refusal(file, first_line, f"is not YAML: {error}") from error
