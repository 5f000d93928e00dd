"""Sound and unsound blocks: each block once as it should be, each limit once broken."""

from typing import Any

Block = dict[str, Any]


def plain(text: str) -> Block:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def button(**more: object) -> Block:
    """A button."""
    return {"type": "button", "text": plain("Press"), "action_id": "go", **more}


def option(value: str = "a") -> Block:
    """An option."""
    return {"text": plain(value), "value": value}


def actions(*elements: Block) -> list[Block]:
    """One actions block."""
    return [{"type": "actions", "elements": list(elements)}]


def section(**more: object) -> list[Block]:
    """One section with some more fields."""
    return [{"type": "section", "text": plain("words"), **more}]


def rich(*elements: Block) -> Block:
    """A rich_text block with one section of these runs."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def entry(element: Block, **more: object) -> Block:
    """An input block around an element."""
    return {"type": "input", "block_id": "in", "label": plain("Label"), "element": element, **more}


TEXT = {"type": "text", "text": "words"}
PICTURE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A map"}
MODAL: Block = {"type": "modal", "title": plain("Title"), "blocks": [{"type": "divider"}]}
CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("This is *final*."), "confirm": plain("Yes"), "deny": plain("No")}
FEEDBACK: Block = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "rate",
            "positive_button": {"text": plain("Helpful"), "value": "up"},
            "negative_button": {"text": plain("Not helpful"), "value": "down", "accessibility_label": "Bad"},
        }
    ],
}
PICKERS: list[Block] = [
    {"type": "static_select", "action_id": "p0", "options": [option("a"), option("b")], "initial_option": option("b")},
    {"type": "multi_static_select", "action_id": "p1", "option_groups": [{"label": plain("G"), "options": [option()]}]},
    {"type": "external_select", "action_id": "p2", "min_query_length": 2, "placeholder": plain("Who?")},
    {"type": "multi_external_select", "action_id": "p3", "initial_options": [option()]},
    {"type": "users_select", "action_id": "p4", "initial_user": "U0PLAYDANA1"},
    {"type": "multi_users_select", "action_id": "p5", "max_selected_items": 2},
    {"type": "conversations_select", "action_id": "p6", "filter": {"include": ["public"]}},
    {"type": "multi_conversations_select", "action_id": "p7", "initial_conversations": ["C0PLAYIRAQ1"]},
    {"type": "channels_select", "action_id": "p8", "confirm": CONFIRM},
    {"type": "multi_channels_select", "action_id": "p9"},
    {"type": "checkboxes", "action_id": "p10", "options": [{"text": mrkdwn("*A*"), "value": "a"}]},
    {"type": "radio_buttons", "action_id": "p11", "options": [option()], "initial_option": option()},
    {"type": "datepicker", "action_id": "p12", "initial_date": "2026-11-22"},
    {"type": "timepicker", "action_id": "p13", "initial_time": "09:00", "timezone": "Asia/Baghdad"},
]
ENTRIES: list[Block] = [
    *PICKERS,
    {"type": "datetimepicker", "initial_date_time": 1_795_000_000},
    {"type": "plain_text_input", "min_length": 1, "max_length": 10, "multiline": True, "initial_value": ""},
    {"type": "email_text_input"},
    {"type": "url_text_input", "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}},
    {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"},
    {"type": "rich_text_input", "initial_value": rich(TEXT)},
]
RICH: Block = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Words ", "style": {"bold": True}},
                {"type": "link", "url": "https://example.org", "text": "here"},
                {"type": "emoji", "name": "wave", "skin_tone": 2},
                {"type": "user", "user_id": "U0PLAYDANA1"},
                {"type": "usergroup", "usergroup_id": "S0GROUP"},
                {"type": "channel", "channel_id": "C0PLAYIRAQ1"},
                {"type": "broadcast", "range": "here"},
                {"type": "color", "value": "#ffffff"},
                {"type": "date", "timestamp": 1_795_000_000, "format": "{date_short}", "fallback": "then"},
            ],
        },
        {"type": "rich_text_list", "style": "bullet", "elements": [{"type": "rich_text_section", "elements": [TEXT]}]},
        {"type": "rich_text_quote", "elements": [TEXT], "border": 1},
        {"type": "rich_text_preformatted", "elements": [TEXT]},
    ],
}
CELLS: list[Block] = [{"type": "raw_text", "text": "Year"}, {"type": "raw_number", "value": 2026}, rich(TEXT)]
CARD: Block = {"type": "card", "title": plain("Card"), "body": mrkdwn("Body"), "actions": [button()]}
TASK: Block = {"type": "task_card", "task_id": "1", "title": "Read", "status": "complete", "details": rich(TEXT)}
BOTH: dict[str, list[Block]] = {
    "header": [{"type": "header", "text": plain("Title"), "level": 2}],
    "section": section(
        fields=[mrkdwn("a"), plain("b")], accessory=button(style="danger", confirm=CONFIRM, url="https://example.org")
    ),
    "section fields": [{"type": "section", "fields": [plain("only")]}],
    "divider": [{"type": "divider", "block_id": "d"}],
    "context": [{"type": "context", "elements": [mrkdwn("words"), plain("words"), PICTURE]}],
    "actions": actions(
        *PICKERS, {"type": "overflow", "action_id": "more", "options": [option() | {"url": "https://a.b"}]}
    ),
    "image": [{**PICTURE, "title": plain("A map")}, {"type": "image", "alt_text": "x", "slack_file": {"id": "F1"}}],
    "rich_text": [RICH],
    "video": [
        {
            "type": "video",
            "alt_text": "A talk",
            "title": plain("A talk"),
            "thumbnail_url": "https://example.org/t.png",
            "video_url": "https://example.org/v",
        }
    ],
    "input": [entry(element) | {"block_id": f"in{number}"} for number, element in enumerate(ENTRIES)],
}
ACCEPTED: dict[tuple[str, str], list[Block]] = {
    **{(surface, name): blocks for surface in ("message", "modal", "home") for name, blocks in BOTH.items()},
    ("message", "feedback"): [
        FEEDBACK,
        {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Delete"), "action_id": "delete"}],
        },
    ],
    ("message", "markdown"): [{"type": "markdown", "text": "# Title"}],
    ("message", "table"): [{"type": "table", "rows": [CELLS, CELLS], "column_settings": [{"align": "right"}]}],
    ("message", "data_table"): [{"type": "data_table", "caption": "Years", "rows": [CELLS, CELLS], "page_size": 5}],
    ("message", "carousel"): [{"type": "carousel", "elements": [CARD, CARD]}, CARD],
    ("message", "tasks"): [{"type": "plan", "title": "Plan", "tasks": [TASK]}, TASK],
    ("message", "container"): [{"type": "container", "title": plain("More"), "child_blocks": [RICH, *BOTH["header"]]}],
    ("modal", "alert"): [{"type": "alert", "text": plain("Careful"), "level": "warning"}],
    ("modal", "file"): [entry({"type": "file_input", "max_files": 1})],
}

REFUSED: list[tuple[list[Block], str, str]] = [
    ([{"type": "heading", "text": plain("x")}], "/blocks/0", "unsupported type: heading"),
    ([{"text": plain("x")}], "/blocks/0", "discriminator"),
    ([{"type": "alert", "text": plain("x")}], "/blocks/0", "unsupported type: alert"),
    ([{"type": "divider"}] * 51, "/blocks", "no more than 50 items"),
    ([{"type": "divider", "colour": "red"}], "/blocks/0/colour", "invalid additional property"),
    ([{"type": "divider", "block_id": None}], "/blocks/0", "must not be null: block_id"),
    ([{"type": "divider", "block_id": "x" * 256}], "/blocks/0/block_id", "at most 255"),
    ([{"type": "divider", "block_id": "same"}] * 2, "/blocks", "block_id already in use: same"),
    ([{"type": "header"}], "/blocks/0/text", "missing required field"),
    ([{"type": "header", "text": mrkdwn("x")}], "/blocks/0/text/type", "plain_text"),
    ([{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text", "less than 151"),
    ([{"type": "section"}], "/blocks/0", "`text` or `fields`"),
    (section(text=plain("")), "/blocks/0/text/text", "more than 0"),
    (section(text=plain(" \n")), "/blocks/0/text/text", "more than 0"),
    (section(text=mrkdwn("x" * 3001)), "/blocks/0/text/text", "at most 3000"),
    (section(text={"type": "markdown", "text": "x"}), "/blocks/0/text", "unsupported type: markdown"),
    (section(text={**plain("x"), "verbatim": True}), "/blocks/0/text/verbatim", "additional property"),
    (section(text={**mrkdwn("x"), "emoji": True}), "/blocks/0/text/emoji", "additional property"),
    (section(fields=[plain("x")] * 11), "/blocks/0/fields", "no more than 10"),
    (section(fields=[plain("x" * 2001)]), "/blocks/0/fields/0", "less than 2001"),
    (section(accessory=FEEDBACK["elements"][0]), "/blocks/0/accessory", "unsupported type"),
    ([{"type": "context", "elements": [mrkdwn("x")] * 11}], "/blocks/0/elements", "no more than 10"),
    ([{"type": "context", "elements": [button()]}], "/blocks/0/elements/0", "unsupported type: button"),
    ([{"type": "context", "elements": []}], "/blocks/0/elements", "no fewer than 1"),
    (actions(*(button(action_id=f"a{n}") for n in range(26))), "/blocks/0/elements", "no more than 25"),
    (actions(button(), button()), "/blocks", "action_id already in use in its block: go"),
    (actions(button(text=plain("x" * 76))), "/blocks/0/elements/0/text", "less than 76"),
    (actions(button(value="x" * 2001)), "/blocks/0/elements/0/value", "at most 2000"),
    (actions(button(style="success")), "/blocks/0/elements/0/style", "primary"),
    (actions(button(url="javascript:alert(1)")), "/blocks/0/elements/0/url", "match"),
    (actions(button(confirm={**CONFIRM, "confirm": plain("x" * 31)})), "/blocks/0/elements/0/confirm/confirm", "31"),
    (
        actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "/blocks/0/elements/0/options",
        "no more than 5",
    ),
    (actions({"type": "overflow", "options": [option(), option()]}), "/blocks/0/elements/0", "used twice: a"),
    (actions({"type": "static_select"}), "/blocks/0/elements/0", "exactly one of these"),
    (
        actions({"type": "static_select", "options": [option(str(n)) for n in range(101)]}),
        "/blocks/0/elements/0/options",
        "no more than 100",
    ),
    (
        actions({"type": "static_select", "options": [option()], "initial_option": option("b")}),
        "/blocks/0/elements/0",
        "none of the options",
    ),
    (
        actions({"type": "multi_static_select", "options": [option()], "initial_options": [option("b")]}),
        "/blocks/0/elements/0",
        "none of the options",
    ),
    (
        actions({"type": "checkboxes", "options": [option()], "initial_options": [option("b")]}),
        "/blocks/0/elements/0",
        "none of the options",
    ),
    (actions({"type": "timepicker", "initial_time": "25:00"}), "/blocks/0/elements/0/initial_time", "match"),
    ([{"type": "image", "alt_text": "x"}], "/blocks/0", "exactly one of these"),
    ([entry({"type": "file_input"})], "/blocks/0/element", "unsupported type: file_input"),
    (
        [entry({"type": "plain_text_input", "min_length": 5, "max_length": 2})],
        "/blocks/0/element",
        "min_length is over",
    ),
    (
        [entry({"type": "number_input", "is_decimal_allowed": True, "min_value": "5", "max_value": "2"})],
        "/blocks/0/element",
        "min_value is over",
    ),
    ([rich({"type": "text", "text": ""})], "/blocks/0/elements/0/elements/0/text", "at least 1"),
    ([rich({"type": "text", "text": "x", "size": 2})], "/blocks/0/elements/0/elements/0/size", "additional"),
    ([rich({"type": "user", "user_id": "dana"})], "/blocks/0/elements/0/elements/0/user_id", "match"),
    ([{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}], "/blocks/0/rows/0/0/text", "at least 1"),
    ([{"type": "table", "rows": [CELLS * 7]}], "/blocks/0/rows/0", "no more than 20"),
    ([{"type": "table", "rows": [CELLS]}] * 2, "/blocks", "only_one_table_allowed"),
    (
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 10_001}]]}],
        "/blocks/0",
        "10,000 characters",
    ),
    (
        [{"type": "data_table", "caption": "c", "rows": [[{"type": "raw_text", "text": "x" * 5001}]] * 2}],
        "/blocks/0",
        "10,000 characters",
    ),
    ([{"type": "markdown", "text": "x" * 6001}] * 2, "/blocks", "12,000 characters"),
    ([{"type": "carousel", "elements": [CARD] * 11}], "/blocks/0/elements", "no more than 10"),
    (
        [{"type": "container", "child_blocks": [{"type": "container", "child_blocks": [RICH]}]}],
        "/blocks/0/child_blocks/0",
        "unsupported type: container",
    ),
    (
        [
            {"type": "container", "child_blocks": [{"type": "divider", "block_id": "a"}]},
            {"type": "divider", "block_id": "a"},
        ],
        "/blocks",
        "block_id already in use: a",
    ),
]

TYPED = {"type": "plain_text_input", "action_id": "typed"}
REFUSED_VIEWS: list[tuple[str, Block, str, str]] = [
    ("modal", {**MODAL, "title": plain("x" * 25)}, "/view/title", "less than 25"),
    ("modal", {**MODAL, "title": mrkdwn("x")}, "/view/title/type", "plain_text"),
    ("modal", {"type": "modal", "blocks": []}, "/view/title", "missing required field"),
    ("modal", {**MODAL, "type": "home"}, "/view/type", "modal"),
    ("modal", {**MODAL, "private_metadata": "x" * 3001}, "/view/private_metadata", "at most 3000"),
    ("modal", {**MODAL, "blocks": [{"type": "divider"}] * 101}, "/view/blocks", "no more than 100"),
    ("modal", {**MODAL, "blocks": [FEEDBACK]}, "/view/blocks/0", "unsupported type: context_actions"),
    ("modal", {**MODAL, "blocks": [entry(TYPED)]}, "/view/submit", "needs a submit"),
    ("modal", {**MODAL, "notify": True}, "/view/notify", "additional property"),
    (
        "modal",
        {
            **MODAL,
            "submit": plain("Go"),
            "blocks": [entry(TYPED | {"focus_on_load": True}) | {"block_id": name} for name in ("a", "b")],
        },
        "/view/blocks",
        "focus_on_load on more than one",
    ),
    ("home", {"type": "home", "blocks": [], "title": plain("x")}, "/view/title", "additional property"),
    ("home", {"type": "home", "blocks": [{"type": "table", "rows": [CELLS]}]}, "/view/blocks/0", "table"),
    ("home", {"type": "home", "blocks": [entry({"type": "file_input"})]}, "/view/blocks/0/element", "file_input"),
]
