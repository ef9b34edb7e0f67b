"""One word for each thing, in code and on pages; and functions that say what they do."""

import ast
import re
from functools import cache

import pytest
from bs4 import BeautifulSoup

from tests.house import tree

GLOSSARY = "docs/glossary.md"
#: Words for which we already have another. The glossary's column "not" adds more.
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
#: Where such a word is meant all the same: a bus has seats, and an event has places.
MEANT = {"seat": ("on_the_day/travel/", "domain/travelling.py", "emails/seats_news.")}
#: How docstrings begin that describe a thing; a function's should say what it does.
NOT_A_VERB = {"a", "an", "each", "every", "how", "the", "what", "whether"}


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


def is_meant(word, path):
    """Return whether a word is the right one in this file."""
    return any(part in str(path) for part in MEANT.get(word, ()))


def names_given(module):
    """Yield each name that a module gives to something, with its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


@cache
def words_of(name):
    """Return the words of a name in code, in the singular as far as an s goes."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    return frozenset(
        form for part in parts for form in (part.lower(), part.lower().removesuffix("s"))
    )


def page_words(template):
    """Return the words that a template shows, without its tags and expressions."""
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", template, flags=re.DOTALL)
    shown = BeautifulSoup(text, "html.parser").get_text(" ")
    return {
        form for word in set(re.findall(r"[A-Za-z]+", shown)) for form in words_of(word.lower())
    }


def test_code_uses_the_words_of_the_glossary():
    ours = synonyms()
    wrong = [
        f"{source.path}:{line}: {name}: say {ours[word]}, not {word}"
        for source in tree.under("booking/")
        for name, line in names_given(source.tree)
        for word in words_of(name) & ours.keys()
        if not is_meant(word, source.path)
    ]

    assert wrong == []


def test_pages_use_the_words_of_the_glossary():
    ours = synonyms()
    wrong = [
        f"{path}: say {ours[word]}, not {word}"
        for path, text in tree.templates(".html", ".txt").items()
        for word in page_words(text) & ours.keys()
        if not is_meant(word, path)
    ]

    assert wrong == []


#: A singular and a plural chosen by hand in a template; `plural` and `agree` do it.
PLURAL_BY_HAND = r"""["'] if (?:(?! and | or )[^"'])*[!=]= ?1 else |if [^"'%{}]+ == 1 \["""


def is_plural_by_hand(node):
    """Return whether an expression chooses between two texts depending on whether a number is 1."""
    return (
        isinstance(node, ast.IfExp)
        and isinstance(node.test, ast.Compare)
        and isinstance(node.test.ops[0], ast.Eq | ast.NotEq)
        and isinstance(one := node.test.comparators[0], ast.Constant)
        and one.value == 1
        and all(is_text(arm) for arm in (node.body, node.orelse))
    )


def is_text(node):
    return isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str)


def test_plurals_are_made_in_one_place():
    by_hand = [
        f"{source.path}:{node.lineno}: use english.plural or english.agree"
        for source in tree.under("booking/", "bench/")
        if source.path != "booking/domain/english.py"
        for node in ast.walk(source.tree)
        if is_plural_by_hand(node)
    ] + [
        f"{path}:{number}: use the filter plural or agree: {line}"
        for path, text in tree.templates(".html", ".txt", ".typ").items()
        for number, line in tree.lines_matching(text, PLURAL_BY_HAND)
    ]

    assert by_hand == []


@pytest.mark.parametrize(
    "code",
    [
        "f\"{count} {'charge' if count == 1 else 'charges'}\"",
        "'1 place' if event.places == 1 else f'{event.places:,} places'",
        "'s' if len(names) != 1 else ''",
    ],
)
def test_a_plural_made_by_hand_is_found(code):
    assert any(map(is_plural_by_hand, ast.walk(ast.parse(code))))


@pytest.mark.parametrize(
    "template",
    [
        """{{ "1 more place" if others == 1 else others ~ " more places" }}""",
        """{{ n }} {{ 'was' if n == 1 else 'were' }}""",
        """{{ (" invoice" if owing|length == 1 else " invoices") }}""",
        """#if roster.total == 1 [pupil] else [pupils]""",
    ],
)
def test_a_plural_made_by_hand_in_a_template_is_found(template):
    assert re.search(PLURAL_BY_HAND, template)


def test_the_glossary_can_be_read():
    text = (
        "| Word | Meaning | Not |\n|---|---|---|\n| place | one chair | `seat`, spot, a chair |\n"
    )

    assert glossary_synonyms(text) == {"seat": "place", "spot": "place"}


def documented(*folders):
    """Yield each function that says what it does: place, what it is, first line."""
    for source in tree.under(*folders):
        for function in tree.functions(source.tree):
            text = ast.get_docstring(function)
            if text:
                yield f"{source.path}:{function.lineno}", function, text.splitlines()[0]


def is_thing(function):
    """Return whether a function is read like an attribute, so that a noun may describe it."""
    return any("property" in ast.unparse(decorator) for decorator in function.decorator_list)


def test_no_docstring_speaks_of_this_function():
    spoken = re.compile(r"This (?:function|method|class|module) (?:will|is|does|returns)\b")

    assert [
        f"{source.path}: {found.group()}"
        for source in tree.sources()
        if source.path != "tests/house/test_words.py"
        for found in spoken.finditer(source.text)
    ] == []


def test_a_functions_first_line_begins_with_a_verb():
    wrong = [
        f"{place}: {line}"
        for place, function, line in documented("booking/", "bench/")
        if line.split()[0].lower() in NOT_A_VERB and not is_thing(function)
    ]

    assert wrong == []
