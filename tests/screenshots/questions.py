"""Pictures of questions and what is done with their answers."""

from typing import Final

from tests.screenshots.scene import Prepare, Scene
from tests.support.desk import Desk, rating

IRAN: Final = "what did USIP advise about Iran?"


def asked(text: str) -> Prepare:
    """`/iraq text` in #iraq-policy."""

    async def prepare(desk: Desk) -> str:
        await desk.asks(text)
        return f"channel={desk.slack.policy}"

    return prepare


async def _thread(desk: Desk) -> str:
    reply = await desk.mentions("how many people were displaced in 2020?")
    return f"channel={desk.slack.policy}&thread={reply.thread_ts}"


async def _feedback(desk: Desk) -> str:
    reply = await desk.mentions("how many people were displaced in 2020?")
    await desk.slack.user.press(reply, "feedback", rating(reply, helpful=False))
    await desk.slack.user.next_view()
    return f"channel={desk.slack.policy}"


async def _more(desk: Desk) -> str:
    await desk.slack.user.press(await desk.asks(IRAN), "more_passages")
    await desk.slack.user.next_message()
    return f"channel={desk.slack.policy}"


SCENES: Final = (
    Scene("answer", asked(IRAN), chosen=True),
    Scene("answer-narrow", asked(IRAN), width=400),
    Scene("no-answer", asked("who won the 2018 World Cup?"), chosen=True),
    Scene("arabic", asked("ما هو الحشد الشعبي؟")),
    Scene("help", asked("help"), chosen=True),
    Scene("more", _more),
    Scene("thread", _thread),
    Scene("feedback", _feedback),
)
