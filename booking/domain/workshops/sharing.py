"""Pupils choose in turn: the rule of a round (`domain/allocation`), with workshops to choose from.

The order of turns is the path of a round in which every pupil asks for one place: the same lottery,
sealed by the same commitment. In the second part of the day it is walked backwards, so whoever
chose last chooses first. At a turn a pupil takes the best of the wishes that still has room. When
everybody has chosen, those who wished for nothing, or for what was full, are put where most room
is.
"""

from collections import Counter

from booking.domain.allocation import claims, share
from booking.domain.workshops.choices import (
    Chooser,
    DayOfWorkshops,
    Half,
    OfferedWorkshop,
    Seated,
    most_free,
)


def turns(day: DayOfWorkshops) -> tuple[str, ...]:
    """Return the pupils in the order in which they choose for the first part of the day."""
    asked = tuple(claims.Claim(pupil.reference, 1) for pupil in day.pupils)
    equal = claims.Basis.EQUAL_SHARES
    return share.allot(claims.RoundFacts(day.event, len(day.pupils), equal, asked, day.seed)).served


def turns_in(day: DayOfWorkshops, half: Half) -> tuple[str, ...]:
    """Return the pupils in the order in which they choose for one part of the day."""
    order = turns(day)
    return order if half is Half.FIRST else order[::-1]


def share_out(day: DayOfWorkshops) -> Seated:
    """Return who goes where. If places suffice, everybody has one workshop in each part."""
    choosing = _Choosing(day)
    for half in Half:
        order = [choosing.pupil_of[reference] for reference in turns_in(day, half)]
        waiting = [pupil for pupil in order if pupil.reference not in choosing.seated[half]]
        unplaced = [pupil for pupil in waiting if not choosing.takes_a_wish(pupil, half)]
        for pupil in unplaced:
            choosing.is_put_somewhere(pupil, half)
    return choosing.seated


class _Choosing:
    """Who has chosen so far."""

    def __init__(self, day: DayOfWorkshops) -> None:
        self.day = day
        self.pupil_of = {pupil.reference: pupil for pupil in day.pupils}
        self.seated: dict[Half, dict[str, str]] = {half: {} for half in Half}
        self.count: Counter[str] = Counter()
        self.in_first_only = 0

    def has_room(self, workshop: OfferedWorkshop) -> bool:
        full = self.count[workshop.reference] >= workshop.places
        too_many = (
            workshop.halves == (Half.FIRST,) and self.in_first_only >= self.day.most_for_first
        )
        return not (full or too_many)

    def takes_a_wish(self, pupil: Chooser, half: Half) -> bool:
        wished = (self.day.workshop_of[name] for name in pupil.wishes_in(half))
        best = next((workshop for workshop in wished if self.has_room(workshop)), None)
        if best is not None:
            self._sit(pupil, best)
        return best is not None

    def is_put_somewhere(self, pupil: Chooser, half: Half) -> None:
        room = [each for each in self.day.beginning_in(half) if self.has_room(each)]
        found = most_free(room, self.count)
        if found is not None:
            self._sit(pupil, found)

    def _sit(self, pupil: Chooser, workshop: OfferedWorkshop) -> None:
        self.count[workshop.reference] += 1
        self.in_first_only += workshop.halves == (Half.FIRST,)
        for half in workshop.halves:
            self.seated[half][pupil.reference] = workshop.reference
