"""A form as a page shows it, and what a browser sends."""

from typing import Any

from bs4 import Tag
from werkzeug.test import TestResponse

from tests.page import soup

NOT_SENT = {"submit", "button", "file"}


def form_on(response: TestResponse, *, action: str = "") -> Tag:
    """Return the form of a page that posts to `action`, or to the page's own address."""
    path = response.request.path
    wanted = {action} if action else {"", path}
    forms = soup(response).select("main form[method=post]")
    found = [form for form in forms if form.get("action", "") in wanted]
    assert found, f"no form on {path} posts to {wanted}"
    return found[0]


def sent(form: Tag, **typed: Any) -> dict[str, Any]:
    """Return what a browser sends of a form on a page, with something typed into it."""
    values: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), str(field.get("type", "text"))
        if field.name == "select":
            options = field.select("option")
            chosen = [o for o in options if o.has_attr("selected")] or options[:1]
            values[name] = [str(o.get("value", "")) for o in chosen]
        elif field.name == "textarea":
            values[name] = field.get_text().removeprefix("\n")
        elif kind in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                values.setdefault(name, []).append(str(field.get("value", "on")))
        elif kind not in NOT_SENT:
            values[name] = str(field.get("value", ""))
    return {**values, **typed}
