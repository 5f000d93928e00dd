"""The menu of a passage, in a message and in a modal."""

import pytest

from bot.playground.model import Message, View
from bot.views.passage_menu import issue_of
from knowledge.library import Library
from tests.support.desk import Desk, action_ids, without_block_ids
from tests.support.desk import said as words

IRAN = "what did USIP advise about Iran?"
LONG = " ".join(["what did USIP advise about Iran and the talks of June 2020"] * 8)


def said(view: View) -> str:
    """Everything a reader can see of a modal."""
    return words(Message("", "", "", "", view.payload["blocks"]))


def menus(message: Message) -> list[str]:
    """The blocks that have a menu, by their ids."""
    return [block["block_id"] for block in message.blocks or [] if "accessory" in block]


def offered(message: Message, at: int = 0) -> list[str]:
    """What a menu offers."""
    found = [block["accessory"] for block in message.blocks or [] if "accessory" in block]
    return [option["text"]["text"] for option in found[at]["options"]]


async def opened(desk: Desk, message: Message, act: str, at: int = 0, user: str | None = None) -> View:
    """The modal that a choice opens."""
    presser = desk.slack.as_user(user or desk.slack.user.id)
    await presser.press(message, "passage_menu", act, block_id=menus(message)[at])
    return await presser.next_view()


async def test_three_controls_and_a_menu_a_passage(desk: Desk) -> None:
    """What is seldom wanted waits behind one menu a passage; no more than three controls are in sight."""
    reply = await desk.asks(IRAN)

    assert action_ids(reply) == ["more_passages", "share_answer", "feedback"]
    assert len(menus(reply)) == 3
    assert offered(reply) == ["Show in context", "Explain ranking", "Copy citation", "Related issue", "Report outdated"]


async def test_in_context(desk: Desk) -> None:
    """The passages around it with headings and dates; it alone is quoted, and the words of the question are bold."""
    view = await opened(desk, await desk.asks(IRAN), "context")
    blocks = view.payload["blocks"]
    quotes = [part for block in blocks for part in block.get("elements", []) if part["type"] == "rich_text_quote"]
    bold = {run["text"] for part in quotes for run in part["elements"] if run.get("style", {}).get("bold")}

    assert "Passage 25 of 47 in <https://" in said(view)
    assert "Make the dialogue Iraq-centric Jun 2020" in said(view)
    assert said(view).count("this passage") == 1
    assert "".join(run["text"] for run in quotes[0]["elements"]).startswith("How should the United States")
    assert len(quotes) == 1
    assert bold == {"Tehran", "USIP", "Iran's"}


async def test_the_ranking_adds_up(desk: Desk) -> None:
    """The points of the table make the passage's score, and it is measured by the first."""
    view = await opened(desk, await desk.asks(IRAN), "ranking", at=1)
    cells = [field["text"] for block in view.payload["blocks"] for field in block.get("fields", [])]
    points = [float(cell.strip("*").replace("\u2212", "-")) for cell in cells[3::2]]

    assert "Ranked second of the 10 best passages" in said(view)
    assert "The first has 11.54: “Iran as a component of the dialogue, not its driver”." in said(view)
    assert "“advise”, as “advised”" in cells
    assert "“USIP”, as written and as a known name" in cells
    assert sum(round(one * 100) for one in points[:-1]) == round(points[-1] * 100) > 0


async def test_a_long_question_is_explained_as_far_as_it_is_kept(desk: Desk) -> None:
    """The menu has room for some two hundred characters; the modal says so."""
    view = await opened(desk, await desk.asks(LONG), "ranking")

    assert "Your question is longer than this menu can keep" in said(view)
    assert "Ranked " in said(view)


async def test_a_citation_is_copied_whole(desk: Desk) -> None:
    """Plain and Chicago, each in a block of its own, and whose words the passage is in."""
    view = await opened(desk, await desk.asks(IRAN), "cite")
    frames = [
        "".join(run["text"] for run in part["elements"])
        for block in view.payload["blocks"]
        for part in block.get("elements", [])
        if part["type"] == "rich_text_preformatted"
    ]

    assert "*summary* in the desk’s own words" in said(view)
    assert frames[0].startswith("Summary of: Sarhang Hamasaeed, USIP, U.S.-Iraq Dialogue")
    assert frames[1].startswith("Sarhang Hamasaeed, “U.S.-Iraq Dialogue Opens Door to Reset Relations,” United States")
    assert frames[1].endswith("passage usip-2020/iran-one-component, as of June 2020.")


async def test_the_related_issue(desk: Desk) -> None:
    """The issue's page comes as a private message, with its own controls."""
    reply = await desk.asks(IRAN)
    await desk.slack.user.press(reply, "passage_menu", "issue", block_id=menus(reply)[0])
    page = await desk.slack.user.next_message()

    assert page.visible_to == desk.slack.user.id
    assert "Why it matters" in words(page)
    assert "register_share" in action_ids(page)


async def test_no_issue_no_option(library: Library, desk: Desk) -> None:
    """A passage that belongs to no key issue does not offer one."""
    alone = next(one for one in library.corpus.passages.values() if issue_of(library, one) is None)
    reply = await desk.asks(" ".join(alone.text.split()[:40]))
    at = next(at for at, block in enumerate(menus(reply)) if alone.id in block)

    assert offered(reply, at) == ["Show in context", "Explain ranking", "Copy citation", "Report outdated"]


async def test_a_report_is_stored_once(desk: Desk) -> None:
    """What is out of date is stored with the passage, thanked for, and counts once a person."""
    user, store = desk.slack.user, desk.running.services.store
    reply = await desk.mentions(IRAN)
    thanks = []
    filled: list[dict[str, object]] = [{"feedback_comment": "see the 2026 statement"}, {}]
    for given in filled:
        await user.submit(await opened(desk, reply, "report"), given)
        thanks.append(await user.next_view())
        await user.close(thanks[-1])
    (stored,) = await store.feedback("T0PLAYTEAM1")

    assert ["before" in said(view) for view in thanks] == [False, True]
    assert (stored.user, stored.reason, stored.passage) == (user.id, "outdated", "usip-2020/iran-one-component")
    assert (stored.question, stored.comment, stored.helpful) == (IRAN, "see the 2026 statement", False)


@pytest.mark.parametrize("act", ["context", "ranking", "cite", "report"])
async def test_on_a_public_answer_only_the_presser_sees_it(desk: Desk, act: str) -> None:
    """A colleague's modal is the colleague's; the asker and the channel see nothing of it."""
    reply = await desk.mentions(IRAN)
    before = len(desk.slack.messages(desk.slack.policy))
    view = await opened(desk, reply, act, user=desk.slack.colleague)
    await desk.slack.settled()

    assert view.user == desk.slack.colleague
    assert desk.slack.user.view is None
    assert len(desk.slack.messages(desk.slack.policy)) == before


async def test_a_related_issue_of_a_public_answer_is_private(desk: Desk) -> None:
    """The page goes to whoever asked for it, in the thread."""
    reply = await desk.mentions(IRAN)
    colleague = desk.slack.as_user(desk.slack.colleague)
    await colleague.press(reply, "passage_menu", "issue", block_id=menus(reply)[0])
    page = await colleague.next_message()
    while page.ts == reply.ts:
        page = await colleague.next_message()

    assert (page.visible_to, page.thread_ts) == (colleague.id, reply.thread_ts)
    assert "register_share" not in action_ids(page)


@pytest.mark.parametrize("act", ["context", "ranking", "cite", "issue", "report"])
async def test_a_menu_in_a_modal_lays_another_on_top(desk: Desk, act: str) -> None:
    """Where the passages stand in a modal, closing what the menu opened goes back to them."""
    user = desk.slack.user
    reply = await desk.asks(IRAN)
    first = await opened(desk, reply, "context")
    blocks = [block for block in without_ids(reply) if block["type"] not in {"actions", "context_actions"}]
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Results"}, "blocks": blocks}
    await desk.running.client.views_update(view_id=first.id, view=view)
    results = await desk.slack.wait_for(lambda: user.view if user.view and user.view.id == first.id else None)
    await user.press(results, "passage_menu", act, block_id=menus(reply)[0])
    top = await desk.slack.wait_for(lambda: user.view if len(user.views) == 2 else None)
    await user.close(top)

    assert [one.id for one in user.views] == [first.id]


def without_ids(message: Message) -> list[dict[str, object]]:
    """The blocks as the bot sent them, with the ids that it chose."""
    kept = set(menus(message))
    return [
        block | ({"block_id": own["block_id"]} if own["block_id"] in kept else {})
        for block, own in zip(without_block_ids(message), message.blocks or [], strict=True)
    ]


@pytest.mark.parametrize(
    ("block_id", "act", "says"),
    [
        ('["nosuch/passage","0123456789ab","Iran",true]', "context", "no longer in the corpus"),
        ("b1", "context", "older version"),
        ('["usip-2020/iran-one-component","0123456789ab","Iran",true]', "nosuch", "older version"),
        ('["usip-2020/iran-one-component","0123456789ab","zebra",true]', "ranking", "not among the first 10"),
        ('["usip-2020/iran-one-component","0123456789ab","Iran",true]', "ranking", "revised since this answer"),
        ('["usip-2020/iran-one-component","0123456789ab","",false]', "ranking", "not among the first 10"),
    ],
)
async def test_a_stale_menu(desk: Desk, block_id: str, act: str, says: str) -> None:
    """A message of another version of the desk or of the corpus gets a plain sentence, in a modal."""
    reply = await desk.asks(IRAN)
    block = next(block for block in reply.blocks or [] if "accessory" in block)
    block["block_id"] = block_id
    block["accessory"]["options"][0]["value"] = act
    await desk.slack.user.press(reply, "passage_menu", act, block_id=block_id)
    view = await desk.slack.user.next_view()

    assert says in said(view)


async def test_a_report_of_what_has_gone(desk: Desk) -> None:
    """A form that was open while the corpus changed is answered plainly and stores nothing."""
    user = desk.slack.user
    form = await opened(desk, await desk.asks(IRAN), "report")
    form.payload["private_metadata"] = '["nosuch/passage","0123456789ab","Iran",true]'
    await user.submit(form, {})
    view = await user.next_view()

    assert "no longer in the corpus" in said(view)
    assert await desk.running.services.store.feedback("T0PLAYTEAM1") == []
