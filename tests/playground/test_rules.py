"""The rules: what Slack accepts, what it refuses, and that an independent checker finds nothing in what the rules accept."""

from typing import Any, Literal, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from bot.playground.model import SlackError
from bot.playground.rules import blocks as rules
from bot.playground.rules import check_message, check_options, check_view
from tests.playground.payloads import ACCEPTED, MODAL, REFUSED, REFUSED_VIEWS, plain
from tests.playground.strategies import payloads, spoilt
from tests.support import blockcheck

Surface = Literal["message", "modal", "home"]


def _models(union: object) -> list[type[BaseModel]]:
    """The models of a union, however deep they stand in it."""
    if isinstance(union, type) and issubclass(union, BaseModel):
        return [union]
    return [model for each in get_args(union) for model in _models(each)]


MODELS: dict[str, list[type[BaseModel]]] = {
    "message": _models(rules.MessageBlock),
    "modal": _models(rules.ModalBlock),
    "home": _models(rules.HomeBlock),
}
# Each model once, on the first surface that takes it.
CASES = [(surface, model) for model, surface in {m: s for s in reversed(MODELS) for m in MODELS[s]}.items()]


def _check(surface: str, blocks: list[dict[str, Any]]) -> None:
    if surface == "message":
        check_message({"text": "words", "blocks": blocks})
    elif surface == "modal":
        check_view(MODAL | {"submit": plain("Go"), "blocks": blocks}, "modal")
    else:
        check_view({"type": "home", "blocks": blocks}, "home")


def _second_opinion(surface: str, blocks: list[dict[str, Any]]) -> list[str]:
    payload: dict[str, Any] = {"text": "words", "blocks": blocks}
    if surface != "message":
        payload = {"type": surface, "blocks": blocks}
    if surface == "modal":
        payload |= {"title": plain("Title"), "submit": plain("Go")}
    problems = blockcheck.check(payload, surface, allow_broadcast=True)
    return [f"{problem.path}: {problem.text}" for problem in problems if problem.level == "ERROR"]


def _accepts(surface: str, blocks: list[dict[str, Any]]) -> bool:
    try:
        _check(surface, blocks)
    except SlackError:
        return False
    return True


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1].__name__}")
@settings(max_examples=20)
@given(data=st.data())
def test_what_the_rules_accept_passes_the_checker(case: tuple[str, type[BaseModel]], data: st.DataObject) -> None:
    """A block made from the rules' model, whole or spoilt, that the rules accept has no error for the other checker."""
    surface, model = case
    block = data.draw(st.one_of(payloads(model), spoilt(payloads(model))))
    if _accepts(surface, [block]):
        assert _second_opinion(surface, [block]) == []


@pytest.mark.parametrize(("surface", "name"), [(surface, name) for surface, name in ACCEPTED], ids=str)
def test_both_accept(surface: str, name: str) -> None:
    """A sound example of each block is accepted, by the rules and by the checker."""
    _check(surface, ACCEPTED[surface, name])
    assert _second_opinion(surface, ACCEPTED[surface, name]) == []


def test_every_block_has_an_example() -> None:
    """No block model is left untried."""
    tried = {block["type"] for (_, name), blocks in ACCEPTED.items() for block in blocks}
    assert tried == {get_args(model.model_fields["type"].annotation)[0] for _, model in CASES}


@pytest.mark.parametrize(("blocks", "pointer", "words"), REFUSED)
def test_refused_in_a_message(blocks: list[dict[str, Any]], pointer: str, words: str) -> None:
    """Each breach is named with its place, as in Slack's response_metadata."""
    with pytest.raises(SlackError) as caught:
        check_message({"text": "words", "blocks": blocks})
    assert caught.value.code == "invalid_blocks"
    assert any(f"[json-pointer:{pointer}]" in message and words in message for message in caught.value.messages)


@pytest.mark.parametrize(("surface", "view", "pointer", "words"), REFUSED_VIEWS)
def test_refused_view(surface: Literal["modal", "home"], view: dict[str, Any], pointer: str, words: str) -> None:
    """The same for modals and Home tabs, where Slack says invalid_arguments."""
    with pytest.raises(SlackError) as caught:
        check_view(view, surface)
    assert caught.value.code == "invalid_arguments"
    assert any(f"[json-pointer:{pointer}]" in message and words in message for message in caught.value.messages)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "no_text"),
        ({"text": "  \n"}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        (
            {"text": "x", "blocks": [{"type": "section", "text": plain("x" * 2990)} for _ in range(5)]},
            "msg_blocks_too_long",
        ),
    ],
)
def test_refused_message(body: dict[str, Any], code: str) -> None:
    """A message needs a text and ends somewhere."""
    with pytest.raises(SlackError) as caught:
        check_message(body)
    assert caught.value.code == code


def test_view_too_large() -> None:
    """A view ends somewhere, too."""
    with pytest.raises(SlackError, match="view_too_large"):
        check_view(MODAL | {"blocks": [{"type": "section", "text": plain("ب" * 2999)} for _ in range(50)]}, "modal")


def test_suggested_options() -> None:
    """Options and groups of options are read as one list; anything else is refused."""
    option = {"text": plain("A"), "value": "a"}
    assert check_options({"options": [option]}) == [option]
    assert check_options({"option_groups": [{"label": plain("L"), "options": [option]}]}) == [option]
    with pytest.raises(SlackError, match="invalid_options"):
        check_options({"options": [option] * 101})
