"""Phrases that nobody would say aloud, and that have left pages, mails and messages for good."""

import ast
import re

import pytest

from tests.house import tree

#: What nobody would say aloud, with what we say instead. One in capitals is meant so.
SAID_INSTEAD = {
    "is yours from now on": "You are now coordinator for Tindlebrook",
    "wait in line": "You are second in the queue",
    "waits in line": "You are second in the queue",
    "stand behind those": "Late requests go behind those made on time",
    "made in time": "made on time",
    "give the place on": "pass the place on",
    "give it on": "pass it on",
    "been given on": "The places have gone to the next schools",
    "Take away": "Remove",
    "Take off": "Remove",
    "invitation is taken back": "The invitation is cancelled",
    "telephone’s camera": "Scan with your phone",
    "this machine alone": "this demonstration only works on this computer",
    "chairs enough": "enough chairs",
    "say until": "Tell us by 4pm on Thursday 3 December which …",
    "pupils wish for": "Our pupils’ choices",
    "all wishes are in": "marked as complete",
    "the way to the day": "Key dates",
    "go on writing": "Edit draft",
    "whom you may": "Pupils you can put forward",
    "name into place": "Give them places",
    "stays as before": "Nobody else has changed",
    "another number of places": "Change your request",
    "is open from": "This register opens on Friday 19 February",
    "nobody named yet": "No accompanying adult yet",
    "accompanied by nobody": "No accompanying adult yet",
    "taken the post over": "has taken over",
    "knows by e-mail": "has been told by e-mail",
    "gets a mail": "is e-mailed",
    "get a mail": "are e-mailed",
    "hears by mail": "is e-mailed",
    "ask them, not us": "Please contact them about these dates",
    "replies missing": "2 parents have not replied",
    "reply missing": "1 parent has not replied",
    "replies still to come": "2 parents have not replied",
    "reply still to come": "1 parent has not replied",
    "place of before": "the earlier day and place",
    "so little": "The smallest card payment is 30p",
    "With us": "Received",
    "where it stands": "Status",
    "told to nobody": "We tell nobody",
    "goes back by itself": "is returned automatically",
    "given back to your card": "returned to your card",
    "nothing is to be paid": "there is nothing to pay",
    "nothing more is to be paid": "there is nothing more to pay",
    "comes to nothing": "fails",
    "was decided already": "has already been decided",
    "billed anew": "billed again",
    "Go to the bank": "Pay by card",
    "waiting for the bank": "Your payment is being confirmed",
    "cannot become paid": "This invoice has already been paid",
    "whom you would rather": "Untick anyone you would rather not send",
}
#: In a sentence, a time comes before its day: "by 4pm on Friday 12 June 2026".
LISTED_TIME = re.compile(
    r"""\b(by|until|before|since|on)\ (<strong>)?("\ ~\ |\{\{\ )[a-z_.]+\|moment\b""",
    re.IGNORECASE | re.VERBOSE,
)


def wrong(text):
    """Return the phrases in a text that nobody would say, each with what we say instead."""
    text = " ".join(text.split())
    small = text.lower()
    return [
        f"“{phrase}”: say “{better}”"
        for phrase, better in SAID_INSTEAD.items()
        if phrase in (small if phrase.islower() else text)
    ]


def strings(module):
    """Yield the texts in a module, except docstrings and what f-strings put in."""
    inside = {
        id(part)
        for node in ast.walk(module)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(getattr(part, "value", "")) for part in node.values)
        elif isinstance(node, ast.Constant) and id(node) not in inside | docstrings:
            yield str(node.value)


def test_pages_and_mails_have_none_of_them():
    assert [
        f"{path}: {phrase}"
        for path, text in tree.templates(".html", ".txt", ".typ").items()
        for phrase in wrong(text)
    ] == []


def test_messages_have_none_of_them():
    assert [
        f"{source.path}: {phrase}"
        for source in tree.under("booking/")
        for text in strings(source.tree)
        for phrase in wrong(text)
    ] == []


def test_a_time_in_a_sentence_comes_before_its_day():
    assert [
        f"{path}:{number}: use the filter in_sentence: {line.strip()}"
        for path, text in tree.templates(".html", ".txt").items()
        for number, line in enumerate(text.splitlines(), start=1)
        if LISTED_TIME.search(line)
    ] == []


@pytest.mark.parametrize(
    "code",
    [
        'flash(f"{name} has taken the post over.")',
        """words = "Nobody: give the " f"place on ({name})" """,
        """return "2 replies " "missing" """,
    ],
)
def test_such_a_phrase_in_code_is_found(code):
    assert [phrase for text in strings(ast.parse(code)) for phrase in wrong(text)]


def test_such_a_phrase_in_a_docstring_is_left_to_the_reader():
    assert list(strings(ast.parse('def name():\n    """Take back a match."""'))) == []


@pytest.mark.parametrize("said", SAID_INSTEAD.values())
def test_what_we_say_instead_is_none_of_them(said):
    assert wrong(said) == []


@pytest.mark.parametrize(
    "template",
    [
        "Reply by {{ reply_by_at|moment }}.",
        """{{ notice("You can ask until " ~ event.requests_close_at|moment) }}""",
        "It ends on <strong>{{ at|moment }}</strong>",
    ],
)
def test_a_listed_time_in_a_sentence_is_found(template):
    assert LISTED_TIME.search(template)
