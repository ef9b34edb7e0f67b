"""The doctor finds each planted fault, and nothing if there is none."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from booking.days.events import service as event_service
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import db, sqlite_driver, transaction
from booking.foundation.encryption import field_keys
from booking.foundation.notifications.models import Message
from booking.money.checkout import soundness as checkout_soundness
from booking.money.fund import service as fund
from booking.money.invoices import soundness as invoice_soundness
from booking.upkeep import doctor
from tests.builders import (
    allocation,
    checkout,
    colleague_groups,
    colleague_questions,
    data_requests,
    directory,
    events,
    pupils,
    resources,
    schools,
    visits,
)
from tests.builders import places as build
from tests.builders.fund import make_grant
from tests.features.upkeep.faults import FAULTS, FILE, KEYS


@pytest.fixture
def network(db_session, time_machine):
    """A round was run; a family has paid, one declined, a place is on offer; all is sealed."""
    home, away = schools.make_school(), schools.make_school()
    event = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION, places=4)
    allocation.ask_all(event, [home, away], [2, 3])
    time_machine.move_to(allocation.after_deadline(event))
    allocation.run_round(event)
    ada = pupils.make_pupil(school=home, forename="Ada")
    booking = build.name(event, home, ada)
    family = checkout.link(booking, ada.parents[0])
    checkout.answer(family)
    checkout.pay(family, 600)
    build.make_booking(event=event, school=home, state=BookingState.DECLINED)
    build.name(event, away)
    chess = events.make_event(title="Chess day")
    build.make_booking(event=chess, school=home, pupil=ada)
    make_grant(pence=50_000)
    resources.share(school=home)
    directory.listed(home)
    asker = schools.make_person(role=Role.COORDINATOR, school=home)
    more = [schools.make_person(role=Role.COORDINATOR, school=home) for _ in range(2)]
    colleague_groups.found(asker, *more)
    question = colleague_questions.ask(asker, home)
    colleague_questions.help_with(colleague_questions.answer(question, asker, home), asker)
    visit = visits.opened(asker, home)
    for _ in range(2):
        colleague = schools.make_person(role=Role.STAFF, school=away)
        visits.answer(visits.ask(visit, colleague, away), asker)
    schools.make_person(role=Role.TREASURER, email="treasurer@fairplace.example")
    data_requests.write_down(home, received_on=clock.today() - timedelta(days=3))
    with transaction():
        assert fund.seal(now=clock.now())
        assert audit.seal(now=clock.now())
    return event


def found():
    """Return the problems of each broken promise."""
    db.session.rollback()
    return {check.promise: problems for check, problems in doctor.examine() if problems}


def drop_triggers():
    """Remove the guards on append-only rows, as the database's owner could."""
    if db.engine.dialect.name == "sqlite":
        triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in db.session.scalars(triggers).all():
            db.session.execute(text(f"DROP TRIGGER {name}"))
        return
    for table in inspect(db.engine).get_table_names():
        db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))


def test_a_healthy_network_has_no_problem(network):
    assert found() == {}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.promise)
def test_a_planted_fault_is_found(network, fault):
    with transaction():
        if fault.guarded:
            drop_triggers()
        for statement in fault.statements:
            db.session.execute(text(statement))

    problems = found()

    assert list(problems) == [fault.promise]
    assert fault.said in problems[fault.promise][0]


def test_an_attachment_whose_key_is_gone_is_found(network):
    with transaction():
        db.session.add(Message(key="k", template="t", recipient="a@b.example", subject="s"))
        db.session.flush()
        sealed = field_keys.encrypt(b"file").replace("dev:", "old:").encode()
        insert = text("UPDATE messages SET attachment = :sealed WHERE key = 'k'")
        db.session.execute(insert, {"sealed": sealed})

    assert found() == {KEYS: ["messages.attachment: 1 row with a key that FIELD_KEY lacks"]}


@pytest.mark.parametrize("stored", ["dev:AAAA", "dev:!", "dev:" + "A" * 80])
def test_a_key_that_was_replaced_under_its_name_is_found(network, stored):
    with transaction():
        db.session.execute(text(f"UPDATE pupils SET admission_number = '{stored}'"))

    [problem] = found()[KEYS]

    assert problem.startswith("pupils.admission_number: ")
    assert "cannot be read with the key 'dev'" in problem


@pytest.mark.sqlite
def test_a_row_that_refers_to_nothing_is_found(app, network):
    db.session.rollback()
    other = sqlite_driver().connect(make_url(app.config["DATABASE_URL"]).database)
    other.execute("UPDATE fee_parts SET event_id = 900 WHERE position = 1")
    other.commit()
    other.close()

    [problem] = found()[FILE]

    assert problem.startswith("SQLite: fee_parts row ")
    assert problem.endswith("refers to a missing events")


def test_every_promise_has_a_fault_that_breaks_it():
    # Settings are not in the database: tests/features/money/invoices/test_invoices.py and
    # payments/test_no_processor.py break these.
    of_settings = {invoice_soundness.PAYABLE, checkout_soundness.NO_PROCESSOR}
    broken = {fault.promise for fault in FAULTS} | {FILE} | of_settings
    assert broken == {c.promise for c in doctor.checks()}


def test_a_pupil_brought_to_two_events_by_a_change_of_date_is_no_fault(network):
    chess = event_service.details_of(db.session.get_one(type(network), network.id + 1))
    details = replace(event_service.details_of(network), dates=chess.dates)
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=network, details=details)

    assert found() == {}
