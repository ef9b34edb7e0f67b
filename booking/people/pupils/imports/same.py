"""Which rows and which pupils on the list are the same. Doubt becomes a question, never a guess."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from booking.people.pupils.details import ParentDetails
from booking.people.pupils.imports import rows as pupil_rows
from booking.people.pupils.imports.rows import Key, PupilRow

#: Answers to "who is this?" name a line of the file, a pupil on the list, or another pupil. The
#: last says how many namesakes the list had, so that sending a form twice adds nobody twice.
_LINE, _PUPIL, _ANOTHER = "line-", "pupil-", "another-"
LEAVE = "leave"
#: With more rows of one name and year, the name column holds something else.
NAMESAKES_MAX = 12
Answers = Mapping[int, str]


@dataclass(frozen=True)
class KnownPupil:
    """A pupil who is already on the school's list."""

    forename: str
    surname: str
    year_group: int
    parents: tuple[ParentDetails, ...]
    public_id: str = ""
    class_name: str = ""
    admission_number: str = ""

    @property
    def key(self) -> Key:
        """Name and year group: pupils who share them may be the same."""
        return (self.forename.casefold(), self.surname.casefold(), self.year_group)

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses of the pupil's parents."""
        return frozenset(parent.email for parent in self.parents if parent.email)


@dataclass(frozen=True)
class PupilChoice:
    """One possible answer to who a row is about."""

    value: str
    known: KnownPupil | None = None
    line: int | None = None


@dataclass(frozen=True)
class Match:
    """A pupil in the file, and who that is on the list; choices, if nobody knows yet."""

    row: PupilRow
    known: KnownPupil | None = None
    choices: tuple[PupilChoice, ...] = ()


class _Alike(Enum):
    SAME = auto()
    OTHER = auto()
    PERHAPS = auto()


def match(
    rows: Iterable[PupilRow], known: Iterable[KnownPupil], answers: Answers | None = None
) -> list[Match]:
    """Return the pupils of a file in order, each with the pupil on the list, or a question.

    What `answers` settles is no longer a question. The order of rows changes nothing.
    """
    found: list[Match] = []
    for some_rows, some_known in _namesakes(rows, known):
        found += _answered(_matched(some_rows, some_known), answers or {})
    return sorted(found, key=lambda one: one.row.line)


def _namesakes(
    rows: Iterable[PupilRow], known: Iterable[KnownPupil]
) -> list[tuple[list[PupilRow], list[KnownPupil]]]:
    """Return groups of rows that share name and year group, or an admission number."""
    bucket_of: dict[object, int] = {}
    buckets: dict[int, list[PupilRow | KnownPupil]] = defaultdict(list)
    everybody: list[PupilRow | KnownPupil] = [*known, *rows]
    for one in everybody:
        marks: list[object] = [one.key]
        marks += [one.admission_number.casefold()] if one.admission_number else []
        places = {bucket_of[mark] for mark in marks if mark in bucket_of}
        place = min(places, default=len(bucket_of))
        for other in places - {place}:
            buckets[place] += buckets.pop(other)
            for mark, at in bucket_of.items():
                if at == other:
                    bucket_of[mark] = place
        bucket_of.update(dict.fromkeys(marks, place))
        buckets[place].append(one)
    return [
        (
            [x for x in some if isinstance(x, PupilRow)],
            [x for x in some if isinstance(x, KnownPupil)],
        )
        for some in buckets.values()
    ]


def _alike(a: PupilRow, b: PupilRow | KnownPupil) -> _Alike:
    """Return whether a row is certainly the same pupil as another row or a pupil on the list."""
    numbers = a.admission_number.casefold(), b.admission_number.casefold()
    same_number = bool(numbers[0]) and numbers[0] == numbers[1]
    if a.key != b.key:
        return _Alike.PERHAPS if same_number else _Alike.OTHER
    if same_number:
        return _Alike.SAME
    share = bool(a.addresses & b.addresses)
    if all(numbers):
        return _Alike.PERHAPS if share else _Alike.OTHER
    # A pupil on the list may have changed class since; two rows of one file have not.
    if isinstance(b, PupilRow) and _in_other_class(a, b):
        return _Alike.PERHAPS if share else _Alike.OTHER
    return _Alike.SAME if share else _Alike.PERHAPS


def _in_other_class(a: PupilRow, b: PupilRow | KnownPupil) -> bool:
    classes = a.class_name.casefold(), b.class_name.casefold()
    return all(classes) and classes[0] != classes[1]


def _matched(rows: Sequence[PupilRow], known: Sequence[KnownPupil]) -> list[Match]:
    if len(rows) > NAMESAKES_MAX:
        note = f"More than {NAMESAKES_MAX} rows have this name and year: is the name in its column?"
        return [
            Match(replace(row, notes=(*row.notes, note)), None, (PupilChoice(LEAVE),))
            for row in rows
        ]
    rows = _joined(rows)
    sure = {
        row.line: [pupil for pupil in known if _alike(row, pupil) is _Alike.SAME] for row in rows
    }
    taken = [pupil for pupils in sure.values() for pupil in pupils]
    found = {
        row.line: sure[row.line][0]
        for row in rows
        if len(sure[row.line]) == 1 and taken.count(sure[row.line][0]) == 1
    }
    if len(rows) == len(known) == 1 and not found and _fits(rows[0], known[0]):
        found[rows[0].line] = known[0]
    return [
        Match(row, found[row.line])
        if row.line in found
        else Match(row, None, _choices(row, rows, known, found))
        for row in rows
    ]


def _fits(row: PupilRow, pupil: KnownPupil) -> bool:
    """Return whether the only row and the only pupil with a name can be the same one."""
    if _alike(row, pupil) is not _Alike.PERHAPS or row.key != pupil.key:
        return False
    return _in_one_class(row, pupil) or not (row.addresses and pupil.addresses)


def _in_one_class(row: PupilRow, pupil: KnownPupil) -> bool:
    return row.class_name.casefold() == pupil.class_name.casefold() != ""


def _joined(rows: Sequence[PupilRow]) -> list[PupilRow]:
    """Return rows that are certainly about one pupil as one row."""
    if _are_contacts_of_one(rows):
        return [pupil_rows.joined(rows)]
    left, found = list(rows), []
    while left:
        group = [left.pop(0)]
        for one in group:  # grows while it is being read
            more = [row for row in left if _alike(one, row) is _Alike.SAME]
            left = [row for row in left if row not in more]
            group += more
        # One row may share an address with two others that are certainly different pupils.
        clear = not any(
            a.key != b.key
            or _in_other_class(a, b)
            or (a.admission_number and b.admission_number and _alike(a, b) is not _Alike.SAME)
            for n, a in enumerate(group)
            for b in group[n + 1 :]
        )
        found += [pupil_rows.joined(group)] if clear and len(group) > 1 else group
    return found


def _are_contacts_of_one(rows: Sequence[PupilRow]) -> bool:
    """Return whether rows with one contact each count one pupil's contacts from 1."""
    ranks = [contact.rank for row in rows for contact in row.contacts]
    return (
        len(rows) > 1
        and all(row.is_of_one_contact for row in rows)
        and sorted(ranks) == list(range(1, len(ranks) + 1))
        and len({row.key for row in rows}) == 1
        and not any(_alike(a, b) is _Alike.OTHER for a in rows for b in rows if a is not b)
    )


def _choices(
    row: PupilRow,
    rows: Sequence[PupilRow],
    known: Sequence[KnownPupil],
    found: Mapping[int, KnownPupil],
) -> tuple[PupilChoice, ...]:
    """Return who a row without a certain match may be; nobody if it is certainly a new pupil."""
    by_line = {other.line: other for other in rows}
    lines = [o for o in rows if o.line != row.line and _alike(row, o) is not _Alike.OTHER]
    of_others = {pupil.public_id: by_line[line] for line, pupil in found.items()}
    pupils = [
        pupil
        for pupil in known
        if _alike(row, of_others.get(pupil.public_id, pupil)) is not _Alike.OTHER
    ]
    if not lines and not pupils:
        return ()
    others: list[PupilRow | KnownPupil] = [*pupils, *lines]
    number = row.admission_number.casefold()
    same_number = any(number and number == other.admission_number.casefold() for other in others)
    return (
        *(PupilChoice(f"{_PUPIL}{pupil.public_id}", known=pupil) for pupil in pupils),
        *(
            PupilChoice(f"{_LINE}{other.line}", line=other.line)
            for other in lines
            if other.line < row.line and other.line not in found
        ),
        # A number belongs to one pupil; a second with it would be known by the wrong number.
        *(() if same_number else (PupilChoice(f"{_ANOTHER}{len(known)}"),)),
        PupilChoice(LEAVE),
    )


def _answered(matches: Sequence[Match], answers: Answers) -> list[Match]:
    """Return what the answers settle; rows said to be about one pupil become one row."""
    settled: dict[str, list[Match]] = defaultdict(list)
    target_of: dict[int, str] = {}
    left = []
    for one in sorted(matches, key=lambda one: one.row.line):
        target = _target(one, answers.get(one.row.line, ""), target_of)
        if target:
            target_of[one.row.line] = target
            settled[target].append(one)
        else:
            left.append(one)
    by_id = {
        choice.known.public_id: choice.known
        for one in matches
        for choice in one.choices
        if choice.known
    }
    for target, group in settled.items():
        known = by_id.get(target.removeprefix(_PUPIL)) or group[0].known
        left.append(Match(pupil_rows.joined([one.row for one in group]), known))
    return left


def _target(one: Match, answer: str, target_of: Mapping[int, str]) -> str:
    """Return who a row is about: a pupil on the list, or the new one on a line; or ""."""
    if one.known is not None:
        return f"{_PUPIL}{one.known.public_id}" if one.known.public_id else f"known-{one.row.line}"
    if not one.choices:
        return f"{_LINE}{one.row.line}"
    if answer not in {choice.value for choice in one.choices} or answer == LEAVE:
        return ""
    if answer.startswith(_ANOTHER):
        return f"{_LINE}{one.row.line}"
    if answer.startswith(_LINE):
        return target_of.get(int(answer.removeprefix(_LINE)), "")
    return answer
