"""Reads several people to invite, each on a line: "Name, address", pasted or typed.

What stands before the address is the name, also over two cells of a spreadsheet, and what stands
after it the institution of an associate. A line that names the columns is passed over.
"""

from collections.abc import Iterator, Sequence

from booking.domain import names
from booking.domain.permissions import OUTSIDE_ROLES, Role
from booking.domain.problems import Problem
from booking.foundation import contacts
from booking.foundation.tables import separated
from booking.foundation.tables.records import Record, folded
from booking.people.schools.details import NAME_MAX, InvitedLine

#: As many as fit on a page that a person checks.
LINES_MAX = 50
#: The name of the field in which the lines are typed.
FIELD = "lines"
_TITLES = frozenset(
    {"name", "full name", "first name", "forename", "last name", "surname", "institution"}
    | {"address", "mail", "email", "e-mail", "email address", "e-mail address"}
)


class LinesRefused(ValueError):
    """Somebody cannot be invited, so nobody is; `problems` says why, each with its line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


def read(text: str, role: Role) -> list[InvitedLine]:
    """Return the people on these lines. Raises LinesRefused."""
    found, problems = [], []
    for record in _records(text):
        try:
            found.append(_line(record, role))
        except ValueError as error:
            problems.append(of_line(record.line, str(error)))
    problems += _repeated(found)
    if not (found or problems):
        problems.append(Problem(FIELD, "Put each person on a line: name, comma, address."))
    if len(found) > LINES_MAX:
        problems = [Problem(FIELD, f"Invite at most {LINES_MAX} people at a time.")]
    if problems:
        raise LinesRefused(problems)
    return found


def of_line(line: int, words: str) -> Problem:
    """Return what is wrong with one line, by its number."""
    return Problem(FIELD, f"Line {line}: {words}")


def _records(text: str) -> Iterator[Record]:
    separator = next((mark for mark in "\t;" if mark in text), ",")
    for record in separated.records(separated.lines_of(text), separator):
        if not all(folded(cell) in _TITLES for cell in record.cells if cell):
            yield record


def _line(record: Record, role: Role) -> InvitedLine:
    cells = [cell for cell in record.cells if cell]
    places = [place for place, cell in enumerate(cells) if "@" in cell]
    if len(places) > 1:
        raise ValueError("This has two addresses. Put each person on a line of their own.")
    if not places:
        raise ValueError("An e-mail address is missing. Write name, comma, address.")
    before, after = cells[: places[0]], cells[places[0] + 1 :]
    *words, address = cells[places[0]].split()
    name = names.tidy(" ".join([*before, *words]))
    if not name:
        raise ValueError("A name is missing before the address.")
    if len(name) > NAME_MAX:
        raise ValueError(f"Shorten the name to {NAME_MAX} characters.")
    if after and role not in OUTSIDE_ROLES:
        raise ValueError("Something stands after the address. Take it away.")
    email = contacts.email_address(address.strip("<>"))
    return InvitedLine(record.line, name, email, names.tidy(", ".join(after)))


def _repeated(found: Sequence[InvitedLine]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for one in found:
        if one.email in first:
            yield of_line(one.line, f"Line {first[one.email]} has the same address. Remove one.")
        first.setdefault(one.email, one.line)
