"""Payloads made from the rules' own models, and payloads spoilt a little: what the rules and an independent checker are given."""

import types
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

B = TypeVar("B")
WORDS = st.text("abc de", min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
# What a pattern of the rules stands for.
PATTERNS = {
    r"^(https?|mailto|slack|tel):\S+$": st.sampled_from(["https://example.org/a", "mailto:a@example.org"]),
    r"^https://\S+$": st.just("https://example.org/v"),
    r"^\d{4}-\d\d-\d\d$": st.just("2026-11-22"),
    r"^([01]\d|2[0-3]):[0-5]\d$": st.just("09:30"),
    r"^-?\d+(\.\d+)?$": st.sampled_from(["1", "2.5", "-3"]),
    r"^[UW][A-Z0-9]+$": st.just("U0PLAYDANA1"),
    r"^S[A-Z0-9]+$": st.just("S0GROUP"),
    r"^[CGD][A-Z0-9]+$": st.just("C0PLAYIRAQ1"),
}


@cache
def payloads(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with every field a model requires and some of those it allows. Rules across fields may refuse them."""
    fields = {name: _of(field.annotation, field.metadata) for name, field in model.model_fields.items()}
    required = {name: fields[name] for name, field in model.model_fields.items() if field.is_required()}
    optional = {name: strategy for name, strategy in fields.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def _of(annotation: object, metadata: Sequence[object]) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of(arguments[0], [*_constraints(arguments[1:]), *metadata])
    if origin in (Union, types.UnionType):
        return st.one_of(*(_of(each, metadata) for each in arguments if each is not type(None)))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is list:
        least, most = _bound(metadata, "min_length", 0), min(_bound(metadata, "max_length", 3), 3)
        return st.lists(_of(arguments[0], []), min_size=least, max_size=max(most, least))
    return _plain(annotation, metadata)


def _plain(kind: object, metadata: Sequence[object]) -> st.SearchStrategy[Any]:
    if kind is str:
        return PATTERNS.get(_bound(metadata, "pattern", ""), WORDS)
    if kind is bool:
        return st.booleans()
    if kind in (int, float):
        low = _bound(metadata, "ge", 0)
        return st.integers(low, min(low + 3, _bound(metadata, "le", low + 3)))
    assert isinstance(kind, type)
    assert issubclass(kind, BaseModel)
    return payloads(kind)


def _constraints(metadata: Sequence[object]) -> list[object]:
    return [part for each in metadata for part in (each.metadata if isinstance(each, FieldInfo) else [each])]


def _bound(metadata: Sequence[object], name: str, default: B) -> B:
    return next((getattr(each, name) for each in metadata if getattr(each, name, None) is not None), default)


@st.composite
def spoilt(draw: st.DrawFn, whole: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """A payload with one thing in it changed: dropped, blanked, overlong, null, of another kind, or added."""
    payload = draw(whole)
    places = list(_places(payload))
    parent, key = draw(st.sampled_from(places))
    match draw(st.sampled_from(["drop", "blank", "long", "null", "number", "add"])):
        case "drop":
            del parent[key]
        case "add":
            parent |= {"surprise": True}
        case how:
            parent[key] = {"blank": "", "long": "x" * 12_001, "null": None, "number": 7}[how]
    return payload


def _places(part: object) -> list[tuple[dict[str, Any], str]]:
    if isinstance(part, list):
        return [place for each in part for place in _places(each)]
    if not isinstance(part, dict):
        return []
    return [*((part, key) for key in part), *(place for value in part.values() for place in _places(value))]
