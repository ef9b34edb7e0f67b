"""Each promise of all pages, broken: it is missed at a glance, and said when looked at closely."""

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests import page
from tests.outline import is_sound

SOUND = """<!doctype html>
<html lang="en-GB"><head><title>Error: Puzzles &amp; games – Fairplace</title>
<link rel="stylesheet" href="/static/theme.css"><script src="/static/a.js" defer></script>
<script type="application/json" id="facts">{"a": "b"}</script></head>
<body><!-- a remark with <b>marks</b> --><h1>Puzzles &amp; <em>games</em></h1>
<a href="#main">Go to the page</a> <a href="/about" aria-label="About us"></a>
<a href="/"><img src="/logo.svg" alt="Home"></a><img src="/line.svg" alt="">
<svg role="img"><title>A drawing</title></svg>
<main id="main"><form method="post" action="/sign-out">
<input type="hidden" name="csrf_token" value="x"><button>Sign out</button></form>
<form method="post"><input type="hidden" name="csrf_token" value="x">
<input type="hidden" name="form_key" value="y"><p id="hint">As on the list.</p>
<label for="name">Name</label><input id="name" name="name" aria-describedby="hint" required>
<label>Year <select name="year"><option value="5" selected>Year 5</option></select></label>
<textarea name="note" aria-label="Note">1 &lt; 2</textarea>
<button name="do" value="save">Save</button></form></main></body></html>
"""
BROKEN = {
    "no heading": ("<h1>Puzzles &amp; <em>games</em></h1>", ""),
    "two headings": ("<main ", "<h1>Puzzles</h1><main "),
    "another title": ("Error: Puzzles", "Riddles"),
    "no title": ("<title>Error: Puzzles &amp; games – Fairplace</title>", ""),
    "no language": (' lang="en-GB"', ""),
    "an id used twice": ('id="hint"', 'id="main"'),
    "a description that is not there": ('describedby="hint"', 'describedby="hint more"'),
    "a link to a part that is not there": ('href="#main"', 'href="#top"'),
    "a field without a label": ('<label for="name">Name</label>', ""),
    "a label without words": (">Name</label>", "> </label>"),
    "a label of another field": ('for="name"', 'for="year"'),
    "a label around a field without words": (
        '<label>Year <select name="year"><option value="5" selected>Year 5</option></select>',
        '<label> <input name="year">',
    ),
    "a text without a label": (' aria-label="Note"', ""),
    "a picture without words for it": (' alt=""', ""),
    "a link without words": ('alt="Home"', 'alt=""'),
    "a link without a name": (' aria-label="About us"', ""),
    "a button without words": (">Save<", "><"),
    "a form without a token": ('<input type="hidden" name="csrf_token" value="x">\n', ""),
    "a form with an empty token": ('name="csrf_token" value="x"', 'name="csrf_token" value=""'),
    "a form without a key": ('<input type="hidden" name="form_key" value="y">', ""),
    "a form for another site": (
        '<form method="post">',
        '<form method="post" action="//x.example/">',
    ),
    "a script in the page": ("</body>", "<script>alert(1)</script></body>"),
    "a style in the page": ("</body>", "<style>p {}</style></body>"),
    "a style of an element": ("<main ", '<main style="color: red" '),
    "a handler": ("<main ", '<main onclick="go()" '),
    "a handler in capitals": ("<main ", '<main ONCLICK="go()" '),
    "a picture from another site": ("/logo.svg", "https://x.example/logo.svg"),
    "a script from another site": ("/static/a.js", "//x.example/a.js"),
    "a style sheet from another site": ("/static/theme.css", "http://x.example/theme.css"),
    "a link that is a script": ('href="/about"', 'href="javascript:go()"'),
    "a link that is a script in disguise": ('href="/about"', 'href="Java&#115;cript:go()"'),
}
#: Nothing is wrong in these, but they are not written plainly.
ODD = {
    "an attribute without quotes": ('id="hint"', "id=hint"),
    "an attribute in other quotes": ('id="hint"', "id='hint'"),
    "an element within its own kind": ("Puzzles &amp; ", '<a href="/">A <a href="/">b</a></a>'),
    "an element that ends elsewhere": ("<h1>Puzzles", "<label><h1>Puzzles</label>"),
    "a bare sign": ("As on", "1 < 2, as on"),
    "marks in a text": ("1 &lt; 2", '<label for="x">x</label>'),
    "marks in a script": ('{"a": "b"}', '{"a": "<b>"}'),
    "an element that never ends": ("</h1>", "</h1><button>x"),
}


def answer(text, app):
    response = app.test_client().get("/about", check=False)
    made = TestResponse([text.encode()], "200 OK", response.headers, response.request)
    made.headers["Content-Length"] = str(len(text.encode()))
    return made


def changed(was, becomes):
    assert was in SOUND
    return SOUND.replace(was, becomes)


def test_a_page_that_keeps_them_all_is_sound(app):
    assert is_sound(SOUND)
    assert isinstance(page.check_page(answer(SOUND, app)), BeautifulSoup)


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_whatever_is_broken_is_found_at_a_glance_and_said(app, change):
    text = changed(*change)

    assert not is_sound(text)
    with pytest.raises(AssertionError, match="/about:\n  "):
        page.keep_promises(answer(text, app))


@pytest.mark.parametrize("change", ODD.values(), ids=ODD)
def test_what_is_not_written_plainly_is_looked_at_closely(change):
    assert not is_sound(changed(*change))


def test_a_missing_header_is_said_of_a_sound_page_too(app):
    response = answer(SOUND, app)
    del response.headers["Strict-Transport-Security"]

    with pytest.raises(AssertionError, match="Strict-Transport-Security"):
        page.keep_promises(response)
