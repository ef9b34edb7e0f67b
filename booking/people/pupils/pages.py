"""What the page for moving up shows, worked out before a template sees it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from booking.domain import english, moving_up, year_groups
from booking.domain.moving_up import ListedYear, Moved, MovingFate
from booking.people.pupils import queries
from booking.people.pupils.details import names_apart
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

SAID = {
    MovingFate.LEAVES: "Leave your school",
    MovingFate.UNKNOWN: "Stay, unless you tick them",
    MovingFate.THERE: "Stay",
}


@dataclass(frozen=True)
class ChoicePupil:
    """A pupil for whom something else may be ticked."""

    public_id: str
    name: str


@dataclass(frozen=True)
class ExceptionGroup:
    """Pupils of one year group, with what a tick means for them."""

    title: str
    pupils: Sequence[ChoicePupil]
    fate: MovingFate


@dataclass(frozen=True)
class MovingPage:
    """What moving up would do."""

    school_year: str
    #: A mark of the list as shown: if it changes meanwhile, the page is shown again.
    seen: str
    #: Year group and its school year, how many, and what becomes of them.
    groups: Sequence[tuple[str, str, str]]
    #: Year group, how many now, how many then.
    counts: Sequence[tuple[str, str, str]]
    exceptions: Sequence[ExceptionGroup]
    leavers: Sequence[str]
    moving: int

    @property
    def is_idle(self) -> bool:
        """Whether everybody is in the new year already."""
        return not self.exceptions


def moving_page(school: School, school_year: str) -> MovingPage:
    """Return what moving a school's pupils up into a school year would do."""
    pupils = queries.everybody(school.id)
    fates = [
        moving_up.move(
            ListedYear(one.year_group, one.school_year), into=school_year, top_year=school.high_year
        )
        for one in pupils
    ]
    names = names_apart(pupils)
    both = list(zip(pupils, fates, strict=True))
    return MovingPage(
        school_year=school_year,
        seen=queries.fingerprint(pupils),
        groups=_groups(both),
        counts=_counts(both),
        exceptions=_exceptions(both, names),
        leavers=[names[one.id] for one, fate in both if fate.fate is MovingFate.LEAVES],
        moving=sum(fate.fate in {MovingFate.MOVES, MovingFate.LEAVES} for fate in fates),
    )


Both = Sequence[tuple[Pupil, Moved]]


def _groups(both: Both) -> list[tuple[str, str, str]]:
    found = Counter(
        (one.year_group, one.school_year or "", fate.fate, fate.listed.year_group)
        for one, fate in both
    )
    return [
        (
            f"{year_groups.name(year)}, {of or 'school year not known'}",
            english.plural(count, "pupil"),
            SAID.get(fate) or f"Move to {year_groups.name(then)}",
        )
        for (year, of, fate, then), count in sorted(found.items())
    ]


def _counts(both: Both) -> list[tuple[str, str, str]]:
    now = Counter(one.year_group for one, _ in both)
    then = Counter(fate.listed.year_group for _, fate in both if fate.fate is not MovingFate.LEAVES)
    left = sum(fate.fate is MovingFate.LEAVES for _, fate in both)
    rows = [
        (year_groups.name(year), f"{now[year]:,}", f"{then[year]:,}")
        for year in sorted({*now, *then})
    ]
    return [*rows, ("Leave your school", "", f"{left:,}")]


def _exceptions(both: Both, names: dict[int, str]) -> list[ExceptionGroup]:
    titles = {
        MovingFate.UNKNOWN: "{year}, school year not known: tick who still has to move up",
        MovingFate.MOVES: "{year}: tick who stays for another year",
        MovingFate.LEAVES: "{year}, who would leave: tick who stays for another year",
    }
    found: dict[tuple[MovingFate, int], list[ChoicePupil]] = {}
    for one, fate in both:
        if fate.fate in titles:
            listed = found.setdefault((fate.fate, one.year_group), [])
            listed.append(ChoicePupil(one.public_id, names[one.id]))
    order = list(titles)
    return [
        ExceptionGroup(titles[fate].format(year=year_groups.name(year)), listed, fate)
        for (fate, year), listed in sorted(
            found.items(), key=lambda each: (order.index(each[0][0]), each[0][1])
        )
    ]
