"""Stripe's own description of its API, and what it says about a request or an answer."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

#: Beside the repository: it is Stripe's, not ours.
PATH = Path(__file__).parents[5] / "shared" / "stripe" / "openapi.json"
MISSING = (
    f"{PATH} is not there: Stripe's description of its API cannot be checked against. "
    "Put Stripe's OpenAPI file there to run these checks."
)
FORM = "application/x-www-form-urlencoded"


def is_there() -> bool:
    """Return whether the description was found."""
    return PATH.exists()


@cache
def specification() -> Any:
    """Return the description with `nullable` turned into JSON Schema's own words."""
    return _json_schema(json.loads(PATH.read_text()))


def _json_schema(part: Any) -> Any:
    if isinstance(part, list):
        return [_json_schema(each) for each in part]
    if not isinstance(part, dict):
        return part
    found = {key: _json_schema(value) for key, value in part.items() if key != "nullable"}
    return {"anyOf": [found, {"type": "null"}]} if part.get("nullable") is True else found


def check_request(path: str, params: Any) -> None:
    """Raise jsonschema.ValidationError if Stripe would not know a parameter."""
    operation = specification()["paths"][path]["post"]
    schema = operation["requestBody"]["content"][FORM]["schema"]
    _validate(params, schema)


def check_query(path: str, params: Any) -> None:
    """Raise jsonschema.ValidationError when Stripe would not know a parameter of a reading call."""
    known = specification()["paths"][path]["get"]["parameters"]
    schema = {
        "type": "object",
        "properties": {each["name"]: each["schema"] for each in known if each["in"] == "query"},
        "additionalProperties": False,
    }
    _validate(params, schema)


def check_answer(name: str, thing: Any) -> None:
    """Raise jsonschema.ValidationError when an object is not of the shape that Stripe sends."""
    _validate(thing, {"$ref": f"#/components/schemas/{name}"})


def _validate(thing: Any, schema: Any) -> None:
    whole = {**schema, "components": specification()["components"]}
    # `validate` would check the whole description again each time.
    jsonschema.Draft202012Validator(whole).validate(thing)
