"""A circular reaches its readers once, when its time has come, and nobody else."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from booking.domain.circulars import Readership
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.network.circulars import service
from booking.network.circulars.models import Circular
from tests.builders.checkout import answer
from tests.builders.circulars import details, send, work, write
from tests.builders.schools import actor_of, grant
from tests.builders.stored import mails
from tests.page import text


def readers(template="circular"):
    """Return the addresses of the mails of a template, sorted."""
    return sorted(mail.recipient for mail in mails(template))


def sent(world, readership, by, **changes):
    """Write a circular, let it go out, and return it."""
    circular = write(by, readership, **changes)
    send(circular, by)
    work()
    return circular


def test_everybody_reads_the_leads_circular_once(world):
    grant(world.own, Role.HOST, world.coming)
    circular = sent(world, Readership.EVERYBODY, world.lead)
    work()

    everybody = (world.lead, world.host, world.own, world.other)
    assert readers() == sorted(person.email for person in everybody)
    [mail] = [mail for mail in mails("circular") if mail.recipient == world.own.email]
    assert mail.subject == "News for Cora Obi"
    assert "Please bring wellingtons." in mail.text
    assert "<strong>wellingtons</strong>" in mail.html
    assert world.lead.email in mail.reply_to
    assert circular.addressed_at is not None


@pytest.mark.parametrize(
    ("readership", "chosen", "expected"),
    [
        (Readership.ROLES, ("host", "lead"), {"host", "lead"}),
        (Readership.PHASES, ("primary",), {"own", "other"}),
        (Readership.PHASES, ("secondary", "primary"), {"own", "other"}),
    ],
)
def test_the_lead_chooses_roles_or_kinds_of_school(world, readership, chosen, expected):
    sent(world, readership, world.lead, chosen=chosen)

    assert set(readers()) == {getattr(world, name).email for name in expected}


def test_a_host_writes_to_schools_that_come_or_to_those_that_are_silent(world):
    sent(world, Readership.SCHOOLS_COMING, world.host, event=world.event, text="{school}, {event}")
    assert readers() == [world.own.email]
    [mail] = mails("circular")
    assert "Ashdale School, Puzzle day" in mail.text

    sent(world, Readership.SCHOOLS_SILENT, world.host, event=world.event)
    assert readers() == sorted([world.own.email, world.other.email])


def test_a_coordinator_writes_to_families_and_each_has_its_own_link(world, client):
    sent(
        world,
        Readership.FAMILIES_SILENT,
        world.own,
        event=world.event,
        families_of=world.coming,
        text="Dear {name}, we have no answer about {child}.",
    )

    assert readers("circular_to_family") == ["bo.ray@parents.example", "sam.okoro@parents.example"]
    bo, sam = sorted(mails("circular_to_family"), key=lambda mail: mail.recipient)
    assert "Dear Bo Ray, we have no answer about Ben." in bo.text
    assert "Ben" not in sam.text
    assert "Ashdale School" in bo.subject
    assert world.own.email in bo.reply_to
    link = next(line for line in bo.text.splitlines() if line.startswith("http"))
    page = client.get(link.partition("localhost")[2].lstrip("0123456789:"))
    assert "Ben" in text(page)
    assert "Ada" not in text(page)


def test_only_families_that_come_read_what_is_for_them(world):
    answer(world.ada)
    sent(
        world,
        Readership.FAMILIES_COMING,
        world.own,
        event=world.event,
        families_of=world.coming,
    )

    assert readers("circular_to_family") == ["sam.okoro@parents.example"]


def test_nobody_is_written_to_before_its_time_and_it_can_be_stopped(world, time_machine):
    circular = write(world.lead)
    at = send(circular, world.lead, at=clock.now() + timedelta(days=2))
    work()
    assert readers() == []

    with transaction():
        service.stop(actor=actor_of(world.lead), now=clock.now(), circular=circular)
    time_machine.move_to(at + timedelta(minutes=1))
    work()
    assert readers() == []

    send(circular, world.lead)
    work()
    assert len(readers()) == 4
    with pytest.raises(service.AlreadySent), transaction():
        service.stop(actor=actor_of(world.lead), now=clock.now(), circular=circular)
    with pytest.raises(service.AlreadySent), transaction():
        service.change(
            actor=actor_of(world.lead), now=clock.now(), circular=circular, details=details()
        )


def test_what_can_wait_comes_as_one_mail_on_the_next_school_day(world, time_machine):
    time_machine.move_to(datetime(2027, 3, 6, 10, tzinfo=LONDON))  # a Saturday
    sent(world, Readership.EVERYBODY, world.lead, may_wait=True, subject="First")
    sent(world, Readership.EVERYBODY, world.lead, may_wait=True, subject="Second")
    assert readers() == readers("circulars_of_day") == []

    time_machine.move_to(datetime(2027, 3, 8, 6, 59, tzinfo=LONDON))
    work()
    assert readers("circulars_of_day") == []

    time_machine.move_to(datetime(2027, 3, 8, 7, 1, tzinfo=LONDON))
    work()
    assert len(readers("circulars_of_day")) == 4
    assert all("First" in mail.text for mail in mails("circulars_of_day"))
    assert all("Second" in mail.text for mail in mails("circulars_of_day"))
    assert mails("circulars_of_day")[0].subject == "2 circulars: First"


def test_the_same_families_are_not_asked_again_within_three_days(world, time_machine):
    facts = {"event": world.event, "families_of": world.coming}
    sent(world, Readership.FAMILIES_SILENT, world.own, **facts)
    again = write(world.own, Readership.FAMILIES_SILENT, **facts)

    with pytest.raises(service.TooSoon, match="are asked at"):
        send(again, world.own)
    time_machine.move_to(clock.now() + timedelta(days=3, minutes=1))
    send(again, world.own)
    work()
    assert len(readers("circular_to_family")) == 4


def test_refusals_say_what_to_do(world):
    with pytest.raises(service.CircularRefused, match="Choose at least one role"):
        write(world.lead, Readership.ROLES)
    with pytest.raises(service.CircularRefused, match="Choose at least one kind of school"):
        write(world.lead, Readership.PHASES, chosen=("castle",))
    with pytest.raises(service.CircularRefused, match="Choose who reads it"):
        write(world.host, Readership.EVERYBODY, event=world.event)
    nobody = write(world.lead, Readership.PHASES, chosen=("special",))
    with pytest.raises(service.NoReaders):
        send(nobody, world.lead)
    with pytest.raises(service.BadTime):
        send(write(world.lead), world.lead, at=clock.now() - timedelta(minutes=1))
    with pytest.raises(service.BadTime):
        send(write(world.lead), world.lead, at=clock.now() + timedelta(days=181))


def test_a_trial_reaches_the_writer_alone_without_anybodys_link(world):
    circular = write(
        world.own, Readership.FAMILIES_SILENT, event=world.event, families_of=world.coming
    )
    with transaction():
        service.try_out(
            actor=actor_of(world.own), now=clock.now(), circular=circular, to=world.own.email
        )
    work()

    [mail] = mails("circular_trial")
    assert mail.recipient == world.own.email
    assert "/parent/" not in mail.text + mail.html
    assert readers("circular_to_family") == []


def test_the_trail_says_who_wrote_and_sent_it_and_nothing_of_what_it_says(world):
    sent(world, Readership.FAMILIES_SILENT, world.own, event=world.event, families_of=world.coming)

    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action.like("%_circular")).order_by(AuditEntry.id)
    ).all()
    told = " ".join(repr(vars(entry)) for entry in entries)
    assert [entry.action for entry in entries] == [
        "write_circular",
        "send_circular",
        "address_circular",
    ]
    assert not any(word in told for word in ("Okoro", "Ada", "parents.example", "wellingtons"))


def test_a_draft_can_be_thrown_away(world):
    circular = write(world.lead)
    with transaction():
        service.discard(actor=actor_of(world.lead), now=clock.now(), circular=circular)

    assert db.session.scalar(select(func.count()).select_from(Circular)) == 0
    with pytest.raises(service.AlreadySent, match="discarded"), transaction():
        service.stop(actor=actor_of(world.lead), now=clock.now(), circular=circular)


def test_a_name_is_a_name_and_makes_no_mark_and_no_link(world):
    with transaction():
        world.own.name = "*Cora* [here](https://elsewhere.example) <b>"
    sent(world, Readership.SCHOOLS_COMING, world.host, event=world.event, subject="News")

    [mail] = mails("circular")
    assert "<em>" not in mail.html
    assert "<b>" not in mail.html
    assert "elsewhere.example)" in mail.html
    assert 'href="https://elsewhere' not in mail.html
