"""Every page brings its own look: nothing is fetched from another site, and fonts can be kept."""

import re
from hashlib import sha256

from tests.house import tree

STATIC = tree.ROOT / "booking" / "static"
#: Sent within each picture, which can fetch nothing.
IN_PICTURES = STATIC / "fonts" / "fairplace-sans-charts.woff2"
STYLES = sorted(STATIC.glob("**/*.css"))
#: What a page or a style loads by itself, as against a link that somebody follows.
LOADED = re.compile(
    r"<(?:link|script|img|source|iframe|video|audio|embed)\b[^>]*?"
    r"\b(?:href|src|srcset)=[\"'](?:https?:)?//|@import\b|@font-face[^}]*(?:https?:)?//",
    re.IGNORECASE,
)
FETCHED = re.compile(r"url\(\s*[\"']?([^\"')]+)")
ORIGIN = re.compile(r"\A(?:https?:)?//")


def test_no_page_loads_a_font_a_style_or_a_picture_from_another_site():
    pages = sorted((tree.ROOT / "templates").glob("**/*.html"))
    found = [str(page) for page in pages if LOADED.search(page.read_text())]

    assert found == []
    assert LOADED.search('<link rel="stylesheet" href="https://fonts.example/a.css">')
    assert LOADED.search('<script defer src="//scripts.example/a.js">')


def test_no_style_loads_anything_from_another_site():
    fetched = [url for style in STYLES for url in FETCHED.findall(style.read_text())]

    assert len(fetched) >= 3
    assert [url for url in fetched if ORIGIN.match(url)] == []


def test_the_address_of_each_font_names_its_content():
    asked = re.findall(r"url\(\"(fonts/[^\"]+)\"\)", (STATIC / "theme.css").read_text())
    fonts = sorted(set((STATIC / "fonts").glob("*.woff2")) - {IN_PICTURES})

    assert sorted(asked) == [f"fonts/{font.name}?v={version(font)}" for font in fonts]


def test_the_fonts_together_are_small():
    assert sum(font.stat().st_size for font in (STATIC / "fonts").glob("*.woff2")) < 120_000


def version(font):
    return sha256(font.read_bytes()).hexdigest()[:8]
