"""`/iraq`, as somebody types it."""

from tests.support.desk import Desk, action_ids, said, without_block_ids

IRAN = "what did USIP advise about Iran?"


async def test_an_answer_is_private_dated_and_cited(desk: Desk) -> None:
    """A question gets passages, each with its basis, linked source, date and place; only the asker sees them."""
    reply = await desk.asks(IRAN)

    words = said(reply)
    assert reply.visible_to == desk.slack.user.id
    assert words.startswith(IRAN)
    assert "Summary of <https://www.usip.org/publications/2020/06/" in words
    assert "Jun 2020" in words
    assert f"version {desk.running.services.library.corpus.version[:7]}" in words


async def test_the_answer_is_the_acknowledgement(desk: Desk) -> None:
    """A command makes no call to Slack: its blocks travel in the acknowledgement."""
    await desk.asks(IRAN)

    assert [call.method for call in desk.slack.calls if call.method not in {"auth.test", "apps.connections.open"}] == [
        "ack"
    ]


async def test_matching_words_are_bold(desk: Desk) -> None:
    """What was asked for stands out in the quotation."""
    reply = await desk.asks(IRAN)

    bold = [
        run["text"]
        for block in reply.blocks or []
        if block["type"] == "rich_text"
        for part in block["elements"]
        if part["type"] == "rich_text_quote"
        for run in part["elements"]
        if run.get("style", {}).get("bold")
    ]
    assert "Iran's" in bold


async def test_at_most_three_controls(desk: Desk) -> None:
    """More passages, Share and feedback, and nothing else."""
    reply = await desk.asks(IRAN)

    assert action_ids(reply) == ["more_passages", "share_answer", "feedback"]


async def test_text_says_what_the_blocks_say(desk: Desk) -> None:
    """Notifications and screen readers get the question, the passages and where they are from."""
    reply = await desk.asks(IRAN)

    assert IRAN in reply.text
    assert "(USIP, Jun 2020)" in reply.text


async def test_no_passage_answers(desk: Desk) -> None:
    """What the corpus does not hold is said plainly; nothing is passed off as an answer, nothing can be shared."""
    reply = await desk.asks("how do I bake sourdough bread?")

    assert "No passage in the corpus answers this." in said(reply)
    assert "share_answer" not in action_ids(reply)
    assert reply.text.startswith("No passage in the corpus answers")


async def test_help_is_private_and_says_where_to_ask(desk: Desk) -> None:
    """`help`, `?` and nothing at all show what the desk does, with examples, and what to do in a thread."""
    replies = [await desk.asks(text) for text in ("help", "?", "", " HELP ")]

    assert len({said(reply) for reply in replies}) == 1
    assert {reply.visible_to for reply in replies} == {desk.slack.user.id}
    assert "In a thread, Slack does not offer `/iraq`" in said(replies[0])
    assert "not logged" in said(replies[0])


async def test_the_examples_of_the_help_are_answered(desk: Desk) -> None:
    """Every example that the help and the Home tab give has an answer."""
    from bot.texts.help import EXAMPLES  # noqa: PLC0415 - the list under test, next to its use

    for example in EXAMPLES:
        assert "No passage" not in said(await desk.asks(example)), example


async def test_an_unknown_word_is_a_search(desk: Desk) -> None:
    """There is no unknown sub-command: whatever is not one is looked for."""
    reply = await desk.asks("sistani elections")

    assert "Summary of" in said(reply)


async def test_where_the_bot_is_not_a_member(desk: Desk) -> None:
    """The command works in a channel that nobody invited the bot to."""
    reply = await desk.slack.user.command(desk.slack.general, f"/iraq {IRAN}")

    assert reply is not None
    assert "Summary of" in said(reply)


async def test_the_same_question_gets_the_same_answer(desk: Desk) -> None:
    """Same corpus, same question, same blocks, whoever asks."""
    mine = await desk.asks(IRAN)
    theirs = await desk.slack.as_user(desk.slack.colleague).command(desk.slack.policy, f"/iraq {IRAN}")

    assert theirs is not None
    assert theirs.visible_to != mine.visible_to
    assert without_block_ids(theirs) == without_block_ids(mine)
