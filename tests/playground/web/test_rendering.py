"""What the page draws: every kind of block, and Slack's mrkdwn to the letter."""

import pytest
from playwright.async_api import expect

from bot.playground.server import Playground
from tests.playground.web import samples
from tests.playground.web.conftest import OpenPage


@pytest.mark.parametrize("name", ["ANSWER", "TEXT", "CONTROLS", "RARE"])
async def test_every_block_is_drawn(name: str, open_page: OpenPage, slack: Playground) -> None:
    """Each sample block leaves something to see, and none ends as a box that says it cannot be drawn."""
    blocks = getattr(samples, name)
    samples.post(slack, blocks)
    page = await open_page()
    drawn = page.locator("article .block")
    assert await drawn.count() >= len(blocks)
    await expect(page.locator(".cannot-draw")).to_have_count(0)
    empty = "nodes => nodes.filter(n => !n.querySelector('hr') && (!n.offsetHeight || !n.innerText.trim())).map(n => n.className)"
    bare = await drawn.evaluate_all(empty)
    assert [each for each in bare if "actions" not in each] == []


async def test_an_unknown_block_is_owned_up_to(open_page: OpenPage, slack: Playground) -> None:
    """A type the page does not know, and a malformed block, get an honest box; the rest of the message stands."""
    samples.post(slack, [{"type": "hologram"}, {"type": "rich_text", "elements": 7}, *samples.ANSWER])
    page = await open_page()
    await expect(page.locator(".cannot-draw").first).to_contain_text("cannot draw this block: hologram")
    await expect(page.locator(".block-rich_text .rich-quote")).to_contain_text("Federal forces hold the crossings")


async def test_text_stands_in_when_there_are_no_blocks(open_page: OpenPage, slack: Playground) -> None:
    """A message without blocks shows its text, read as mrkdwn."""
    samples.post(slack, [], text="*two* passages &amp; <https://example.com|a source>")
    page = await open_page()
    body = page.locator(".message-body")
    await expect(body).to_have_text("two passages & a source")
    await expect(body.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")


MRKDWN = [
    ("*bold* _it_ ~no~ `code`", "<strong>bold</strong> <em>it</em> <s>no</s> <code>code</code>"),
    ("*bold _and it_*", "<strong>bold <em>and it</em></strong>"),
    ("snake_case_name 2*3*4 a~b~c", "snake_case_name 2*3*4 a~b~c"),
    ("* not bold * _ nor this _", "* not bold * _ nor this _"),
    ("**not markdown**", "**not markdown**"),
    ("*open", "*open"),
    ("`*literal*` &lt;b&gt; &amp;amp;", "<code>*literal*</code> &lt;b&gt; &amp;amp;"),
    ("(*bold*), _it_.", "(<strong>bold</strong>), <em>it</em>."),
    ("*Ain al-Asad:* left", "<strong>Ain al-Asad:</strong> left"),
    (":tada: :no_such: 10:30:45", '<span class="emoji">🎉</span> :no_such: 10:30:45'),
    (
        "<@U1> <#C1> <!here>",
        '<bdi class="mention">@Omar</bdi> <bdi class="mention">#policy</bdi> <bdi class="mention loud">@here</bdi>',
    ),
    ("<@U9|dana> <#C9|old>", '<bdi class="mention">@dana</bdi> <bdi class="mention">#old</bdi>'),
    ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("*see `a*b` end*", "<strong>see <code>a*b</code> end</strong>"),
    ("<!date^oops^{date}|in May>", "<time>in May</time>"),
    ("*الحشد* الشعبي", "<strong>الحشد</strong> الشعبي"),
]


async def test_inline_mrkdwn(open_page: OpenPage) -> None:
    """Each line of mrkdwn becomes exactly its nodes."""
    page = await open_page("?channel=home")
    drawn = await page.evaluate(
        """async (sources) => {
            const { inline } = await import("/static/mrkdwn.js");
            const env = { userName: id => ({ U1: "Omar" })[id], channelName: id => ({ C1: "policy" })[id], isMe: () => false };
            return sources.map(source => {
                const node = document.createElement("div");
                node.append(...inline(source, env));
                return node.innerHTML;
            });
        }""",
        [source for source, _ in MRKDWN],
    )
    assert drawn == [html for _, html in MRKDWN]


async def test_lines_quotes_and_code(open_page: OpenPage) -> None:
    """Quotes, bullets and fenced code stand as blocks, and each line finds its own direction."""
    page = await open_page("?channel=home")
    shape = await page.evaluate(
        """async () => {
            const { mrkdwn } = await import("/static/mrkdwn.js");
            const env = { userName: () => null, channelName: () => null, isMe: () => false };
            return mrkdwn("a\\n&gt; q1\\n> q2\\n• one\\n```x\\n *y*```\\nend", env)
                .map(node => [node.localName, node.className, node.getAttribute("dir"), node.textContent]);
        }"""
    )
    assert shape == [
        ["div", "line", "auto", "a"],
        ["blockquote", "", None, "q1q2"],
        ["div", "line bullet", "auto", "•one"],
        ["pre", "code", "auto", "x\n *y*"],
        ["div", "line", "auto", "end"],
    ]


async def test_arabic_runs_right_to_left(open_page: OpenPage, slack: Playground) -> None:
    """An Arabic paragraph is right to left although a run in it is bold; its neighbour in English is not."""
    quote = {"type": "rich_text_quote", "elements": [samples.run("تؤكد "), samples.run("الحكومة", bold=True)]}
    samples.post(
        slack,
        [{"type": "rich_text", "elements": [quote, samples.section(samples.run("The government (الحكومة) says"))]}],
    )
    page = await open_page()
    direction = "node => getComputedStyle(node).direction"
    assert await page.locator(".rich-quote").evaluate(direction) == "rtl"
    assert await page.locator(".rich-section").evaluate(direction) == "ltr"
