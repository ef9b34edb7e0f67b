"""How families pay decides nothing: not who gets a place, who is next, or what a host sees.

Hypothesis deals out ways of paying to the families in any order, through the real services; the
allocation, the line, the roster with its files, and every page for the public, the host and other
schools are compared byte by byte with those of the first deal.
"""

import os
from datetime import timedelta
from typing import Any

import pytest
import time_machine as travelling
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from booking.days.allocation import service as allocation
from booking.days.events.models import Event, Sharing
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking, Place
from booking.domain.booking_states import EXPECTED, BookingState
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.details import PaymentWish
from booking.money.payments.models import Method
from booking.on_the_day.rosters.pages import rows
from tests.builders import allocation as rounds
from tests.builders import checkout, pupils, schools
from tests.builders import places as seats
from tests.conftest import dispose

pytestmark = pytest.mark.machine
EXAMPLES = int(os.environ.get("FAIRPLACE_EXAMPLES", "6"))
PUBLIC = ("/", "/events/{0}", "/events/{0}/allocation", "/events/{0}.ics", "/calendar/network.ics")
OF_HOST = (
    "/host/",
    "/host/events/{0}/roster",
    "/host/events/{0}/roster.csv",
    "/host/events/{0}/roster.xlsx",
    "/host/events/{0}/roster.pdf",
    "/host/events/{0}/register",
)
OF_ANOTHER_SCHOOL = ("/school/", "/school/events/{0}/")


def by_card(booking: Booking, pence: int | None) -> None:
    parent = booking.pupil.parents[0]
    page = service.begin(parent_id=parent.id, wishes=[PaymentWish(booking.id, pence)])
    session_id = page.url.rpartition("/")[2]
    checkout.pay_at_demo_processor(session_id)
    service.settle(session_id)


def by_cash(booking: Booking) -> None:
    with transaction():
        service.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=booking,
            method=Method.CASH,
            amount_pence=booking.event.fee_pence,
        )


def remitted(booking: Booking) -> None:
    with transaction():
        service.remit(actor=COMMAND, now=clock.now(), booking=booking)


def not_this_time(booking: Booking) -> None:
    with transaction():
        service.not_this_time(actor=PARENT, now=clock.now(), booking=booking)


#: Each fee kind's ways of paying, all of which leave the place confirmed.
WAYS: dict[FeeKind, list[Any]] = {
    FeeKind.VOLUNTARY_CONTRIBUTION: [
        lambda booking: by_card(booking, booking.event.fee_pence),
        lambda booking: by_card(booking, 30),
        not_this_time,
        by_cash,
        lambda booking: None,  # asked, and never answered
    ],
    FeeKind.CHARGE: [lambda booking: by_card(booking, None), by_cash, remitted],
}


class Day:
    """A day after its round: two schools with two pupils each, one in the line, one without."""

    def __init__(self, app: Any, database: Any, kind: FeeKind) -> None:
        self.app, self.database, self.ways = app, database, WAYS[kind]
        with app.app_context():
            self.slug, starts_at = self._build(kind)
            self.at = starts_at - timedelta(days=2)
            db.session.remove()
        with travelling.travel(self.at, tick=False):
            self.clients = {paths: app.test_client() for paths in (PUBLIC, OF_HOST)}
            self.clients[OF_ANOTHER_SCHOOL] = app.test_client()
            with app.app_context():
                for paths, email in ((OF_HOST, "host"), (OF_ANOTHER_SCHOOL, "other")):
                    schools.sign_in(self.clients[paths], f"{email}@schools.example")
                db.session.remove()
        dispose(app)
        database.remember()

    def _build(self, kind: FeeKind) -> Any:
        host, first, second, other = (schools.make_school(name=f"{n} School") for n in "HABC")
        for name, role, school in (("host", Role.HOST, host), ("other", Role.COORDINATOR, other)):
            schools.make_person(role=role, school=school, email=f"{name}@schools.example")
        event = checkout.make_fee_event(
            kind, host=host, title="Puzzle day", places=4, sharing=Sharing.FAIR_ROUND
        )
        rounds.ask_all(event, (first, second, other), (3, 3, 1))
        rounds.run_round(event)
        now = rounds.after_deadline(event)
        for school in (first, second, other):
            for _ in place_queries.vacant_places(event.id, school.id):
                booking = seats.name(event, school, _pupil(event, school), now=now)
                with transaction():
                    service.answer(
                        actor=PARENT,
                        now=now,
                        booking=booking,
                        answers=checkout.answers(health="Asthma", access="Quiet space"),
                    )
            seats.reserve(event, school, _pupil(event, school), now=now)
        return event.slug, event.first_starts_at

    def look(self, deal: list[int]) -> dict[str, object]:
        """Pay for the places as dealt, from the same start each time; return all that shows."""
        dispose(self.app)
        self.database.bring_back()
        self.app.extensions["remembered"].forget()
        with travelling.travel(self.at, tick=False), self.app.app_context():
            ids = select(Booking.id).where(Booking.state.in_(EXPECTED | {BookingState.INVITED}))
            for booking_id, way in zip(db.session.scalars(ids).all(), deal, strict=True):
                booking = db.session.get_one(Booking, booking_id)
                self.ways[way % len(self.ways)](booking)
                db.session.rollback()
            seen = {**self._decided(), **self._shown()}
            db.session.remove()
        return seen

    def _decided(self) -> dict[str, object]:
        event = db.session.scalars(select(Event).where(Event.slug == self.slug)).one()
        seats_taken = select(Booking.pupil_id, Booking.state, Place.number).join(
            Place, Place.id == Booking.place_id
        )
        return {
            "problems of rounds": list(allocation.problems()),
            "claims": repr(place_queries.round_of(event)),
            "line": place_queries.line_of(event).next_schools(),
            "held": place_queries.held(event.id),
            "seats": db.session.execute(seats_taken.order_by(Booking.id)).all(),
            "reserves": db.session.execute(
                select(Booking.pupil_id, Booking.reserve_rank).where(
                    Booking.state == BookingState.RESERVE
                )
            ).all(),
            "rows": rows.rows(event, now=clock.now(), health=True),
        }

    def _shown(self) -> dict[str, object]:
        shown: dict[str, object] = {}
        for paths, client in self.clients.items():
            for path in paths:
                response = client.get(path.format(self.slug))
                assert response.status_code == 200, path
                shown[path] = checkout.without_tokens(response.data)
        return shown


def _pupil(event: Event, school: Any) -> Any:
    return pupils.make_pupil(school=school, year_group=event.low_year)


@pytest.mark.parametrize("kind", WAYS)
def test_funding_moves_no_place_no_line_and_no_byte_of_any_page(app, test_database, kind):
    day = Day(app, test_database, kind)
    first = day.look([0, 0, 0, 0])
    assert len(first) == 20

    @settings(max_examples=EXAMPLES, phases=[Phase.reuse, Phase.generate, Phase.shrink])
    @given(st.lists(st.integers(0, 4), min_size=4, max_size=4))
    def dealt(deal):
        for name, what in day.look(deal).items():
            assert what == first[name], name

    dealt()


def test_the_comparison_sees_a_page_that_would_tell(app, test_database, monkeypatch):
    """Control: if the roster were ordered by who paid, the deals above would show it."""
    day = Day(app, test_database, FeeKind.VOLUNTARY_CONTRIBUTION)
    real = rows.rows

    def by_who_paid(event, **facts):
        from booking.money.checkout.models import Funding  # which the roster itself may not know

        received = select(Funding.booking_id).where(Funding.status == "received")
        paid = len(db.session.scalars(received).all())
        found = real(event, **facts)
        return [*found[paid:], *found[:paid]]

    monkeypatch.setattr(rows, "rows", by_who_paid)

    assert day.look([0, 2, 2, 2])["rows"] != day.look([2, 2, 2, 2])["rows"]
