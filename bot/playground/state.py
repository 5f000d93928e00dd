"""What stands in the inputs of a message or view: `state.values`, and the action that tells of one of them."""

from collections.abc import Iterator

from bot.playground.model import ActError, Blocks, JsonObject
from bot.playground.walk import inside, nested

# Element type -> the field of an action or of state.values that holds its value.
VALUE_FIELDS = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "overflow": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
}
# The field that holds an element's first value.
INITIAL_FIELDS = {
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "value": "initial_value",
    "rich_text_value": "initial_value",
}
PRESSED = ("button", "feedback_buttons", "icon_button", "workflow_button")
STATELESS = ("overflow", "image", "file_input", *PRESSED)
MANY = ("selected_options", "selected_users", "selected_conversations", "selected_channels")


def elements(blocks: Blocks) -> Iterator[tuple[JsonObject, JsonObject]]:
    """Every interactive element with the block it stands in."""
    for block in nested(blocks):
        for element in inside(block):
            if "action_id" in element:
                yield block, element


def find_element(blocks: Blocks, action_id: str, block_id: str | None = None) -> tuple[JsonObject, JsonObject]:
    """The block and the element of that action id (in that block, if one is named).

    Raises:
        ActError: there is none.
    """
    for block, element in elements(blocks):
        if element["action_id"] == action_id and block_id in (None, block["block_id"]):
            return block, element
    there = ", ".join(element["action_id"] for _, element in elements(blocks)) or "nothing to press"
    raise ActError(f"There is no element {action_id!r} here; there is {there}.")


def state_values(blocks: Blocks, given: JsonObject | None = None) -> JsonObject:
    """`state.values` of these blocks: what was `given` in the same form, and the initial value of the rest."""
    values: JsonObject = {}
    for block, element in elements(blocks):
        kind = element["type"]
        if kind in STATELESS:
            continue
        name = VALUE_FIELDS[kind]
        said = _part(_part(given, block["block_id"]), element["action_id"])
        value = said[name] if name in said else element.get(INITIAL_FIELDS[name], [] if name in MANY else None)
        values.setdefault(block["block_id"], {})[element["action_id"]] = {"type": kind, name: value or _nothing(name)}
    return values


def state_from(blocks: Blocks, plain: dict[str, object]) -> JsonObject:
    """`state.values` from plain values by action id or block id, as a test writes them: `{"question": "PMF?"}`."""
    given: JsonObject = {}
    left = dict(plain)
    for block, element in elements(blocks):
        key = next((key for key in (element["action_id"], block["block_id"]) if key in left), None)
        if key is not None:
            name = value_field(element)
            given.setdefault(block["block_id"], {})[element["action_id"]] = {name: resolve(element, left.pop(key))}
    if left:
        raise ActError(f"There is no input named {', '.join(sorted(left))} here.")
    return state_values(blocks, given)


def action_of(block: JsonObject, element: JsonObject, value: object, action_ts: str) -> JsonObject:
    """One entry of a block_actions payload's `actions`."""
    kind = element["type"]
    action: JsonObject = {"type": kind, "block_id": block["block_id"], "action_id": element["action_id"]}
    if kind in PRESSED:
        action |= {key: element[key] for key in ("text", "value", "style") if key in element}
        if kind == "feedback_buttons":
            action |= _feedback(element, value)
    else:
        action[value_field(element)] = resolve(element, value)
    return action | {"action_ts": action_ts}


def value_field(element: JsonObject) -> str:
    """The field that holds the element's value.

    Raises:
        ActError: it takes files, of which the playground keeps none.
    """
    if element["type"] not in VALUE_FIELDS:
        raise ActError(f"A {element['type']} cannot be used in the playground.")
    return VALUE_FIELDS[element["type"]]


def resolve(element: JsonObject, value: object) -> object:
    """The value in Slack's form: an option may be named by its value or by its text."""
    name = value_field(element)
    if name == "selected_option" and isinstance(value, str):
        return _option(element, value)
    if name == "selected_options" and isinstance(value, list):
        return [_option(element, each) if isinstance(each, str) else each for each in value]
    return value


def missing_inputs(blocks: Blocks, values: JsonObject) -> dict[str, str]:
    """What Slack's own window refuses before the app hears of it: block id -> a sentence."""
    errors = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        entry = values.get(block["block_id"], {}).get(element.get("action_id"), {})
        value = entry.get(VALUE_FIELDS.get(element["type"], ""))
        if not value and not block.get("optional"):
            errors[block["block_id"]] = "Please complete this required field."
        elif isinstance(value, str) and value:
            errors |= _length_error(block["block_id"], element, value)
    return errors


def _length_error(block_id: str, element: JsonObject, value: str) -> dict[str, str]:
    if len(value) < element.get("min_length", 0):
        return {block_id: f"Please write at least {element['min_length']} characters."}
    if len(value) > element.get("max_length", 3000):
        return {block_id: f"Please write at most {element.get('max_length', 3000)} characters."}
    return {}


def _nothing(name: str) -> object:
    return [] if name in MANY else None


def _part(values: JsonObject | None, key: str) -> JsonObject:
    part = values.get(key) if values else None
    return part if isinstance(part, dict) else {}


def _option(element: JsonObject, wanted: str) -> JsonObject:
    groups = element.get("option_groups", [])
    options: Blocks = [*element.get("options", []), *(option for group in groups for option in group["options"])]
    for option in options:
        if wanted in (option.get("value"), option["text"]["text"]):
            return option
    there = ", ".join(option.get("value", option["text"]["text"]) for option in options) or "none"
    raise ActError(f"There is no option {wanted!r}; there is {there}.")


def _feedback(element: JsonObject, value: object) -> JsonObject:
    buttons = (element["positive_button"], element["negative_button"])
    pressed = next((button for button in buttons if button["value"] == value), None)
    if pressed is None:
        raise ActError(f"There is no feedback button with the value {value!r}.")
    return {"text": pressed["text"], "value": pressed["value"]}
