"""The kinds of school, in the words of the people who work there."""

from booking.domain import year_groups

#: In the order in which pupils attend them.
PHASES = (
    "nursery",
    "infant",
    "first",
    "lower",
    "primary",
    "junior",
    "middle",
    "upper",
    "secondary",
    "all-through",
    "sixth form",
    "special",
    "alternative provision",
)
WORDS = {
    **{phase: phase.capitalize() for phase in PHASES},
    "all-through": "All-through",
    "sixth form": "Sixth form",
}
#: How the register's words for phase and kind begin, and ours; the first match counts.
_OF_KIND = {
    "special": "special",
    "referral": "alternative provision",
    "alternative provision": "alternative provision",
}
_OF_PHASE = {"nursery": "nursery", "middle": "middle", "16": "sixth form", "all": "all-through"}
#: (oldest year at most, youngest year at least, our word); the first match counts.
_OF_YEARS = (
    (2, -1, "infant"),
    (5, -1, "first"),
    (6, 3, "junior"),
    (6, -1, "primary"),
    (9, 4, "middle"),
    (13, 12, "sixth form"),
    (13, 8, "upper"),
    (13, 7, "secondary"),
    (13, -1, "all-through"),
)


def from_register(*, phase: str, kind: str, name: str, years: year_groups.YearRange) -> str:
    """Return our word for a school of the national register.

    The register calls first and infant schools "Primary" and upper schools "Secondary", and gives
    special and independent schools no phase at all, so their years, kind and name decide.
    """
    for part, word in _OF_KIND.items():
        if part in kind.casefold():
            return word
    for start, word in _OF_PHASE.items():
        if phase.casefold().startswith(start):
            return word
    low, high = years
    found = next(w for oldest, youngest, w in _OF_YEARS if high <= oldest and low >= youngest)
    return "lower" if found == "first" and "lower school" in name.casefold() else found
