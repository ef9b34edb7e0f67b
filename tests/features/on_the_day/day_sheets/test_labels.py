"""Labels, badges and the sign-in sheet: what is on them, for whom, and where it begins."""

import pytest
from sqlalchemy import select

from booking.days.leading import service as leading
from booking.days.leading.models import LeaderKind
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from tests.builders.glass import open_glass
from tests.builders.groups import propose_groups
from tests.builders.leading import lead
from tests.builders.rosters import bring_adult, expect_pupil
from tests.builders.schools import make_person, make_school, sign_in, sign_out
from tests.page import soup, words


@pytest.fixture
def event(event):
    event.title = "Gifted mathematicians’ day"
    return event


@pytest.fixture
def pupils(event, school):
    other = make_school(name="Birchwood School")
    for of, forename, surname, needs in (
        (school, "Zoë", "Adams", {"health": "Asthma: blue inhaler"}),
        (school, "Bartholomew-Maximilian", "Okoro", {"access": "Step-free route"}),
        (other, "བོད", "Nowak", {}),
    ):
        expect_pupil(event=event, school=of, forename=forename, surname=surname, **needs)
    propose_groups(event, groups=2)


def test_labels_have_a_name_a_school_and_a_group_and_never_why(
    client, as_host, fetch, event, pupils, db_session
):
    as_host()

    [text] = fetch("labels.pdf?sheet=21&first=20&order=name&initial=y&marks=y")[:1]
    by_school = fetch("labels.pdf?sheet=badges&first=1&order=school&owners=pupils")

    assert "Bartholomew-Maximilian O. Ashdale Primary School" in text
    assert text.index("Bartholomew") < text.index("Zoë A. Ashdale Primary School")
    assert "Sheet 1 of 2" in text
    assert "Destroy after Saturday 12 June 2027" in text
    assert len(by_school) == 1
    assert by_school[0].index("Zoë Adams") < by_school[0].index("Okoro")
    assert "bod* Nowak Birchwood School" in by_school[0]
    assert "Red" in by_school[0]
    for words_ in ("Gifted", "gifted", "mathematicians", "Asthma", "Step-free"):
        assert words_ not in text + by_school[0]
    facts = [
        entry.facts
        for entry in db_session.scalars(
            select(AuditEntry)
            .where(AuditEntry.action == "download_day_paper")
            .order_by(AuditEntry.id)
        )
    ]
    assert facts == [
        {"paper": "labels", "rows": 3, "health": True},
        {"paper": "labels", "rows": 3, "health": False},
    ]
    page = words(soup(client.get(f"/host/events/{event.slug}/paper")).find("main"))
    assert "A plain triangle, never what it is." in page
    assert "On paper 1 name or note is in Latin letters only" in page
    refused = client.get(f"/host/events/{event.slug}/labels.pdf?sheet=10&first=11")
    assert refused.status_code == 422
    assert "This sheet has 10 labels." in words(soup(refused).find("main"))


def marks_on(monkeypatch, fetch, path):
    """Return the names with a mark on the labels at `path`."""
    from booking.on_the_day.day_sheets import printing

    seen = []
    draw = printing.labels
    with monkeypatch.context() as patch:
        patch.setattr(
            printing,
            "labels",
            lambda event, choice, found, **more: (
                seen.extend(label.big for label in found if label.mark)
                or draw(event, choice, found, **more)
            ),
        )
        fetch(path)
    return seen


def test_a_mark_is_printed_only_if_asked_in_its_time_and_by_who_may_see_alerts(
    client, as_host, fetch, event, pupils, monkeypatch
):
    asked, plain = "labels.pdf?sheet=24&first=1&marks=y", "labels.pdf?sheet=24&first=1"

    as_host(days=-5)
    assert marks_on(monkeypatch, fetch, asked) == []
    page = words(soup(client.get(f"/host/events/{event.slug}/paper")).find("main"))
    assert "triangle" not in page
    as_host()
    assert marks_on(monkeypatch, fetch, plain) == []
    assert marks_on(monkeypatch, fetch, asked) == ["Zoë"]
    sign_out(client)
    lead = make_person(role=Role.LEAD)
    open_glass(event, lead)
    sign_in(client, lead)
    assert marks_on(monkeypatch, fetch, asked) == []


def test_adults_have_badges_and_sign_in_and_checks_are_yes_or_no(
    as_host, fetch, event, host, school, pupils
):
    with transaction():
        host.safeguarding_name, host.safeguarding_phone = "Noor Ahmed", "+441632960555"
    bring_adult(event=event, school=school, name="Sam Lane")
    record = lead(event, LeaderKind.PROVIDER, organisation="Robot Works", contact="01632 960777")
    as_host()

    [badges] = fetch("labels.pdf?sheet=10&first=1&owners=adults")
    [unchecked] = fetch("sign-in.pdf")
    with transaction():
        leading.confirm_checks(actor=COMMAND, now=clock.now(), event=event)
    [checked] = fetch("sign-in.pdf")

    assert "Sam Lane Ashdale Primary School Accompanying adult" in badges
    assert "Robot Works" in badges
    assert "Zoë" not in badges + checked
    assert "Robot Works No: never alone with pupils" in unchecked
    assert "Robot Works Yes" in checked
    assert "Sam Lane Ashdale Primary School By their school" in checked
    assert "designated safeguarding lead of Harrow Lane School at once: Noor Ahmed" in checked
    assert "Car registration" in checked
    assert [word for word in ("07700", "960777") if word in checked + badges] == []
    assert record is not None
