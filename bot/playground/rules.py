"""stub"""

from bot.playground.model import JsonObject, SlackError


def check_message(body: JsonObject) -> None:
    if not (body.get("text") or "").strip() and not body.get("blocks"):
        raise SlackError("no_text")


def check_view(payload: JsonObject, kind: str) -> None:
    pass


def check_options(answer: JsonObject) -> list[JsonObject]:
    return answer.get("options", [])
