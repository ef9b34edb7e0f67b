"""What one person may write to many: to whom, the blanks filled in for each, and fair words.

A voluntary contribution is asked for without obligation (Education Act 1996, section 460), so what
a school writes to its families about such an event has no word that sounds like a debt.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum

from booking.domain.permissions import Action
from booking.domain.problems import Problem

SUBJECT_MAX = 120
TEXT_MAX = 8000
#: What a template may be called at most, and how many each school, or the network, may keep.
NAME_MAX, TEMPLATES_MAX = 80, 40
#: How long a school waits before it asks the same families again.
ASKED_AGAIN_AFTER = timedelta(days=3)


class Readership(StrEnum):
    """Whom a circular is for, whoever that is at the moment when it goes out."""

    EVERYBODY = "everybody"
    ROLES = "roles"
    PHASES = "phases"
    SCHOOLS_COMING = "schools_coming"
    SCHOOLS_SILENT = "schools_silent"
    FAMILIES_COMING = "families_coming"
    FAMILIES_SILENT = "families_silent"


OF_NETWORK = (Readership.EVERYBODY, Readership.ROLES, Readership.PHASES)
TO_SCHOOLS = (Readership.SCHOOLS_COMING, Readership.SCHOOLS_SILENT)
TO_FAMILIES = (Readership.FAMILIES_COMING, Readership.FAMILIES_SILENT)
#: What somebody must be allowed to do, at the host school or at the families' own, to write to
#: them: nobody but its own school writes to a family.
NEEDED: Mapping[Readership, Action] = {
    **dict.fromkeys(OF_NETWORK, Action.RUN_NETWORK),
    **dict.fromkeys(TO_SCHOOLS, Action.EDIT_EVENT),
    **dict.fromkeys(TO_FAMILIES, Action.REQUEST_PLACES),
}
#: What stands in braces in a text, and what it becomes in each copy.
BLANKS: Mapping[str, str] = {
    "name": "the reader’s name",
    "school": "the name of the reader’s school",
    "event": "the title of the event",
    "when": "the day and time of the event",
    "child": "the first name of the family’s child",
}
#: Stands in a ready text for what only the writer knows.
GAP = "____"
_BLANK = re.compile(r"\{([^{}\n]*)\}")
_DEBT = re.compile(
    r"\b(fees?|charges?|prices?|ow(?:e|es|ed|ing)|overdue|outstanding|unpaid|debts?|arrears"
    r"|must pay|have to pay)\b",
    re.IGNORECASE,
)


def blanks_of(readership: Readership) -> tuple[str, ...]:
    """Return the blanks that can be filled in for this readership."""
    if readership in OF_NETWORK:
        return ("name",) if readership is Readership.EVERYBODY else ("name", "school")
    of_event = ("name", "school", "event", "when")
    return (*of_event, "child") if readership in TO_FAMILIES else of_event


def blanks_of_subject(readership: Readership) -> tuple[str, ...]:
    """Return the blanks of a subject: whoever looks after the mail reads it, and no family's name.

    See the outbox, which shows the network lead every subject.
    """
    blanks = blanks_of(readership)
    if readership in TO_FAMILIES:
        return tuple(blank for blank in blanks if blank not in {"name", "child"})
    return blanks


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Return a text with its blanks filled in; what the facts do not name stays as it is."""
    return _BLANK.sub(lambda found: facts.get(found[1].strip(), found[0]), text)


def problems(
    *, readership: Readership, subject: str, text: str, is_voluntary: bool
) -> Iterator[Problem]:
    """Yield what is wrong with what was written.

    `is_voluntary` says whether the event asks for a voluntary contribution.
    """
    known = {"subject": blanks_of_subject(readership), "text": blanks_of(readership)}
    for field, words, most in (("subject", subject, SUBJECT_MAX), ("text", text, TEXT_MAX)):
        if not words.strip():
            what = "what it is about" if field == "subject" else "what you want to say"
            yield Problem(field, f"Write {what}.")
        if len(words) > most:
            yield Problem(field, f"Shorten this to {most:,} characters.")
        if GAP in words:
            yield Problem(field, f"Fill in the gap “{GAP}”.")
        yield from _unknown_blanks(field, words, known[field])
        if readership in TO_FAMILIES and is_voluntary:
            yield from _words_of_debt(field, words)


def template_problems(
    *, readership: Readership, name: str, subject: str, text: str
) -> Iterator[Problem]:
    """Yield what is wrong with a text that is kept to start from: gaps may stay.

    Its words are looked at again when a circular is written from it, for the event that it is of.
    """
    if not name.strip():
        yield Problem("name", "Give it a name.")
    if len(name) > NAME_MAX:
        yield Problem("name", f"Shorten this to {NAME_MAX} characters.")
    yield from (
        problem
        for problem in problems(
            readership=readership, subject=subject, text=text, is_voluntary=False
        )
        if GAP not in problem.words
    )


def _unknown_blanks(field: str, words: str, known: tuple[str, ...]) -> Iterator[Problem]:
    for name in dict.fromkeys(_BLANK.findall(words)):
        if name.strip() not in known:
            listed = ", ".join(f"{{{blank}}}" for blank in known)
            yield Problem(
                field, f"We cannot fill in {{{name}}} for these readers. You can use {listed}."
            )


def _words_of_debt(field: str, words: str) -> Iterator[Problem]:
    found = list(dict.fromkeys(word.lower() for word in _DEBT.findall(words)))
    if found:
        listed = ", ".join(f"“{word}”" for word in found)
        yield Problem(
            field,
            f"Find other words for {listed}: this event asks for a voluntary contribution, and "
            "families must not read it as a debt.",
        )
