"""Everything ever sent to the card processor, searched for words about a child."""

import json

from sqlalchemy import select

from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.charging import FeeKind
from booking.domain.needs import Collection, Diet
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.details import PaymentWish
from booking.money.checkout.queries import replies
from booking.money.payments.models import PaymentLine
from tests.builders import checkout, schools

#: Each appears in one private place and nowhere else.
CANARIES = (
    "zebedee",
    "quillfeather",
    "marrowbone",
    "thistledown",
    "hollyhock",
    "campanula",
    "foxglove",
    "bluebell",
    "larkspur",
    "saxifrage",
    "periwinkle",
    "cowparsley",
    "vegan",
    "meadowsweet",
    "07700",
    "447700",
)


def make_family(kind, forename):
    event = checkout.make_fee_event(
        kind,
        host=schools.make_school(name="Thistledown Hospital School"),
        title=f"Hollyhock day for deaf pupils {forename}",
        venue="Campanula Hall",
        led_by="Foxglove Trust",
        concept="Bluebell",
        practicalities="Larkspur",
    )
    family = checkout.make_family(
        event,
        school=schools.make_school(slug="marrowbone", name="Marrowbone Special School"),
        parent_name="Quillfeather",
        forename=forename,
        parent_email="pat@parents.example",
    )
    checkout.answer(
        family,
        health="Saxifrage allergy",
        access="Periwinkle room",
        diets=[Diet.VEGAN],
        collection=Collection.NAMED_ADULT,
        collected_by="Cowparsley",
        emergency_name="Meadowsweet",
    )
    return family


def test_no_word_about_a_child_a_school_or_a_need_is_ever_sent(processor):
    charged = make_family(FeeKind.CHARGE, "Zebedee")
    with transaction():
        booking = db.session.get_one(Booking, charged.booking.id)
        school = booking.school
    asked = checkout.make_family(
        checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION, title="Hollyhock walk"),
        school=school,
        parent_name="Quillfeather",
        forename="Zebedee the younger",
        parent_email="pat@parents.example",
    )
    checkout.answer(asked, health="Saxifrage", diets=[Diet.VEGAN])

    checkout.begin(charged)  # alone, then closed for another basket
    wishes = [PaymentWish(charged.booking.id), PaymentWish(asked.booking.id, 450)]
    url = service.begin(parent_id=charged.parent.id, wishes=wishes).url
    processor.pay(url.rpartition("/")[2])
    service.settle_open(clock.now())
    with transaction() as unit:
        line = unit.scalars(select(PaymentLine).order_by(PaymentLine.id.desc())).first()
        service.refund(
            actor=COMMAND,
            now=clock.now(),
            line=line,
            amount_pence=100,
            reason="Zebedee Quillfeather of Marrowbone was ill",
        )
    with transaction() as unit:
        places.withdraw(
            actor=COMMAND, now=clock.now(), booking=unit.get_one(Booking, charged.booking.id)
        )
    service.execute_refunds(clock.now())

    verbs = {(call.method, call.path.rsplit("/", 1)[-1]) for call in processor.calls}
    assert {("POST", "sessions"), ("POST", "expire"), ("POST", "refunds")} <= verbs
    sent = json.dumps([[c.method, c.path, c.params, c.headers] for c in processor.calls]).lower()
    found = [word for word in CANARIES if word in sent]
    assert found == []
    for token in (charged.token, asked.token):
        assert token.lower() not in sent
    assert "deaf" not in sent
    assert "special" not in sent


def test_the_canaries_are_really_there(processor):
    """Control: each word in the list is in our own database, so it could have been sent."""
    family = make_family(FeeKind.CHARGE, "Zebedee")
    booking = db.session.get_one(Booking, family.booking.id)
    reply = replies.reply(booking)
    ours = json.dumps(
        [
            booking.pupil.name,
            booking.school.name,
            booking.event.title,
            booking.event.venue,
            booking.event.led_by,
            booking.event.concept,
            booking.event.practicalities,
            booking.event.host_school.name,
            family.parent.name,
            family.parent.phone,
            reply.needs.health,
            reply.needs.access,
            reply.needs.diets,
            reply.needs.collected_by,
            reply.needs.emergency_name,
            "07700",
        ]
    ).lower()

    assert [word for word in CANARIES if word not in ours] == []
