"""Two ways to walk through the site as a person does: without JavaScript, and in Chromium.

Both follow links and press buttons by their words, in the form that has them.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Protocol
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests import forms_on_pages

#: A file to choose in a form: its name and its bytes.
Upload = tuple[str, bytes]


class Walker(Protocol):
    """One person at one browser."""

    def go(self, url: str) -> None:
        """Open an address of the site."""

    def follow(self, words: str) -> None:
        """Follow the first link with these words."""

    def press(
        self, button: str, fields: Mapping[str, Any] | None = None, *, near: str = ""
    ) -> None:
        """Fill in the form that has `button` (in the part of the page about `near`); press it."""

    def choices(self, field: str) -> dict[str, str]:
        """Return what can be chosen in a field: value by words."""

    @property
    def text(self) -> str:
        """Return the words of the page."""


def local(url: str) -> str:
    """Return the path of an address on any host, so that links in mails can be opened here."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


class ScriptlessWalker:
    """A browser without JavaScript, using the test client."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page = BeautifulSoup()
        self.path = "/"

    def go(self, url: str) -> None:
        self._read(self.client.get(local(url), follow_redirects=True))

    def follow(self, words: str) -> None:
        links = [a for a in self.page.select("a[href]") if words in _words(a)]
        assert links, f"no link “{words}” on “{self.title}”:\n{self.text}"
        self.go(str(links[0]["href"]))

    def press(
        self, button: str, fields: Mapping[str, Any] | None = None, *, near: str = ""
    ) -> None:
        form, pressed = self._find(button, near)
        values = forms_on_pages.sent(form)
        if pressed.get("name"):
            values[str(pressed["name"])] = str(pressed.get("value", ""))
        for name, value in (fields or {}).items():
            assert name in _names(form), f"no field {name} beside “{button}”: {_names(form)}"
            values[name] = (BytesIO(value[1]), value[0]) if isinstance(value, tuple) else value
        self._send(form, pressed, values)

    def _send(self, form: Tag, pressed: Tag, values: dict[str, Any]) -> None:
        action = str(pressed.get("formaction") or form.get("action") or self.path)
        if str(form.get("method", "get")).lower() == "get":
            self._read(self.client.get(local(action), query_string=values, follow_redirects=True))
            return
        answer = self.client.post(
            local(action) or self.path,
            data=values,
            follow_redirects=True,
            content_type="multipart/form-data",
        )
        self._read(answer)

    def choices(self, field: str) -> dict[str, str]:
        options = self.page.select(f"select[name='{field}'] option")
        boxes = self.page.select(f"input[name='{field}']")
        found = {_words(option): str(option.get("value", "")) for option in options}
        for box in boxes:
            label = self.page.select_one(f"label[for='{box.get('id')}']")
            found[_words(label)] = str(box.get("value", ""))
        return found

    @property
    def text(self) -> str:
        return _words(self.page.select_one("body"))

    @property
    def title(self) -> str:
        return _words(self.page.title)

    def _find(self, button: str, near: str) -> tuple[Tag, Tag]:
        for candidate in self.page.select("form button, form input[type=submit]"):
            form = candidate.find_parent("form")
            about = candidate.find_parent(["tr", "li", "section", "form"])
            if form and button in _words(candidate) and (not near or near in _words(about)):
                return form, candidate
        raise AssertionError(f"no button “{button}” near “{near}” on “{self.title}”:\n{self.text}")

    def _read(self, answer: Any) -> None:
        assert answer.status_code in {200, 404, 410, 422}, f"{answer.request.path}: {answer.status}"
        self.page = BeautifulSoup(answer.text, "html.parser")
        self.path = answer.request.path


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag else ""


def _names(form: Tag) -> set[str]:
    return {str(field["name"]) for field in form.select("[name]")}


class ChromiumWalker:
    """Chromium, at the size of a person's screen."""

    def __init__(self, page: Any, base_url: str) -> None:
        self.page, self.base_url = page, base_url.rstrip("/")

    def go(self, url: str) -> None:
        self.page.goto(self.base_url + local(url))

    def follow(self, words: str) -> None:
        self.page.locator("a", has_text=words).first.click()
        self.page.wait_for_load_state()

    def press(
        self, button: str, fields: Mapping[str, Any] | None = None, *, near: str = ""
    ) -> None:
        buttons = self.page.locator("form button", has_text=button)
        if near:
            part = self.page.locator("tr, li, section, form", has_text=near)
            buttons = part.locator("form button, button", has_text=button)
        pressed = buttons.first
        form = pressed.locator("xpath=ancestor::form")
        for folded in form.locator("xpath=ancestor::details[not(@open)]").all():
            folded.locator("summary").first.click()
        for name, value in (fields or {}).items():
            self._fill(form, name, value)
        pressed.click()
        self.page.wait_for_load_state()

    def _fill(self, form: Any, name: str, value: Any) -> None:
        field = form.locator(f"[name='{name}']")
        for folded in field.first.locator("xpath=ancestor::details[not(@open)]").all():
            folded.locator("summary").first.click()
        if isinstance(value, tuple):
            content = {"name": value[0], "mimeType": "text/csv", "buffer": value[1]}
            field.set_input_files(content)
            return
        kind = field.first.evaluate("e => e.type")
        for each in value if isinstance(value, list) else [value]:
            if kind in {"checkbox", "radio"}:
                form.locator(f"[name='{name}'][value='{each}']").check(force=True)
            elif kind.startswith("select"):
                field.select_option(value)
            else:
                field.fill(str(each))

    def choices(self, field: str) -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate(
            """name => Object.fromEntries([
                ...[...document.querySelectorAll(`select[name="${name}"] option`)]
                    .map(o => [o.textContent, o.value]),
                ...[...document.querySelectorAll(`input[name="${name}"]`)].map(i => [
                    document.querySelector(`label[for="${i.id}"]`)?.textContent, i.value]),
            ].map(([w, v]) => [(w || "").replace(/\\s+/g, " ").trim(), v]))""",
            field,
        )
        return found

    @property
    def text(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())
