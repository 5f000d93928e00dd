"""Every text that a reader sees lives in bot/texts: what a translator opens, and nothing else."""

import ast
import re
import string
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.conftest import ROOT

PLACES = ("bot/views", "bot/listeners", "bot/digests")
QUIET = re.compile(r"_log\.\w+$|re\.compile$|TypeVar$")  # calls whose words no reader sees
ZONES = {"Factory"}  # a name of the IANA database
SENTENCE = re.compile(r"[^\W\d_].*\s|\s.*[^\W\d_]", re.DOTALL)
LABEL = re.compile(r"[A-Z][a-z]+")


def modules() -> list[Path]:
    """Where no text may stand."""
    return sorted(path for place in PLACES for path in (ROOT / place).rglob("*.py"))


def literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every string of a module but docstrings, what is logged, and what an exception tells whoever runs the bot."""
    if isinstance(tree, ast.Raise) or (isinstance(tree, ast.Call) and QUIET.match(ast.unparse(tree.func))):
        return
    if isinstance(tree, ast.ClassDef) and tree.name.endswith("Error"):
        return
    for name, field in ast.iter_fields(tree):
        for child in field if isinstance(field, list) else [field]:
            if name in {"annotation", "returns"} or not isinstance(child, ast.AST):
                continue  # a type may stand in quotes
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue  # a docstring
            if isinstance(child, ast.Constant) and isinstance(child.value, str):
                yield child
            yield from literals(child)


def is_text(value: str) -> bool:
    """Whether a reader would read it: words apart, or a word that begins like a label."""
    return bool(SENTENCE.search(value) or LABEL.fullmatch(value)) and value not in ZONES


def found(path: Path) -> list[str]:
    """The texts of a module, with their places."""
    name = str(path.relative_to(ROOT))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [f"{name}:{one.lineno} {one.value!r}" for one in literals(tree) if is_text(str(one.value))]


def test_no_text_elsewhere() -> None:
    """No sentence and no label in the views, the listeners and the digest's modules."""
    assert [text for path in modules() for text in found(path)] == []


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        (
            '"""A module."""\nx = "a_key"\nP = re.compile("a b")\n_log.info("a sentence, %s", y)\nraise E(f"another {z}")\n',
            [],
        ),
        ('x = b.button("Share", key)\n', ["Share"]),
        ('x = f"*{name}:* nothing came"\n', [":* nothing came"]),
        ('def f():\n    """What it does."""\n    return "what is said"\n', ["what is said"]),
    ],
)
def test_the_rule(code: str, texts: list[str]) -> None:
    """It finds what a reader sees, and not what an operator or a programmer does."""
    assert [one.value for one in literals(ast.parse(code)) if is_text(str(one.value))] == texts


def constants() -> Iterator[tuple[str, object]]:
    """What the modules of texts hold, by name."""
    for path in sorted((ROOT / "bot" / "texts").glob("[a-z]*.py")):
        module = import_module(f"bot.texts.{path.stem}")
        own = ast.parse(path.read_text(encoding="utf-8")).body
        for statement in own:
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                name = statement.target.id
                if not name.startswith("_"):
                    yield f"{path.stem}.{name}", getattr(module, name)


def test_texts_are_constants() -> None:
    """Strings, and tuples and tables of strings: nothing that a translator could not change."""
    assert [name for name, value in constants() if not all(isinstance(one, str) for one in leaves(value))] == []


def test_every_text_is_used() -> None:
    """No constant is left over: each is named somewhere in `bot`, by the module that it stands in or as an import of it."""
    named = {name for path in (ROOT / "bot").rglob("*.py") for name in names_of_texts(path)}

    assert sorted({name for name, _ in constants()} - named) == []


def test_one_thing_has_one_name() -> None:
    """No text stands under two names: what several surfaces say is in `common`."""
    names: dict[str, list[str]] = {}
    for name, value in constants():
        names.setdefault(repr(value), []).append(name)

    assert [found for found in names.values() if len(found) > 1] == []


def names_of_texts(path: Path) -> Iterator[str]:
    """What a module of code takes from the modules of texts, as `module.NAME`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "bot.texts":
            modules |= {each.asname or each.name: each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.texts."):
            yield from (f"{str(node.module).rpartition('.')[2]}.{each.name}" for each in node.names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield f"{modules[node.value.id]}.{node.attr}"


def test_texts_can_be_filled_in() -> None:
    """Whatever stands in braces is a name or a place; a brace that is meant is doubled."""
    names = {
        field
        for _, value in constants()
        for text in leaves(value)
        for _, field, _, _ in string.Formatter().parse(str(text))
        if field
    }

    assert all(name.isidentifier() for name in names)


def leaves(value: object) -> Iterator[object]:
    """Every text of a constant."""
    if isinstance(value, tuple | list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, dict | MappingProxyType):
        yield from leaves(tuple(value.values()))
    else:
        yield value
