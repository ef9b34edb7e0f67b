"""A small network with one of everything; every text of two schools is marked with a canary.

`own` and `other` are two schools that send pupils; `hosting` hosts. A canary is a word that
occurs nowhere else, so that finding it says whose text was shown.
"""

import re
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from sqlalchemy import select

from booking.days.events.models import Event, Sharing, Theme
from booking.days.partners import service as partners
from booking.days.places import service as place_service
from booking.days.places.models import Booking, Place
from booking.domain.charging import FeeKind
from booking.domain.needs import Collection, Diet, PhotoPermission
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message, MessageState
from booking.money.checkout import service as checkout
from booking.money.checkout.queries import replies
from booking.money.checkout.service import parking
from booking.money.clearing import service as clearing
from booking.money.payments.demo_processor import books as demo_books
from booking.on_the_day.calendars import service as calendars
from booking.people.pupils.details import ParentDetails
from booking.people.schools import queries as school_queries
from booking.people.schools import service as schools
from booking.people.schools.models import Closure, Invitation, Person, RoleGrant, School
from tests.builders import (
    allocation,
    bids,
    events,
    ideas,
    invoices,
    leading,
    meetings,
    outbox,
    places,
    pupils,
    rosters,
)
from tests.builders import checkout as checkout_families
from tests.builders import schools as people
from tests.trust import (
    at_the_door,
    by_hand,
    circulars_written,
    costs,
    day_groups,
    glass_opened,
    host_questions,
    incidents_written,
    late_changes,
    left_behind,
    own_words,
    resources_shared,
    rights_asked,
    season_plans,
    shelf,
    treasury,
    ways,
)
from tests.trust.canaries import Canaries
from tests.trust.tours import build as build_tours

#: In an idea for an event: for every school, and for nobody outside.
IDEA_WORD = "Zqidea"
#: Who asks, each with one role only.
ROLES = (
    *("visitor", "own", "other", "host", "elsewhere", "day"),
    *("treasurer", "lead", "auditor", "staff", "associate"),
)


@dataclass
class Network:
    """Who to ask as, the parts of addresses, and the canaries of the two schools."""

    people: dict[str, str]
    #: What the addresses of the matrix are filled in with.
    facts: dict[str, str]
    own: Canaries
    other: Canaries


def build() -> Network:
    """Build it all, by the services; about two seconds."""
    hosting = people.make_school(name="Harrow Lane School", slug="harrow-lane")
    own = people.make_school(name="Ashdale School", slug="ashdale-school")
    other = people.make_school(name="Birchwood School", slug="birchwood-school")
    a, b = Canaries("a"), Canaries("b")
    made = _events(hosting)
    asked = host_questions.ask(made["day_event"])
    facts = {name: event.slug for name, event in made.items()}
    facts |= shelf.build(made["day_event"])
    facts |= _schools(own, hosting) | asked
    leading.lead_with_pupils(made["day_event"], own, a.word("leads", a.needs))
    facts |= _pupils_and_places(made, own, a)
    theirs = _pupils_and_places(made, other, b)
    for school, mark in ((own, a), (other, b)):
        host_questions.answer_as_school(made["day_event"], school, mark)
    facts |= {f"their_{name}": value for name, value in theirs.items()}
    facts |= ways.build(made["day_event"], own, other, (a, b))
    facts |= day_groups.build(made["day_event"], made["charged"])
    facts |= _calendars(facts["fresh"])
    facts |= season_plans.build(hosting, own=facts["pupil"], other=facts["their_pupil"])
    facts |= build_tours(own, other, hosting, a)
    facts |= _offers_and_rounds(made, own, other) | treasury.money(made["closed"], made["over"])
    emails, more = _people(own, other, hosting, made["day_event"])
    facts |= treasury.two_people(emails["treasurer"]) | treasury.statement(facts["entry"])
    facts |= _invoices(own)
    proposer = people.actor_of(people.person_of(emails["own"]))
    idea = ideas.make_idea(school=own, actor=proposer, details=IDEA_WORD)
    for mark, theirs_or_own in ((b, "their_"), (a, "")):
        day_event, pupils_place = made["day_event"], facts[f"{theirs_or_own}confirmed"]
        written = incidents_written.build(emails, day_event, pupils_place, mark)
        facts |= {f"{theirs_or_own}{name}": value for name, value in written.items()}
    facts |= circulars_written.build(emails, made["day_event"], own, a)
    facts |= costs.build(made["day_event"], emails)
    facts |= resources_shared.build(emails, made["day_event"], own, other)
    facts |= rights_asked.build(facts, emails, a, b)
    facts |= left_behind.build(made["day_event"])
    facts |= glass_opened.build(made["day_event"], own, emails)
    facts |= _meetings() | {"idea": idea.public_id} | own_words.build(emails)
    facts["theme"] = db.session.scalars(select(Theme.public_id)).first() or ""
    return Network(emails, facts | more | _bids(own, emails), a, b)


def _events(hosting: School) -> dict[str, Event]:
    now = clock.now()
    soon = events.one_date(events.on_weekday(now, days=2, at=time(9, 15)))
    then, last_week = now - timedelta(days=60), events.one_date(now - timedelta(days=7))
    fee = {"fee_pence": 600, "fee_parts": None}
    kinds: dict[str, dict[str, Any]] = {
        "day_event": {"dates": [soon], "sharing": Sharing.FIRST_COME, "places": 30, **fee},
        "open_round": {"places": 4},
        "shared": {"places": 4},
        "line": {"places": 2},
        "kept": {"sharing": Sharing.SET_QUOTAS},
        "draft": {"published": False},
        "closed": {"now": then, "dates": [last_week], **fee},
        "over": {"now": then, "dates": [last_week], **fee},
        "cancelled": {},
    }
    made = {
        name: events.make_event(host=hosting, title=name.replace("_", " ").title(), **details)
        for name, details in kinds.items()
    }
    made["charged"] = checkout_families.make_fee_event(
        FeeKind.CHARGE, host=hosting, title="Charged day", places=30
    )
    events.cancel_event(made["cancelled"])
    return made


def _schools(own: School, hosting: School) -> dict[str, str]:
    people.make_terms()
    now = clock.now()
    with transaction():
        closed = schools.add_closure(
            actor=COMMAND,
            now=now,
            school=own,
            first_on=clock.today(),
            last_on=clock.today(),
            reason="INSET day",
        )
        spare = schools.add_school(
            actor=COMMAND, now=now, name="Spare School", phase="primary", low_year=0, high_year=6
        )
    everywhere = db.session.scalars(select(Closure).where(Closure.school_id.is_(None))).first()
    assert everywhere is not None
    return {
        "own_school": own.slug,
        "host_school": hosting.slug,
        "spare_school": spare.slug,
        "own_closure": closed.public_id,
        "network_closure": everywhere.public_id,
        "term": _first_term(),
    }


def _first_term() -> str:
    return school_queries.terms()[0].first_on.isoformat()


def _pupils_and_places(made: dict[str, Event], school: School, mark: Canaries) -> dict[str, str]:
    """Name pupils for the day and the charged day, one for each state a family can be in."""
    day, charged = made["day_event"], made["charged"]
    paid, unpaid = _family(day, school, mark), _family(day, school, mark)
    fresh, half = _family(day, school, mark), _family(day, school, mark)
    to_pay, by_cheque = _family(charged, school, mark), _family(charged, school, mark)
    remitted, sibling = _family(charged, school, mark), _sibling(to_pay, charged, school, mark)
    for family in (paid, unpaid, to_pay, by_cheque, remitted, sibling):
        checkout_families.answer(family, **_answers(mark))
    _answer_half(half, mark)
    by_card = checkout_families.pay(paid, 600)
    session_id = checkout_families.begin(unpaid, 600)
    waiting = places.reserve(day, school, _pupil(school, mark))
    with transaction():
        row = db.session.get_one(Booking, remitted.booking.id)
        checkout.remit(actor=COMMAND, now=clock.now(), booking=row)
        objection = checkout.raise_objection(
            actor=PARENT, now=clock.now(), booking=half.booking, parent_id=half.parent.id
        ).public_id
        question = checkout.ask_school(
            actor=PARENT,
            now=clock.now(),
            booking=half.booking,
            parent_id=half.parent.id,
            text="May we bring our own lunch?",
        ).public_id
    refused = outbox.fate(
        fresh.booking, MessageState.REFUSED, error=f"<{fresh.parent.email}> is unknown"
    )
    adult = rosters.bring_adult(
        event=day,
        school=school,
        name=f"Sam {mark.word('adult', mark.roster)}",
        mobile=mark.phone(mark.roster),
        email=mark.email(),
    )
    rosters.collected(paid.booking, mark.word("leaves", mark.needs))
    return {
        "pupil": paid.booking.pupil.public_id,
        "confirmed": paid.booking.public_id,
        "invited": fresh.booking.public_id,
        "on_paper": _on_paper(day, school, mark).public_id,
        "refused_mail": str(refused.id),
        "reserve": waiting.public_id,
        "adult": adult.public_id,
        **late_changes.build(paid, mark),
        **at_the_door.build(day, school, mark),
        "objection": objection,
        "question": question,
        "fresh": fresh.token,
        "half": half.token,
        "unpaid": unpaid.token,
        "paid": paid.token,
        "to_pay": to_pay.token,
        "demo_session": session_id,
        "card_payment": by_card.public_id,
        "remitted": remitted.booking.public_id,
        **by_hand.cheque(by_cheque, mark),
        **_card_money(paid, school, mark),
    }


def _card_money(paid: checkout_families.Family, school: School, mark: Canaries) -> dict[str, str]:
    """A choice about money of a cancelled event, a refund that failed, a payout, a question."""
    called_off = checkout_families.make_fee_event(
        FeeKind.VOLUNTARY_CONTRIBUTION,
        host=paid.booking.event.host_school,
        places=30,
        title=f"Called-off day of {school.name}",
    )
    waiting = _family(called_off, school, mark)
    checkout_families.answer(waiting, **_answers(mark))
    checkout_families.pay(waiting, 600)
    events.cancel_event(called_off)
    refund_id = checkout_families.fail_refund(paid, mark.word("failed", mark.private))
    with transaction():
        made = demo_books.pay_out(now=clock.now())
        assert made is not None, "families have paid"
        payout_id = made.id
    clearing.reconcile_payouts(clock.now())
    with transaction():
        found = parking.list_problem(
            key=f"test:{school.slug}",
            problem="Something to explain.",
            amount_pence=100,
            now=clock.now(),
        )
    return {
        "called_off": waiting.token,
        "failed_refund": refund_id,
        "payout": payout_id,
        "explanation": found.public_id,
    }


def _pupil(school: School, mark: Canaries, parent: ParentDetails | None = None) -> Any:
    parent = parent or ParentDetails(
        f"Pat {mark.word('parent', mark.private)}", mark.email(), mark.phone(mark.private)
    )
    return pupils.make_pupil(
        school=school,
        forename=mark.word("fore", mark.roster),
        year_group=5,
        parents=[parent],
        surname=mark.word("sur", mark.roster),
    )


def _family(event: Event, school: School, mark: Canaries) -> checkout_families.Family:
    pupil = _pupil(school, mark)
    booking = places.make_booking(event=event, school=school, pupil=pupil)
    return checkout_families.link(booking, booking.pupil.parents[0])


def _on_paper(event: Event, school: School, mark: Canaries) -> Booking:
    """Name a child whose parent has no address: a name and a number that only the school reads."""
    parent = ParentDetails(f"Pen {mark.word('paper', mark.private)}", "", mark.phone(mark.private))
    pupil = _pupil(school, mark, parent)
    return places.make_booking(event=event, school=school, pupil=pupil)


def _sibling(
    of: checkout_families.Family, event: Event, school: School, mark: Canaries
) -> checkout_families.Family:
    """Name another child of the same parent: both can be paid for together."""
    same = ParentDetails(of.parent.name, of.parent.email, of.parent.phone)
    pupil = _pupil(school, mark, same)
    booking = places.make_booking(event=event, school=school, pupil=pupil)
    return checkout_families.link(booking, booking.pupil.parents[0])


def _answers(mark: Canaries, *, sent: bool = True) -> dict[str, Any]:
    def group(sent_to: set[str]) -> set[str]:
        return sent_to if sent else mark.unsent

    return {
        "given_by": f"Pat {mark.word('signed', group(mark.private))}",
        "health": mark.word("health", group(mark.health)),
        "access": mark.word("access", group(mark.needs)),
        "collection": Collection.NAMED_ADULT,
        "collected_by": mark.word("collects", group(mark.roster)),
        "emergency_name": mark.word("emergency", group(mark.private)),
        "emergency_phone": mark.phone(group(mark.private)),
        "diets": [Diet.HALAL],
        "photo": PhotoPermission.SCHOOL_USE,
        "asked": host_questions.answers(mark),
    }


def _answer_half(family: checkout_families.Family, mark: Canaries) -> None:
    told, now = _answers(mark, sent=False), clock.now()
    needs = {name: told.pop(name) for name in ("health", "access", "diets")}
    del told["asked"]  # is never kept unsent
    given_by = told.pop("given_by")
    with transaction():
        booking = db.session.get_one(Booking, family.booking.id)
        common = {"actor": PARENT, "now": now, "booking": booking}
        common["parent_id"] = family.parent.id
        checkout.give_consent(**common, given_by=given_by)
        checkout.tell_needs(**common, **needs)
        checkout.tell_day(**common, **told)


def _calendars(parents_token: str) -> dict[str, str]:
    """Follow a partner, and let the own school's parent keep a calendar."""
    link = replies.link_by_token(parents_token)
    assert link is not None
    with transaction():
        followed = partners.follow(
            actor=COMMAND, now=clock.now(), name="County", url="https://county.example/terms.ics"
        )
        kept, _ = calendars.make_feed(
            actor=PARENT, now=clock.now(), label="Kitchen", parent=link.parent
        )
        db.session.flush()
        return {"partner": followed.public_id, "parent_feed": kept.short_id}


def _offers_and_rounds(made: dict[str, Event], own: School, other: School) -> dict[str, str]:
    for school in (own, other):
        places.ask(made["open_round"], school, 2)
        places.ask(made["shared"], school, 3)
        places.ask(made["line"], school, 2)
    allocation.run_round(made["shared"])
    places.allot(made["line"], {own: 0, other: 2})
    booking = places.name(made["line"], other)
    with transaction():
        place_service.decline(actor=PARENT, now=clock.now(), booking=booking)
    offer = places.open_offer(own, made["line"])
    assert offer is not None, "the place goes to the next in line"
    assert db.session.scalars(select(Place).where(Place.school_id == own.id)).first()
    return {"offer": offer.public_id}


def _people(
    own: School, other: School, hosting: School, day: Event
) -> tuple[dict[str, str], dict[str, str]]:
    roles: dict[str, dict[str, Any]] = {
        "own": {"role": Role.COORDINATOR, "school": own},
        "other": {"role": Role.COORDINATOR, "school": other},
        "host": {"role": Role.HOST, "school": hosting},
        "elsewhere": {"role": Role.HOST, "school": other},
        "day": {"role": Role.DAY_STAFF, "event_id": day.id},
        "treasurer": {"role": Role.TREASURER},
        "lead": {"role": Role.LEAD},
        "auditor": {"role": Role.AUDITOR},
        "staff": {"role": Role.STAFF, "school": own},
        "associate": {"role": Role.ASSOCIATE, "institution": "Tallow Hill College"},
    }
    made = {name: people.make_person(name=f"{name} person", **how) for name, how in roles.items()}
    helper = people.make_person(name="Helen Helper", role=Role.HOST, school=own)
    offer = schools.RoleOffer(Role.HOST, own)
    now, lead = clock.now(), people.actor_of(made["lead"])
    with transaction():
        token = schools.invite(
            actor=lead, now=now, email="new@elsewhere.example", name="Nina New", offers=[offer]
        )
        on_the_day = schools.RoleOffer(Role.DAY_STAFF, event_id=day.id, event_title=day.title)
        schools.invite(
            actor=lead,
            now=now,
            email="helper@elsewhere.example",
            name="Dan Day",
            offers=[on_the_day],
        )
        schools.invite(
            actor=lead, now=now, email=made["own"].email, name="Own Person", offers=[offer]
        )
        feed, feed_token = calendars.make_feed(
            actor=people.actor_of(made["own"]), now=now, label="My phone"
        )
        schools.ask_reset(now=now, email=helper.email)
        schools.ask_new_address(
            actor=people.actor_of(made["own"]),
            now=now,
            person=made["own"],
            email="moved@elsewhere.example",
        )
    facts = {
        "helper": helper.public_id,
        "helper_grant": _grant(helper),
        "day_grant": _grant(made["day"]),
        "invitation": _invitation("new@elsewhere.example"),
        "day_invitation": _invitation("helper@elsewhere.example"),
        "post_offer": _invitation(made["own"].email),
        "invitation_token": token,
        "feed": feed.short_id,
        "feed_token": feed_token,
        "reset_token": _mailed("/reset/"),
        "new_address_token": _mailed("/new-address/"),
        "mail_stop_token": outbox.stop_token(made["own"]),
    }
    return {name: person.email for name, person in made.items()}, facts


def _bids(own: School, emails: dict[str, str]) -> dict[str, str]:
    """Make a waiting bid, an approved one and a claimed one."""
    applicant, lead = people.person_of(emails["own"]), people.person_of(emails["lead"])
    waiting, approved, claimed = (bids.make_bid(school=own, applicant=applicant) for _ in range(3))
    for bid in (approved, claimed):
        bids.approve(bid, lead)
    bids.claim(claimed)
    return {
        "bid": waiting.public_id,
        "approved_bid": approved.public_id,
        "claimed_bid": claimed.public_id,
    }


def _invoices(own: School) -> dict[str, str]:
    """Make an event to bill the school for, and an invoice that it has not paid."""
    [invoice] = invoices.raise_for(invoices.make_event({own: 2}, title="Billed day"))
    [part_paid] = invoices.raise_for(invoices.make_event({own: 2}, title="Part-paid day"))
    to_bill = invoices.make_event({own: 1}, title="Day to bill")
    return {
        "invoice": invoice.public_id,
        "part_paid": part_paid.public_id,
        "invoice_payment": invoices.pay(part_paid, 600).public_id,
        "to_bill": to_bill.slug,
    }


def _meetings() -> dict[str, str]:
    """Call a meeting of coordinators to come; another one is over."""
    to_come, past = meetings.make_meeting(), meetings.make_meeting(ago=timedelta(days=60))
    return {"meeting": to_come.public_id, "past_meeting": past.public_id}


def _grant(person: Person) -> str:
    statement = select(RoleGrant.public_id).where(RoleGrant.person_id == person.id)
    return str(db.session.scalar(statement))


def _invitation(email: str) -> str:
    statement = select(Invitation.public_id).where(Invitation.email == email)
    return str(db.session.scalar(statement))


def _mailed(path: str) -> str:
    for mail in db.session.scalars(select(Message).order_by(Message.id.desc())):
        found = re.search(rf"{path}(\S+)", mail.text or "")
        if found:
            return found[1]
    raise AssertionError(f"no mail holds {path}")
