"""One payload of every kind a message, a modal or a Home tab can hold, as an app would send it."""

from bot.playground.model import BOT_USER, Blocks, JsonObject, Message
from bot.playground.server import Playground


def plain(text: str) -> JsonObject:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> JsonObject:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str) -> JsonObject:
    """An option of a select, a menu or a group of boxes."""
    return {"text": plain(text), "value": value}


def button(text: str, action_id: str, **more: object) -> JsonObject:
    """A button element."""
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": action_id, **more}


def run(text: str, **style: bool) -> JsonObject:
    """A run of rich text."""
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def section(*runs: JsonObject) -> JsonObject:
    """A section of rich text."""
    return {"type": "rich_text_section", "elements": list(runs)}


CONFIRM: JsonObject = {
    "title": plain("Share the answer?"),
    "text": mrkdwn("Everybody in <#C0PLAYIRAQ1> will *see* it."),
    "confirm": plain("Share"),
    "deny": plain("Keep private"),
}

ANSWER: Blocks = [
    {"type": "section", "text": mrkdwn("*Who controls the border crossings?*")},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_quote",
                "elements": [run("Federal forces hold the "), run("crossings", bold=True), run(" since 2017.")],
            }
        ],
    },
    {
        "type": "context",
        "elements": [mrkdwn("*1*  Summary of <https://example.com/report|A report>  ·  Jun 2020  ·  para 4")],
    },
    {
        "type": "actions",
        "elements": [
            button("More passages", "more"),
            button("Share to channel", "share", style="primary", confirm=CONFIRM),
            button("Drop it", "drop", style="danger"),
            button("Read the source", "source", url="https://example.com/report"),
        ],
    },
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Helpful"), "value": "yes"},
                "negative_button": {"text": plain("Not helpful"), "value": "no"},
            },
            {"type": "icon_button", "action_id": "forget", "icon": "trash", "text": plain("Forget"), "value": "x"},
        ],
    },
]

TEXT: Blocks = [
    {"type": "header", "text": plain("Weekly · 16 to 22 November :scales:")},
    {
        "type": "section",
        "text": mrkdwn(
            "*Bold* _italic_ ~struck~ `code` <@U0PLAYOMAR1> <#C0PLAYIRAQ1> :warning:\n> quoted\n• one\n• two"
        ),
        "accessory": {"type": "overflow", "action_id": "menu", "options": [option("Edit", "e"), option("Stop", "s")]},
    },
    {"type": "section", "fields": [mrkdwn("*Topic*\nWater"), mrkdwn("*Newest*\n<!date^1700000000^{date}|2023>")]},
    {"type": "divider"},
    {"type": "image", "image_url": "https://example.com/map.png", "alt_text": "a map", "title": plain("Crossings")},
    {
        "type": "context",
        "elements": [
            {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a seal"},
            mrkdwn("two sources"),
        ],
    },
    {
        "type": "rich_text",
        "elements": [
            section(
                run("Struck", strike=True), run(" and "), run("code", code=True), {"type": "emoji", "name": "tada"}
            ),
            section(
                {"type": "user", "user_id": "U0PLAYOMAR1"},
                {"type": "channel", "channel_id": "C0PLAYIRAQ1"},
                {"type": "broadcast", "range": "here"},
                {"type": "link", "url": "https://example.com", "text": "a link"},
                {"type": "date", "timestamp": 1_700_000_000, "format": "{date_short}", "fallback": "2023"},
            ),
            {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [section(run("one"))]},
            {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": [section(run("nested"))]},
            {"type": "rich_text_preformatted", "elements": [run("def f():\n    return 1")]},
        ],
    },
    {
        "type": "markdown",
        "text": "## Heading\n\n**bold** and [a link](https://example.com)\n\n1. a\n2. b\n\n- [x] done",
    },
    {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"align": "right"}],
        "rows": [
            [{"type": "raw_text", "text": "Governorate"}, {"type": "raw_text", "text": "Displaced"}],
            [{"type": "raw_text", "text": "Nineveh"}, {"type": "raw_text", "text": "256,000"}],
        ],
    },
]

CONTROLS: Blocks = [
    {
        "type": "section",
        "text": mrkdwn("Choose a topic"),
        "accessory": {
            "type": "static_select",
            "action_id": "topic",
            "placeholder": plain("Choose one"),
            "options": [option("Water", "w"), option("Finance", "f"), option("Security", "s")],
        },
    },
    {
        "type": "actions",
        "elements": [
            {
                "type": "multi_static_select",
                "action_id": "topics",
                "placeholder": plain("Choose some"),
                "options": [option("Water", "w"), option("Finance", "f")],
            },
            {"type": "external_select", "action_id": "passage", "placeholder": plain("Find"), "min_query_length": 2},
            {"type": "users_select", "action_id": "person", "placeholder": plain("Person")},
            {"type": "channels_select", "action_id": "channel", "placeholder": plain("Channel")},
            {"type": "conversations_select", "action_id": "conversation", "placeholder": plain("Conversation")},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-01-02"},
            {"type": "timepicker", "action_id": "time", "initial_time": "09:00"},
            {"type": "datetimepicker", "action_id": "moment", "initial_date_time": 1_700_000_000},
            {"type": "radio_buttons", "action_id": "radio", "options": [option("Weekly", "w"), option("Monthly", "m")]},
            {"type": "checkboxes", "action_id": "boxes", "options": [option("English", "en"), option("Arabic", "ar")]},
        ],
    },
]

RARE: Blocks = [
    {"type": "alert", "text": mrkdwn("*Heads up*"), "level": "warning"},
    {"type": "card", "title": mrkdwn("A card"), "body": mrkdwn("Its body"), "actions": [button("Open it", "card")]},
    {"type": "carousel", "elements": [{"type": "card", "title": mrkdwn("First")}]},
    {
        "type": "container",
        "title": plain("A container"),
        "child_blocks": [{"type": "section", "text": mrkdwn("inside")}],
    },
    {"type": "plan", "title": "A plan", "tasks": [{"type": "task_card", "title": "A task", "status": "complete"}]},
    {"type": "data_table", "caption": "Numbers", "rows": [[{"type": "raw_text", "text": "n"}]]},
    {"type": "video", "title": plain("A video"), "video_url": "https://example.com/v", "alt_text": "v"},
    {"type": "file", "external_id": "F1", "source": "remote"},
]

MODAL: JsonObject = {
    "type": "modal",
    "callback_id": "search",
    "title": plain("Search the corpus"),
    "submit": plain("Search"),
    "close": plain("Leave"),
    "blocks": [
        {
            "type": "input",
            "block_id": "question",
            "label": plain("Question"),
            "hint": plain("In your own words"),
            "element": {"type": "plain_text_input", "action_id": "text", "placeholder": plain("What about water?")},
        },
        {
            "type": "input",
            "block_id": "topic",
            "optional": True,
            "label": plain("Topic"),
            "element": {
                "type": "static_select",
                "action_id": "topic",
                "placeholder": plain("Any topic"),
                "options": [option("Water", "w"), option("Finance", "f")],
            },
        },
        {
            "type": "input",
            "block_id": "languages",
            "optional": True,
            "label": plain("Languages"),
            "element": {
                "type": "checkboxes",
                "action_id": "languages",
                "options": [option("English", "en"), option("Arabic", "ar")],
            },
        },
        {
            "type": "section",
            "block_id": "deeper",
            "text": mrkdwn("More filters"),
            "accessory": button("More", "deeper"),
        },
    ],
}

PROMPTS = [
    {"title": "Who holds the crossings?", "message": "Who holds the border crossings now?"},
    {"title": "What changed on water?", "message": "What changed on water since 2021?"},
]

HOME: JsonObject = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Your digests")},
        {
            "type": "section",
            "text": mrkdwn("*<#C0PLAYIRAQ1>* every Monday"),
            "accessory": {
                "type": "overflow",
                "action_id": "menu",
                "options": [option("Change", "c"), option("Stop", "s")],
            },
        },
        {"type": "actions", "elements": [button("Search with filters", "open_search", style="primary")]},
    ],
}


def post(slack: Playground, blocks: Blocks, text: str = "sample", thread_ts: str | None = None) -> Message:
    """Put a message of the app in #iraq-policy, past the rules of the Web API: the page must bear anything."""
    workspace = slack.workspace
    named = [{"block_id": f"b{position}", **block} for position, block in enumerate(blocks)]
    return workspace.post(Message(slack.policy, workspace.new_ts(), BOT_USER, text, named or None, thread_ts=thread_ts))
