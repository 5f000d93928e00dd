"""Nothing that anybody writes becomes part of the page."""

import random

from playwright.async_api import expect

from bot.playground.model import Blocks
from bot.playground.server import Playground
from tests.playground.web import samples
from tests.playground.web.conftest import OpenPage

ATTACK = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><b>b</b>'


async def test_markup_stays_text(open_page: OpenPage, slack: Playground) -> None:
    """Markup in a typed message, in blocks of every kind and in names is shown as it was written."""
    text = samples.mrkdwn(ATTACK)
    blocks: Blocks = [
        {"type": "header", "text": samples.plain(ATTACK)},
        {"type": "section", "text": text, "fields": [text]},
        {"type": "context", "elements": [text]},
        {"type": "rich_text", "elements": [samples.section(samples.run(ATTACK, bold=True))]},
        {"type": "markdown", "text": f"# {ATTACK}\n\n{ATTACK}\n\n| a |\n|---|\n| {ATTACK} |"},
        {"type": "table", "rows": [[{"type": "raw_text", "text": ATTACK}]]},
        {"type": "image", "image_url": "https://example.com/a.png", "alt_text": ATTACK, "title": samples.plain(ATTACK)},
        {"type": "actions", "elements": [samples.button(ATTACK, "press")]},
        {"type": ATTACK},
    ]
    await slack.user.say(slack.policy, ATTACK)
    samples.post(slack, blocks, ATTACK)
    page = await open_page()
    await expect(page.locator("article").first).to_contain_text(ATTACK)
    await expect(page.locator("article").last).to_contain_text(ATTACK)
    assert await page.locator("article :is(script, b, img, iframe, [onerror])").count() == 0
    assert await page.evaluate("window.hacked") is None


async def test_links_lead_only_where_it_is_safe(open_page: OpenPage, slack: Playground) -> None:
    """Only http, https and mailto become links, in every way to write one; each opens apart from the page."""
    addresses = [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://example.com/",
        "mailto:a@b.c",
    ]
    blocks: Blocks = [
        {"type": "section", "text": samples.mrkdwn(" ".join(f"<{address}|m>" for address in addresses))},
        {
            "type": "rich_text",
            "elements": [samples.section(*({"type": "link", "url": address, "text": "r"} for address in addresses))],
        },
        {"type": "markdown", "text": " ".join(f"[k]({address})" for address in addresses)},
        {"type": "actions", "elements": [samples.button("b", f"a{i}", url=each) for i, each in enumerate(addresses)]},
    ]
    samples.post(slack, blocks)
    page = await open_page()
    links = page.locator("article a")
    found = await links.evaluate_all("nodes => nodes.map(node => [node.href, node.target, node.rel])")
    assert found == [[href, "_blank", "noopener noreferrer"] for href in addresses[3:]] * 4


async def test_any_text_is_drawn_whole_and_harmless(open_page: OpenPage) -> None:
    """Whatever the text, drawing it never fails, makes only known elements, and loses no letter."""
    chance = random.Random(20261122)  # noqa: S311 - a reproducible jumble, no secret
    pieces = [
        "*",
        "_",
        "~",
        "`",
        "```",
        "<",
        ">",
        "|",
        "&amp;",
        "&lt;",
        ":",
        "@U1",
        "!date^1^x",
        "http://e.co",
        "\n",
        " ",
        "ab",
        "ع",
        "#",
        "[x](",
        ")",
        "- ",
    ]
    texts = ["".join(chance.choices(pieces, k=chance.randint(1, 24))) for _ in range(400)]
    page = await open_page("?channel=home")
    strange = await page.evaluate(
        """async (texts) => {
            const { mrkdwn } = await import("/static/mrkdwn.js");
            const { markdown } = await import("/static/markdown.js");
            const env = { userName: () => "ab", channelName: () => "ab", isMe: () => false };
            const known = new Set("div span strong em s code pre blockquote a bdi time ul ol li hr p h3 h4 h5 h6 table thead tbody tr th td".split(" "));
            const letters = text => (text.match(/[bع]/g) ?? []).length;
            return texts.filter(text => [mrkdwn(text, env), markdown(text)].some((nodes, i) => {
                const root = document.createElement("div");
                root.append(...nodes);
                const bad = [...root.querySelectorAll("*")].some(node => !known.has(node.localName));
                // mrkdwn shows every letter unless a link or mention has a label of its own.
                const whole = i === 1 || /[<]/.test(text) || letters(root.textContent) >= letters(text);
                return bad || !whole;
            }));
        }""",
        texts,
    )
    assert strange == []
