"""The CPU time of a signed `/iraq` question in process, beside a bare Bolt handler that acknowledges the same reply.

Both go through the same middleware: signature, authorisation, dispatch. The bare handler has its reply ready; ours
searches, cuts snippets and builds blocks. Rounds alternate, and the best round of each counts, since this is about the
code and not about what else the machine does.
"""

import argparse
import asyncio
import json
import platform
import random
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.app import runtime
from bot.manifest import manifest
from bot.playground.server import Playground
from bot.questions.commands import reply
from bot.settings import Settings
from bot.trial import pointed_at
from knowledge.library import Library
from knowledge.query import parse

SECRET = "bench"
QUESTIONS = (
    "what did USIP advise about Iran?",
    "how many people were displaced in 2020?",
    "why should relations go beyond security?",
    "PMF control",
    "who is sistani",
    "what does iraq want from the us",
    "kadhimi challenges in 2020",
    "climate change cooperation",
    "strategic framework agreement",
    "energy imports from Iran",
    "why did abdul mahdi resign",
    "what happens if US troops leave too early",
    "ISIS resurgence",
    "داعش",
    "yazidis and christians return",
    "educational exchange",
    "how do I bake sourdough bread?",
    "american expectations patience",
    "kurds referendum relations",
    "deconfliction mechanism",
)


def signed(question: str) -> AsyncBoltRequest:
    """A slash command's HTTP request, as Slack signs it."""
    body = urlencode(
        {
            "token": "x",
            "team_id": "T0PLAYTEAM1",
            "channel_id": "C1",
            "channel_name": "iraq-policy",
            "user_id": "U1",
            "user_name": "dana",
            "command": "/iraq",
            "text": question,
            "response_url": "http://127.0.0.1/response",
            "trigger_id": "1.2.3",
            "api_app_id": "A1",
        }
    )
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    headers: dict[str, str | Sequence[str]] = {
        "content-type": ["application/x-www-form-urlencoded"],
        "x-slack-signature": [str(signature)],
        "x-slack-request-timestamp": [stamp],
    }
    return AsyncBoltRequest(body=body, headers=headers)


def bare(replies: dict[str, dict[str, Any]]) -> AsyncApp:
    """Bolt alone: one command whose reply lies ready."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T0PLAYTEAM1", bot_token="xoxb-1", bot_user_id="U2")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    @app.command("/iraq")
    async def on_command(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack(replies[command["text"]])

    return app


async def ask_all(app: AsyncApp) -> None:
    """Every question once."""
    for question in QUESTIONS:
        response = await app.async_dispatch(signed(question))
        if response.status != 200:
            raise RuntimeError(f"{response.status} {response.body}")


async def best(rounds: int, *works: Callable[[], Awaitable[None]]) -> list[float]:
    """The least CPU time of each, in microseconds a question; the rounds alternate."""
    least = [float("inf")] * len(works)
    for _ in range(rounds):
        for place, work in enumerate(works):
            start = time.process_time()
            await work()
            least[place] = min(least[place], (time.process_time() - start) / len(QUESTIONS) * 1e6)
    return least


async def only(work: Callable[[str], object]) -> None:
    """A part of the work for every question, without Slack around it."""
    for question in QUESTIONS:
        work(question)


async def sign_all() -> None:
    """What making the signed requests costs, so that it can be taken off."""
    for question in QUESTIONS:
        signed(question)


def hostile(library: Library, count: int = 1000) -> float:
    """The milliseconds that 99 of 100 hostile questions stay within: long, full of slips, filters, quotes, any script."""
    chance = random.Random(1)  # noqa: S311 - no secret
    words = [word for passage in library.corpus.passages.values() for word in passage.text.split()]
    makers: tuple[Callable[[], str], ...] = (
        lambda: "".join(chr(chance.randrange(0x20, 0x3000)) for _ in range(10_000)),
        lambda: " ".join(chance.choices(words, k=1000)),
        lambda: " ".join(word[:2] + word[3:] + "x" for word in chance.choices(words, k=1000)),
        lambda: " ".join(f"source:{word}" for word in chance.choices(words, k=100)),
        lambda: " ".join(f'-"{word}' for word in chance.choices(words, k=200)),
    )
    taken = []
    for number in range(count):
        question = makers[number % len(makers)]()
        start = time.perf_counter()
        library.ask(question)
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)[int(0.99 * count)]


def starts(*arguments: str, count: int = 5) -> float:
    """The milliseconds that a fresh Python takes for this, the best of some; the first may have to index the corpus."""
    taken = []
    for _ in range(count):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
        taken.append((time.perf_counter() - start) * 1000)
    return min(taken)


async def measure(rounds: int) -> dict[str, float]:
    """All figures of one run."""
    library = Library.load()
    message = partial(reply, library, bot_user_id="U2", shareable=True)
    ready = {question: {**message(question).payload(), "response_type": "ephemeral"} for question in QUESTIONS}
    async with Playground(manifest()) as slack:
        settings = pointed_at(slack, Settings())
        async with runtime(settings, library=library, signing_secret=SECRET) as running:
            plain = bare(ready)
            names = ("sign", "bare", "desk", "search", "reply")
            figures = await best(
                rounds,
                sign_all,
                partial(ask_all, plain),
                partial(ask_all, running.app),
                partial(only, lambda question: library.ask(parse(question))),
                partial(only, lambda question: message(question).payload()),
            )
    found = dict(zip(names, figures, strict=True))
    found["bare"] -= found["sign"]
    found["desk"] -= found.pop("sign")
    found["hostile p99 ms"] = hostile(library)
    found["python ms"] = starts("-c", "pass")
    found["ask ms"] = starts("-c", "from bot.cli import main; main()", "ask", QUESTIONS[0])
    return found | {"ratio": found["desk"] / found["bare"], "passages": len(library.corpus.passages)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found = asyncio.run(measure(options.rounds))
    if options.json:
        print(json.dumps(found))  # noqa: T201 - the benchmark's output
        return
    print(  # noqa: T201 - the benchmark's output
        f"CPU microseconds a question, the best of {options.rounds} rounds of {len(QUESTIONS)} questions, "
        f"{found['passages']:.0f} passages, Python {platform.python_version()}\n"
        f"  a bare Bolt handler, its reply prebuilt   {found['bare']:7.0f}\n"
        f"  /iraq, everything                         {found['desk']:7.0f}   = {found['ratio']:.2f} x bare\n"
        f"    of which the search with its snippets   {found['search']:7.0f}\n"
        f"    of which search and blocks              {found['reply']:7.0f}\n"
        f"  99 of 100 hostile questions stay within   {found['hostile p99 ms']:7.1f} ms\n"
        f"  `python -c pass`                          {found['python ms']:7.0f} ms\n"
        f"  `iraq-desk ask`, from cold                {found['ask ms']:7.0f} ms   "
        f"= {found['ask ms'] / found['python ms']:.0f} x"
    )


if __name__ == "__main__":
    main()
