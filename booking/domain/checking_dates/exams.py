"""Whose exams an entry in a partner's calendar is about, by its title."""

import re

#: Nursery to Year 13.
_EVERY_YEAR = (-1, 13)
#: What exams are called, and the year groups that sit them. The first that fits counts.
_EXAMS: tuple[tuple[re.Pattern[str], tuple[int, int]], ...] = (
    (re.compile(r"\bGCSEs?\b", re.I), (10, 11)),
    (re.compile(r"\b(?:A[ -]levels?|AS[ -]levels?|BTECs?|T[ -]levels?)\b", re.I), (12, 13)),
    (re.compile(r"\b(?:KS ?2|key stage 2|year 6) (?:SATs?|tests?)\b", re.I), (6, 6)),
    (re.compile(r"\bSATs?\b(?! ?\d)"), (6, 6)),
    (re.compile(r"\bphonics (?:screening|check)", re.I), (1, 1)),
    (re.compile(r"\bmultiplication (?:tables )?check\b", re.I), (4, 4)),
    (re.compile(r"\b(?:exams?|examinations?|mocks?)\b", re.I), _EVERY_YEAR),
)
#: What is about exams, but on a day when nobody sits one.
_PAPERWORK = re.compile(r"\b(?:entr(?:y|ies)|results?|deadline|registration|last day)\b", re.I)
#: What an exam board calls an exam.
_PAPER = re.compile(r"\b(?:papers?|tests?)\b", re.I)
_BOARD = re.compile(r"\bexam", re.I)


def exam_years(title: str, partner: str = "") -> tuple[int, int] | None:
    """Return the year groups that an exam concerns; None for what is no exam.

    An exam that names nobody may concern every year group. A paper is one if its partner is an exam
    board.
    """
    if _PAPERWORK.search(title):
        return None
    if _BOARD.search(partner) and _PAPER.search(title):
        title = f"{title} exam"
    return next((years for pattern, years in _EXAMS if pattern.search(title)), None)
