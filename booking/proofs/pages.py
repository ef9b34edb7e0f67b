"""What the proofs say now: on the page for everybody, and as signs for whoever runs the network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from booking.domain import proving
from booking.domain.english import listed, plural
from booking.domain.proving import ProofOutcome, ProofPart, Standing
from booking.domain.terms import london
from booking.proofs import queries, words
from booking.proofs.details import CHOSEN
from booking.proofs.queries import NIGHTS, PartKnown
from booking.upkeep import words as upkeep_words
from booking.upkeep.details import PROOF, Level, Sign


@dataclass(frozen=True)
class ShownProof:
    """What is said of one part: numbers and states, and nothing of what was found."""

    part: ProofPart
    standing: Standing
    #: When it was last proved; None if never, or not here.
    proved_at: datetime | None
    #: "35 checks"; "" if it was never proved.
    counts: str = ""
    #: How long that took, in seconds.
    seconds: float = 0
    checks: int = 0
    counted: int = 0
    #: Why it cannot be proved here, for everybody.
    why_not: str = ""

    @property
    def title(self) -> str:
        """Return what is proved."""
        return words.TITLES[self.part]

    @property
    def state(self) -> tuple[str, str]:
        """Return the state in words, and its tone."""
        return words.STANDINGS[self.standing]

    @property
    def for_parents(self) -> str:
        """Return what it means for a parent."""
        return words.MEANINGS[self.part][0]

    @property
    def for_schools(self) -> str:
        """Return what it means for a head teacher."""
        return words.MEANINGS[self.part][1]


@dataclass(frozen=True)
class ShownNight:
    """One night's square."""

    on: date
    standing: Standing | None

    @property
    def tone(self) -> str:
        """Return the square's tone."""
        return words.STANDINGS[self.standing][1] if self.standing else "none"

    @property
    def said(self) -> str:
        """Return the same for who cannot see it."""
        return words.night(self.on, self.standing)


@dataclass(frozen=True)
class ProvedPage:
    """All that everybody may read."""

    shown: Sequence[ShownProof]
    nights: Sequence[ShownNight]

    @property
    def standing(self) -> Standing:
        """Return the worst of what is proved here; unproved only if nothing is."""
        found = [each.standing for each in self.shown if each.standing is not Standing.UNPROVED]
        return proving.worst(found)

    @property
    def summary(self) -> tuple[str, str, str]:
        """Return a heading, a sentence and a tone for the whole."""
        good = [each for each in self.shown if each.standing is Standing.PROVED]
        count = f"{len(good)} of {len(self.shown)}"
        return words.SUMMARIES[self.standing](count, len(good) == len(self.shown))


def proved_page(now: datetime) -> ProvedPage:
    """Return what everybody may read: three reads."""
    known = queries.parts()
    return ProvedPage(
        [_shown(part, known.get(part), now) for part in ProofPart],
        _nights(queries.nightly(now), now),
    )


def standing_of(known: PartKnown | None, now: datetime) -> Standing:
    """Return what a part's proofs say now; what a network has chosen is no fault, however old."""
    if known is not None and known.last.reason in CHOSEN:
        return Standing.UNPROVED
    return proving.standing(known.known if known else None, now)


def _shown(part: ProofPart, known: PartKnown | None, now: datetime) -> ShownProof:
    standing = standing_of(known, now)
    if known is None:
        return ShownProof(part, standing, None, why_not=words.NOT_YET)
    is_here = standing is not Standing.UNPROVED
    why_not = "" if is_here else words.WHY_NOT.get(known.last.reason, words.NOT_NOW)
    if known.held is None:
        return ShownProof(part, standing, None, why_not=why_not)
    held = known.held
    return ShownProof(
        part,
        standing,
        held.ended_at,
        words.counts(part, checks=held.checks, counted=held.counted, reached=held.reached_rows),
        held.milliseconds / 1000,
        held.checks,
        max(held.counted, held.reached_rows),
        why_not,
    )


def _nights(
    rows: Sequence[tuple[ProofPart, ProofOutcome, datetime]], now: datetime
) -> Sequence[ShownNight]:
    last: dict[date, dict[ProofPart, ProofOutcome]] = {}
    for part, outcome, at in rows:  # oldest first, so a part's last outcome of a night stands
        last.setdefault(_night(at), {})[part] = outcome
    tonight = _night(now)
    days = [tonight - timedelta(days=ago) for ago in reversed(range(NIGHTS))]
    return [ShownNight(day, _of_night(last.get(day, {}))) for day in days]


def _night(at: datetime) -> date:
    return london(proving.night_of(at)).date()


def _of_night(outcomes: Mapping[ProofPart, ProofOutcome]) -> Standing | None:
    """Return what a night's square says; what could not be proved here does not count."""
    found = set(outcomes.values())
    if ProofOutcome.FAILED in found:
        return Standing.FAILED
    if ProofOutcome.PROVED in found:
        return Standing.PROVED
    return Standing.UNPROVED if found else None


def as_json(page: ProvedPage) -> dict[str, object]:
    """Return the same for programs; instants in UTC."""
    return {
        "standing": page.standing.value,
        "parts": [
            {
                "part": each.part.value,
                "title": each.title,
                "standing": each.standing.value,
                "proved_at": _in_utc(each.proved_at) if each.proved_at else None,
                "checks": each.checks,
                "counted": each.counted,
                "seconds": round(each.seconds, 1),
                "why_not": each.why_not,
            }
            for each in page.shown
        ],
        "nights": [
            {"on": each.on.isoformat(), "standing": each.standing.value if each.standing else None}
            for each in page.nights
        ],
    }


def signs(now: datetime) -> Sequence[Sign]:
    """Return what whoever runs the network should know; nothing before the first proof."""
    known = queries.parts()
    if not known:
        return ()
    wrong = [_sign(part, each, now) for part, each in known.items()]
    missing = [part for part in ProofPart if part not in known]
    if missing and _is_late(now):
        wrong += [_never(part) for part in missing]
    told = [sign for sign in wrong if sign is not None]
    return told or [Sign(PROOF, Level.WELL, "What was to be proved is proved", _when(known, now))]


def _is_late(now: datetime) -> bool:
    first = queries.first_at()
    return first is not None and now - first > proving.OLD_AFTER


def _when(known: Mapping[ProofPart, PartKnown], now: datetime) -> str:
    oldest = min((each.held.ended_at for each in known.values() if each.held), default=None)
    return f"All of it since {upkeep_words.since(oldest, now)}." if oldest else ""


def _never(part: ProofPart) -> Sign:
    title = f"Never proved: {words.TITLES[part]}"
    return Sign(PROOF, Level.WATCH, title, "", words.ASK_LOG, about=part.value)


def _sign(part: ProofPart, known: PartKnown, now: datetime) -> Sign | None:
    standing, last = standing_of(known, now), known.last
    title = words.TITLES[part]
    if standing is Standing.FAILED:
        story = (
            f"{plural(len(last.broken), 'promise does', 'promises do')} not hold, as "
            f"was found on {upkeep_words.since(last.ended_at, now)}: {listed(last.broken)}."
        )
        return Sign(
            PROOF, Level.BROKEN, f"Not so: {title}", story, words.ASK_WHAT, about=part.value
        )
    if standing is Standing.PROVED or last.reason in CHOSEN:
        return None
    if last.outcome is ProofOutcome.UNPROVED:
        if known.held is not None and now - known.held.ended_at <= proving.OLD_AFTER:
            return None  # it was proved a night ago; tomorrow it may be again
        reason = words.REASONS[last.reason]
        return Sign(
            PROOF,
            Level.WATCH,
            f"Not proved: {title}",
            reason,
            words.ADVICE[last.reason],
            about=part.value,
        )
    held_at = known.held.ended_at if known.held else last.ended_at
    story = f"It was last proved on {upkeep_words.since(held_at, now)}."
    level = Level.BROKEN if standing is Standing.WORTHLESS else Level.WATCH
    return Sign(PROOF, level, f"Not proved lately: {title}", story, words.ASK_LOG, about=part.value)


def _in_utc(at: datetime) -> str:
    """Return an instant as programs read it; PostgreSQL gives it in the server's own zone."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
