"""Year groups of English schools as ordinals: Nursery -1, Reception 0, Year 1 to Year 13."""

import re
import unicodedata

NURSERY = -1
RECEPTION = 0
YEAR_13 = 13
ALL = range(NURSERY, YEAR_13 + 1)

#: The lowest and the highest year group, both included.
YearRange = tuple[int, int]

_WORDS = {
    **dict.fromkeys(("n", "n1", "n2", "nur", "nursery", "year n", "y n", "yn"), NURSERY),
    **dict.fromkeys(("f1", "fs1", "foundation 1", "foundation stage 1"), NURSERY),
    **dict.fromkeys(("r", "rec", "reception", "year r", "yr r", "y r", "yr", "e2"), RECEPTION),
    **dict.fromkeys(("f2", "fs2", "foundation 2", "foundation stage 2"), RECEPTION),
    **dict.fromkeys(("lower sixth", "lower 6th", "l6"), 12),
    **dict.fromkeys(("upper sixth", "upper 6th", "u6"), 13),
}
_YEAR_WORD = (
    r"(?:(?:actual |current )?(?:national curriculum|nc|curriculum|curric) years?(?: group)?"
    r"|year groups?|years?|yrs?|yg|y|ncy)"
)
_NUMBERED = re.compile(rf"{_YEAR_WORD}? ?0?([0-9]{{1,2}})(?: 0+)?")
#: A class after the year: "5A", "Year 5 - Oak", "Reception Oak", "Year 5 (Oak)", "Year 5 - 5A".
_WITH_CLASS = re.compile(
    rf"(?P<year>{_YEAR_WORD}? ?0?[0-9]{{1,2}}|(?:nursery|reception|rec|fs[12])\b)"
    r"(?P<gap>[ –—:/,(-]*)(?P<name>(?P<again>[0-9]{0,2})[^\W\d_][\w &.'’-]*)\)?",
    re.I,
)
#: What follows a year and names no class: a second year, an age, a form of an older count.
_NO_CLASS = re.compile(
    r"(?:[ –—:/,(-]*(?:and|or|to|years?|yrs?|yo|months?|form)|st|nd|rd|th|y)\b", re.I
)


class NotAYearGroup(ValueError):
    """This is not a year group; the message tells the reader what to type."""


def name(ordinal: int) -> str:
    """Name a year group in full: "Nursery", "Reception", "Year 5"."""
    _known(ordinal)
    return {NURSERY: "Nursery", RECEPTION: "Reception"}.get(ordinal, f"Year {ordinal}")


def short(ordinal: int) -> str:
    """Name a year group for a narrow column: "N", "R", "Y5"."""
    _known(ordinal)
    return {NURSERY: "N", RECEPTION: "R"}.get(ordinal, f"Y{ordinal}")


def parse(text: str) -> int:
    """Read a year group as schools write it ("Year 5", "5", "Yr 5", "R", "FS2", "5A")."""
    return parse_with_class(text)[0]


def parse_with_class(text: str) -> tuple[int, str]:
    """Read a year group, and the class that some write behind it: "5A", "Year 5 - Oak"."""
    shown = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = _plain(shown)
    alone = _alone(plain.removesuffix(" class"))
    if alone is not None:
        return alone, ""
    match = _WITH_CLASS.fullmatch(shown)
    year = _alone(_plain(match["year"])) if match else None
    if match is None or year is None or _says_something_else(match, year):
        raise NotAYearGroup(
            f"“{shown[:30]}” is not a year group. Write Nursery, Reception, or Year 1 to Year 13."
        )
    name = shown[match.start("name") :].removesuffix(")").strip()
    return year, name if match["gap"] else f"{year}{name}"


def _says_something_else(match: re.Match[str], year: int) -> bool:
    """Say whether what follows a year is no class: an age, or another year ("5/6A")."""
    if _NO_CLASS.match(match.string, match.end("year")):
        return True
    again = match["again"]
    if not again:
        return False
    is_age = _NO_CLASS.match(match.string, match.end("again"))
    return bool(is_age) or not match["gap"] or int(again) != year


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace(".", " ").split())


def _alone(plain: str) -> int | None:
    """Return the year that a text is with nothing besides, or None."""
    if plain in _WORDS:
        return _WORDS[plain]
    match = _NUMBERED.fullmatch(plain)
    return int(match[1]) if match and int(match[1]) <= YEAR_13 else None


def range_name(low: int, high: int) -> str:
    """Name a range: "Years 3 to 6", "Year 5", "Reception to Year 2"."""
    _ordered((low, high))
    if low == high:
        return name(low)
    if low > RECEPTION:
        return f"Years {low} to {high}"
    return f"{name(low)} to {name(high)}"


def from_ages(low_age: int, high_age: int) -> YearRange:
    """Return the year groups for the statutory ages in the Department for Education's register.

    Pupils of the lowest year are the low age when the school year starts (age 5 starts Year 1), and
    those of the highest reach the high age while it lasts (age 11 is reached in Year 6), so 3 to 11
    is Nursery to Year 6 and 11 to 18 is Year 7 to Year 13. Ages outside Nursery to Year 13 are left
    out.
    """
    low, high = max(low_age - 4, NURSERY), min(high_age - 5, YEAR_13)
    if low > high:
        raise NotAYearGroup(
            f"No year from Nursery to Year 13 falls within ages {low_age} to {high_age}."
        )
    return low, high


def overlap(a: YearRange, b: YearRange) -> YearRange | None:
    """Return the years that both ranges share, or None if there are none."""
    _ordered(a)
    _ordered(b)
    low, high = max(a[0], b[0]), min(a[1], b[1])
    return (low, high) if low <= high else None


def eligible_roll(roll: int, school_range: YearRange, event_range: YearRange) -> int:
    """Estimate how many of a school's pupils an event is for.

    The roll is assumed to be spread evenly over the school's years and rounded to the nearest whole
    pupil (a half goes up); a school with any year in range counts as at least 1.
    """
    assert roll >= 0, "a roll is a number of pupils"
    shared = overlap(school_range, event_range)
    if shared is None:
        return 0
    years, eligible = _length(school_range), _length(shared)
    return max(1, (2 * roll * eligible + years) // (2 * years))


def _length(years: YearRange) -> int:
    return years[1] - years[0] + 1


def _known(ordinal: int) -> None:
    if ordinal not in ALL:
        raise NotAYearGroup(f"{ordinal} is not a year group from Nursery (-1) to Year 13.")


def _ordered(years: YearRange) -> None:
    for ordinal in years:
        _known(ordinal)
    if years[0] > years[1]:
        raise NotAYearGroup(f"Choose a lowest year no higher than {name(years[1])}.")
