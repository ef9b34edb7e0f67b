"""Why a school received what it did: one plain sentence, the deciding step, what would change it.

Each function speaks to the school ("You asked for…") or, given its name, about it ("Maple Primary
asked for…"), for the public page.
"""

from dataclasses import dataclass
from enum import StrEnum

from booking.domain import english
from booking.domain.allocation import claims, path


class DecidingStep(StrEnum):
    """What decided that a school received no more than it did."""

    IN_FULL = "in_full"
    CAP = "cap"
    NO_PLACES = "no_places"
    LATE = "late"
    GUARANTEE = "guarantee"
    EQUAL_SHARES = "equal_shares"
    BY_ROLL = "by_roll"
    SEASON = "season"
    FIRST_COME = "first_come"
    FEWEST_RECEIVED = "fewest_received"
    LOTTERY = "lottery"


_REASONS = {
    DecidingStep.IN_FULL: "Every place asked for was given.",
    DecidingStep.CAP: "The limit for one school was reached.",
    DecidingStep.NO_PLACES: "There were no places to share.",
    DecidingStep.LATE: "Requests made on time were served first.",
    DecidingStep.GUARANTEE: "The places went to meet what each school is guaranteed.",
    DecidingStep.EQUAL_SHARES: (
        "Places were handed out one at a time, to each school in turn, and ran out before the next "
        "turn."
    ),
    DecidingStep.BY_ROLL: (
        "Places were shared by the number of pupils in the eligible years, and ran out before the "
        "next turn."
    ),
    DecidingStep.SEASON: (
        "Places went first to the schools that have received fewest this school year, and ran out "
        "before the next turn."
    ),
    DecidingStep.FIRST_COME: "Places went to the requests that arrived first.",
    DecidingStep.FEWEST_RECEIVED: (
        "The next place tied with one that was given, which went to a school that has received "
        "fewer places this school year."
    ),
    DecidingStep.LOTTERY: (
        "The next place tied with one that was given; the public lottery decided."
    ),
}


@dataclass(frozen=True)
class _Voice:
    """Who a sentence speaks to, or about."""

    subject: str
    later: str
    its: str


def sentence(
    round_: claims.RoundFacts, allotment: claims.Allotment, school: str, *, name: str | None = None
) -> str:
    """Return what the school asked for, what it received and where its next place would have been.

    "You asked for 5 places and received 3. Your 4th place would have been number 63 in the order;
    60 places were available."
    """
    claim, count, voice = round_.claim_of(school), allotment.counts[school], _voice(name)
    parts = [
        f"{voice.subject} asked for {english.plural(claim.wanted, 'place')} and received "
        f"{_received(claim.wanted, count)}.",
        *_guaranteed(claim, count, voice),
        *_late(claim, voice),
    ]
    match step(round_, allotment, school):
        case DecidingStep.IN_FULL:
            pass
        case DecidingStep.CAP:
            parts.append(f"{voice.later} may have {_at_most(claim.limit)} at this event.")
        case _:
            position = path.Path(round_).position(school, count + 1)
            parts.append(
                f"{voice.its} {english.nth(count + 1)} place would have been number {position:,} "
                "in "
                f"the order; {_available(round_.places)}."
            )
    return " ".join(parts)


def step(round_: claims.RoundFacts, allotment: claims.Allotment, school: str) -> DecidingStep:
    """Return what decided that the school received no more."""
    claim, nth = round_.claim_of(school), allotment.counts[school] + 1
    if nth > claim.wanted:
        return DecidingStep.IN_FULL
    if nth > claim.limit:
        return DecidingStep.CAP
    if not allotment.served:
        return DecidingStep.NO_PLACES
    return _lost_to(round_, allotment, school, nth)


def because(round_: claims.RoundFacts, allotment: claims.Allotment, school: str) -> str:
    """Return the deciding step in words."""
    return _REASONS[step(round_, allotment, school)]


def places_short(round_: claims.RoundFacts, allotment: claims.Allotment, school: str) -> int | None:
    """Return how many more places the event would have needed for this school to have one more.

    None if the number of places at the event had nothing to do with it.
    """
    if step(round_, allotment, school) in (DecidingStep.IN_FULL, DecidingStep.CAP):
        return None
    nth = allotment.counts[school] + 1
    return path.Path(round_).position(school, nth) - round_.places


def change(
    round_: claims.RoundFacts, allotment: claims.Allotment, school: str, *, name: str | None = None
) -> str:
    """Return what would have given the school one more place."""
    voice, subject = _voice(name), name or "you"
    decided = step(round_, allotment, school)
    if decided is DecidingStep.IN_FULL:
        return f"{voice.subject} received everything that was asked for."
    if decided is DecidingStep.CAP:
        return f"With a higher limit, {subject} might have received more."
    short = places_short(round_, allotment, school)
    assert short is not None, "only a full or a capped claim is not short of places"
    return (
        f"With {english.plural(short, 'more place')} at this event, {subject} would have received "
        "one more; asking for more would have changed nothing."
    )


def _lost_to(
    round_: claims.RoundFacts, allotment: claims.Allotment, school: str, nth: int
) -> DecidingStep:
    """Return how the school's next unit lost to the last one served (and so to all before it)."""
    order, last = path.Path(round_), allotment.served[-1]
    turn, last_turn = order.turn(school, nth), order.turn(last, allotment.counts[last])
    if turn == last_turn:
        received = round_.claim_of(last).received
        same = received == round_.claim_of(school).received
        return DecidingStep.LOTTERY if same else DecidingStep.FEWEST_RECEIVED
    if last_turn[0] == path.GUARANTEED:
        return DecidingStep.GUARANTEE
    if turn[0] == path.LATE and last_turn[0] != path.LATE:
        return DecidingStep.LATE
    return DecidingStep(round_.basis)


def _voice(name: str | None) -> _Voice:
    return _Voice("You", "You", "Your") if name is None else _Voice(name, "It", "Its")


def _guaranteed(claim: claims.Claim, count: int, voice: _Voice) -> list[str]:
    kept = min(claim.guaranteed, count)
    if kept == 0:
        return []
    if kept == 1:
        return [f"{voice.its} first place was guaranteed."]
    return [f"{voice.its} first {kept:,} places were guaranteed."]


def _late(claim: claims.Claim, voice: _Voice) -> list[str]:
    if claim.punctual >= claim.wanted:
        return []
    if claim.in_time:
        return [
            f"{claim.in_time:,} of these had been asked for on time; the rest came after every "
            "request made on time."
        ]
    return [
        f"{voice.its} request came after the deadline, so it was placed after every request made "
        "on time."
    ]


def _received(wanted: int, count: int) -> str:
    if count == 0:
        return "none"
    if count < wanted:
        return f"{count:,}"
    return {1: "it", 2: "both"}.get(count, f"all {count:,}")


def _at_most(cap: int) -> str:
    return f"at most {english.plural(cap, 'place')}" if cap else "no places"


def _available(places: int) -> str:
    if places == 0:
        return "no places were available"
    return f"{english.plural(places, 'place was', 'places were')} available"
