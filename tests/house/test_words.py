"""One word for one thing: the glossary's, in code and on pages."""

import ast
import re

from bs4 import BeautifulSoup

from tests.house import tree

GLOSSARY = "docs/glossary.md"
#: Words that mean what another word already means here. The glossary's column "not" adds more.
SYNONYMS = {
    "attendee": "pupil",
    "canceled": "cancelled",
    "guardian": "parent",
    "organizer": "host",
    "seat": "place",
    "slot": "place",
    "student": "pupil",
    "voucher": "remission",
    "waitlist": "reserve",
}


def synonyms():
    """Return each word that is not ours, with the word that is."""
    return {**SYNONYMS, **glossary_synonyms(tree.document(GLOSSARY))}


def glossary_synonyms(text):
    """Return the single words in the column "not" of the glossary's tables."""
    words, column = {}, None
    for line in text.splitlines():
        cells = [cell.strip(" *`") for cell in line.strip().strip("|").split("|")]
        if not line.lstrip().startswith("|"):
            column = None
        elif column is None:
            titles = [cell.lower() for cell in cells]
            column = next((n for n, title in enumerate(titles) if re.match(r"not\b", title)), -1)
        elif 0 <= column < len(cells):
            for word in cells[column].split(","):
                if re.fullmatch(r"[a-z]{3,}", word.strip(" *`").lower()):
                    words[word.strip(" *`").lower()] = cells[0]
    return words


def names_given(module):
    """Yield each name that a module gives to something, with its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


def words_of(name):
    """Return the words of a name in code, in the singular as far as an s goes."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    return {form for part in parts for form in (part.lower(), part.lower().removesuffix("s"))}


def page_words(template):
    """Return the words that a template shows, without its tags and expressions."""
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", template, flags=re.DOTALL)
    shown = BeautifulSoup(text, "html.parser").get_text(" ")
    return {form for word in re.findall(r"[A-Za-z]+", shown) for form in words_of(word.lower())}


def test_code_uses_the_words_of_the_glossary():
    wrong = [
        f"{source.path}:{line}: {name}: say {ours}, not {word}"
        for source in tree.under("booking/", "config.py")
        for name, line in names_given(source.tree)
        for word, ours in synonyms().items()
        if word in words_of(name)
    ]

    assert wrong == []


def test_pages_use_the_words_of_the_glossary():
    wrong = [
        f"{path}: say {ours}, not {word}"
        for path, text in tree.templates(".html", ".txt").items()
        for word, ours in synonyms().items()
        if word in page_words(text)
    ]

    assert wrong == []


def test_the_glossary_can_be_read():
    text = (
        "| Word | Meaning | Not |\n|---|---|---|\n| place | one chair | `seat`, spot, a chair |\n"
    )

    assert glossary_synonyms(text) == {"seat": "place", "spot": "place"}
