import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import CorpusError, Problem
from knowledge.strict_yaml import MAX_DEPTH, Location, Value, parse

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
VALUES: st.SearchStrategy[Value] = st.recursive(
    TEXT,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXT.filter(lambda key: key != "<<"), inner, max_size=4)
    ),
    max_leaves=12,
)


class _Plain(yaml.SafeDumper):
    """Writes everything out: no anchors for what is used twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the library's signature
        return True


@given(VALUES, st.booleans())
def test_what_was_written_is_read(value: Value, flow: bool) -> None:  # noqa: FBT001 - generated
    """Text, lists and mappings come back as they were dumped, in block and in flow style."""
    dumped = yaml.dump(value, Dumper=_Plain, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    assert parse(dumped, "x.yaml").value == value


def test_every_scalar_stays_text() -> None:
    """Nothing is guessed: a date, a number, a truth value and a null are what is written."""
    written = "date: 2020-06\nno: no\nnumber: 1.0\nnothing: null\nempty:\n"
    expected = {"date": "2020-06", "no": "no", "number": "1.0", "nothing": "null", "empty": ""}
    assert parse(written, "x.yaml").value == expected


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ((), 11),
        (("a",), 11),
        (("b",), 12),
        (("b", 0), 13),
        (("b", 1, "c"), 15),
        (("b", 1, "missing", "x"), 15),
        (("z",), 11),
    ],
)
def test_lines(at: Location, line: int) -> None:
    """Every value knows its line, counted from where the text begins; a missing one has its parent's."""
    document = parse("a: 1\nb:\n  - x\n  -\n    c: y\n", "x.yaml", first_line=11)
    assert document.line(at) == line


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: &x 1\nb: 2\n", 1, "anchor &x"),
        ("a: 1\nb: *x\n", 2, "alias *x"),
        ("a:\n  <<: {b: 1}\n", 2, "merge key"),
        ("a: !!python/name:os.system ''\n", 1, "tag"),
        ("a: !x [1]\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("%YAML 1.1\n---\na: 1\n", 1, "directive"),
        ("a: 1\nb: 2\na: 3\n", 3, "'a' twice"),
        ("? [a]\n: b\n", 1, "key that is not text"),
        ("a: [1\nb: 2\n", 2, "is not YAML"),
        ("a: 1\n\tb: 2\n", 2, "is not YAML"),
        ("a: \x07\n", 1, "is not YAML"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), 1, "nested"),
    ],
)
def test_refusals(text: str, line: int, says: str) -> None:
    """What is not strict is refused, and the problem says where and what."""
    with pytest.raises(CorpusError) as caught:
        parse(text, "x.yaml")
    (problem,) = caught.value.problems
    assert isinstance(problem, Problem)
    assert (problem.file, problem.line) == ("x.yaml", line)
    assert says in problem.text


@pytest.mark.parametrize(
    "bomb",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "a: &a [x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)),
        "a: &a {x: y}\n" + "".join(f"b{n}: &b{n} {{<<: [*a, *a]}}\n" for n in range(30)),
    ],
)
def test_bombs_are_refused(bomb: str) -> None:
    """Deep nesting and the alias and merge bombs end with a problem, not with the process."""
    with pytest.raises(CorpusError):
        parse(bomb, "x.yaml")


def test_as_deep_as_allowed() -> None:
    """The limit itself is allowed."""
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH, "x.yaml").value != ""


@given(st.text(max_size=60) | st.text("&*<[]{}:,-#!|>'\"%?@` \nab", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is written, the only error is a CorpusError with one problem inside the text."""
    line = 1
    try:
        parse(text, "x.yaml")
    except CorpusError as error:
        line = error.problems[0].line
    assert 1 <= line <= len(text.splitlines()) + 1
