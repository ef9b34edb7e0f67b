"""Requests, and the places schools hold: shared by the real rules, with the real record."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from booking.cli.scale.network import Network, SchoolFacts, public_id
from booking.cli.scale.programme import EventFacts, HowFar
from booking.cli.scale.rows import Rows
from booking.days.allocation.models import Round
from booking.days.events.models import EventState, Sharing
from booking.days.places.models import Offer, OfferState, Place, PlaceRequest
from booking.domain import year_groups
from booking.domain.allocation import claims, path, record, share

#: The most schools that ask for places at one event.
ASKING_MAX = 40
_LOOKED_AT = 160


@dataclass(frozen=True)
class HeldPlaces:
    """The places that one school holds at one event."""

    event: EventFacts
    school: SchoolFacts
    place_ids: tuple[int, ...]


@dataclass
class Shares:
    """Shares the places of one event after another."""

    rows: Rows
    rng: Random
    network: Network
    now: datetime
    received: Counter[str] = field(default_factory=Counter)

    def share(self, event: EventFacts) -> list[HeldPlaces]:
        """Add an event's requests and places; return who holds which."""
        schools = {school.slug: school for school in self._asking(event)}
        round_ = self._round(event, list(schools.values()))
        if not event.is_shared or not schools:
            self._requests(event, schools, round_, Counter())
            self._places(event, [])
            return []
        served = list(share.allot(round_).served)
        giver, following = self._returned(event, round_, served)
        self._requests(event, schools, round_, Counter(served), giver=giver)
        if not (event.sharing is Sharing.FIRST_COME or event.stage is HowFar.OPEN):
            self._publish(event, round_)
        held = self._places(
            event, [schools[slug] for slug in served], offered_to=schools.get(following)
        )
        if event.state is EventState.PUBLISHED:
            self.received.update(served)
        return held

    def _asking(self, event: EventFacts) -> list[SchoolFacts]:
        schools = self.network.schools
        looked_at = self.rng.sample(schools, min(len(schools), _LOOKED_AT))
        able = [s for s in looked_at if year_groups.overlap(s.years, event.years)]
        return able[: min(ASKING_MAX, max(1, len(able) * 3 // 4))]

    def _round(self, event: EventFacts, schools: list[SchoolFacts]) -> claims.RoundFacts:
        asked = tuple(
            claims.Claim(
                school=school.slug,
                wanted=self.rng.randint(1, 8),
                weight=max(1, year_groups.eligible_roll(school.roll, school.years, event.years)),
                at_least=event.guarantee if event.sharing is Sharing.FAIR_ROUND else 0,
                at_most=event.cap,
                received=self.received[school.slug],
                arrived=number,
            )
            for number, school in enumerate(schools, start=1)
        )
        if event.sharing is Sharing.SET_QUOTAS:
            quota = max(1, event.places // max(1, len(schools)) - 1)
            asked = tuple(
                replace(claim, wanted=quota, at_least=quota, at_most=quota)
                for claim in asked[: event.places]
            )
        first_come = event.sharing is Sharing.FIRST_COME
        basis = claims.Basis.FIRST_COME if first_come else event.basis
        return claims.RoundFacts(event.slug, event.places, basis, asked, event.seed)

    def _returned(
        self, event: EventFacts, round_: claims.RoundFacts, served: list[str]
    ) -> tuple[str, str]:
        """Return who gave the last place back and who is next; empty if nobody waits."""
        if event.stage is not HowFar.FILLING or event.state is not EventState.PUBLISHED:
            return "", ""
        onwards = islice(path.Path(round_).walk(), len(served), None)
        following = next((slug for slug in onwards if slug != served[-1]), "")
        return (served[-1], following) if following else ("", "")

    def _requests(
        self,
        event: EventFacts,
        schools: dict[str, SchoolFacts],
        round_: claims.RoundFacts,
        counts: Counter[str],
        *,
        giver: str = "",
    ) -> None:
        frozen = event.is_shared and not (
            event.sharing is Sharing.SET_QUOTAS and event.stage is HowFar.OPEN
        )
        for claim in round_.claims:
            got = counts.get(claim.school, 0)
            school = schools[claim.school]
            self.rows.add(
                PlaceRequest,
                event_id=event.id,
                school_id=school.id,
                wanted=claim.wanted,
                wants_now=got - 1 if claim.school == giver else claim.wanted,
                quota=got if event.sharing is Sharing.SET_QUOTAS else 0,
                arrival=claim.arrived,
                late=False,
                in_time=0,
                requested_at=event.published_at + timedelta(days=3),
                requested_by_id=school.coordinator_id,
                frozen_at=self._shared_at(event) if frozen else None,
                weight=claim.weight if frozen else None,
                received_before=claim.received if frozen else None,
                places_received=got,
            )

    def _publish(self, event: EventFacts, round_: claims.RoundFacts) -> None:
        published = record.record(round_, share.allot(round_))
        self.rows.add(
            Round,
            event_id=event.id,
            record=record.to_bytes(published).decode("ascii"),
            digest=published["sha256"],
            run_by_id=None,
            run_at=event.requests_close_at,
        )

    def _places(
        self, event: EventFacts, served: list[SchoolFacts], *, offered_to: SchoolFacts | None = None
    ) -> list[HeldPlaces]:
        held: dict[SchoolFacts, list[int]] = defaultdict(list)
        kept = len(served) - 1 if offered_to else len(served)
        for number in range(1, event.places + 1):
            holder = served[number - 1] if number <= kept else None
            place_id = self.rows.add(
                Place,
                event_id=event.id,
                number=number,
                school_id=holder.id if holder else None,
                allotted_at=self._shared_at(event) if holder else None,
                name_by_at=None,
                removed_at=None,
            )
            if holder:
                held[holder].append(place_id)
            elif offered_to and number == len(served):
                self._offer(event, place_id, offered_to)
        return [HeldPlaces(event, school, tuple(ids)) for school, ids in held.items()]

    def _offer(self, event: EventFacts, place_id: int, school: SchoolFacts) -> None:
        self.rows.add(
            Offer,
            public_id=public_id(self.rng),
            event_id=event.id,
            school_id=school.id,
            place_id=place_id,
            state=OfferState.OPEN,
            offered_at=self.now,
            expires_at=self.now + timedelta(days=3),
            sent_at=self.now,
            ended_at=None,
        )

    def _shared_at(self, event: EventFacts) -> datetime:
        return min(event.requests_close_at, self.now)
