"""A page to look at: nothing on it can be typed, sent or followed.

It is made of the page itself, so that a preview is never a copy that has been forgotten.
"""

import re

_FORM = re.compile(r"<form\b[^>]*?(\sclass=\"[^\"]*\")?>")
_HIDDEN = re.compile(r"<input type=\"hidden\"[^>]*>")
#: A link that leads off the page; one within it may be followed.
_LINK = re.compile(r"<a\b([^>]*?)\shref=\"[^\"#][^\"]*\"([^>]*)>")
_BACK = re.compile(r"<nav aria-label=\"Back\">.*?</nav>", re.DOTALL)
_MAIN = re.compile(r"<main\b[^>]*>")


def read_only(page: str, *, above: str) -> str:
    """Return a page whose main part can only be read, with `above` before everything in it."""
    page = _BACK.sub("", page)
    begins = _MAIN.search(page)
    assert begins is not None, "a page has a main part"
    body, end, rest = page[begins.end() :].partition("</main>")
    for pattern, instead in (
        (_HIDDEN, ""),
        (_FORM, r"<fieldset disabled\1>"),
        (_LINK, r'<a\1 role="link" aria-disabled="true"\2>'),
    ):
        body = pattern.sub(instead, body)
    body = body.replace("</form>", "</fieldset>")
    return f"{page[: begins.end()]}{above}{body}{end}{rest}"
