"""Pictures of the digest: its form, its settings in words, a preview, refusals, a brief one, and a full one with its thread."""

from typing import Final

from bot.playground.model import Message
from tests.screenshots.scene import Scene
from tests.support.desk import Desk
from tests.support.digests import ask, demote


async def _form(desk: Desk) -> str:
    await desk.slack.user.command(desk.slack.policy, "/iraq digest")
    await desk.slack.user.next_view()
    return f"channel={desk.slack.policy}"


async def _saved(desk: Desk) -> str:
    policy, user = desk.slack.policy, desk.slack.user
    await user.command(policy, "/iraq digest")
    await user.submit(await user.next_view(), {"digest_channel": policy, "digest_topics": []})
    await user.next_view()
    return f"channel={policy}"


async def _status(desk: Desk) -> str:
    place = await _saved(desk)
    view = desk.slack.user.view
    if view is not None:
        await desk.slack.user.close(view)
    await desk.asks("digest status")
    return place


async def _now(desk: Desk) -> str:
    place = await _status(desk)
    await desk.asks("digest now")
    return place


async def _preview(desk: Desk) -> str:
    await desk.asks("digest preview")
    await desk.slack.user.next_message()
    return f"channel={desk.slack.policy}"


async def _refusal(desk: Desk) -> str:
    await ask(desk.slack.as_user(desk.slack.colleague), desk.slack.policy, "on")
    demote(desk)
    await desk.asks("digest off")
    return f"channel={desk.slack.policy}"


async def _invite(desk: Desk) -> str:
    await desk.asks("digest on", desk.slack.general)
    return f"channel={desk.slack.general}"


async def _full(desk: Desk) -> str:
    digest = await _posted(desk, "full")
    return f"channel={desk.slack.policy}&thread={digest.ts}"


async def _brief(desk: Desk) -> str:
    await _posted(desk, "brief")
    return f"channel={desk.slack.policy}"


async def _citations(desk: Desk) -> str:
    await desk.slack.user.press(await _posted(desk, "brief"), "digest_citations")
    await desk.slack.user.next_view()
    return f"channel={desk.slack.policy}"


async def _posted(desk: Desk, form: str) -> Message:
    """Turn a digest on, have it now, and wait until all of it is there."""
    policy, user = desk.slack.policy, desk.slack.user
    await user.command(policy, "/iraq digest")
    await user.submit(await user.next_view(), {"digest_channel": policy, "digest_form": form})
    await user.close(await user.next_view())
    await user.press(await desk.asks("digest now"), "digest_now")
    parts = 3 if form == "full" else 1
    await desk.slack.wait_for(lambda: len(_posts(desk)) == parts, timeout=15)
    return _posts(desk)[0]


def _posts(desk: Desk) -> list[Message]:
    return [one for one in desk.slack.messages(desk.slack.policy) if one.metadata]


SCENES: Final = (
    Scene("digest-form", _form, height=1240, chosen=True),
    Scene("digest-saved", _saved),
    Scene("digest-status", _status),
    Scene("digest-now", _now, height=1040),
    Scene("digest-preview", _preview, height=1240),
    Scene("digest-refusal", _refusal, height=420),
    Scene("digest-invite", _invite, height=420),
    Scene("digest-brief", _brief, height=1100, chosen=True),
    Scene("digest-citations", _citations, height=1040),
    Scene("digest-full", _full, height=1240, scroll=".message"),
)
