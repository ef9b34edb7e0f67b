"""Turns that nobody says aloud, each with what a British teacher, parent or treasurer would say."""

import pytest

from tests.house import tree

#: A pattern for each, and what to say instead.
SAY_INSTEAD = {
    r"\bWith us\b": "Received",
    r"[\"']Stands[\"']": "Status",
    r"\b[Ww]here it stands\b": "Status",
    r"\bpay so little\b": "The smallest card payment is 30p",
    r"\bthat is \w+ cannot become \w+\b": "This invoice has already been paid",
    r"\b[Tt]old to nobody\b": "We tell nobody",
    r"\bwhoever is signed in\b": "the signed-in person",
    r"\b[Gg]ive the place on\b": "Pass the place on",
    r"\bGo to the bank\b": "Pay by card",
    r"\bGo on writing\b": "Edit draft",
    r"\bchairs enough\b": "enough chairs",
    r"\bName into places\b": "Give them places",
    r"\bDone\. Saved\b": "Saved",
    r"\bwhom you would rather not\b": "Untick anyone",
}


def turns(text):
    """Return each line with a turn that nobody says, with its number and what to say instead."""
    return [
        f"{number}: say “{better}”: {line.strip()}"
        for pattern, better in SAY_INSTEAD.items()
        for number, line in tree.lines_matching(text, pattern)
    ]


def test_pages_mails_and_code_say_things_as_people_do():
    written = {source.path: source.text for source in tree.under("booking/")}
    written |= tree.templates(".html", ".txt", ".typ")

    assert [f"{path}:{turn}" for path, text in written.items() for turn in turns(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        'stats([("With us", pence|money)])',
        'cell("Stands", line.words)',
        "<p>No card can pay so little.</p>",
        "An invoice that is paid cannot become paid.",
        "Untick whom you would rather not send.",
    ],
)
def test_a_turn_that_nobody_says_is_found(text):
    assert turns(text)


@pytest.mark.parametrize("text", ["Pay with us at the school", "Status", "It stands empty."])
def test_plain_words_are_left_alone(text):
    assert turns(text) == []
