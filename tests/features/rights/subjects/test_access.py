"""Everything held about one person: for the home school, for oneself, and for nobody else."""

import io
import json
import re
from datetime import timedelta

import pypdf
import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.rights.subjects import pages, printing, queries, words
from tests import cast
from tests.builders import checkout as families
from tests.builders import incidents, outbox
from tests.builders.checkout import FeeKind, make_family, make_fee_event
from tests.builders.pupils import make_pupil
from tests.builders.rosters import bring_adult, expect_pupil
from tests.builders.schools import actor_of, as_, make_person, make_school, sign_in
from tests.page import soup


@pytest.fixture
def school(db_session):
    return make_school(name="Ashdale Primary School")


@pytest.fixture
def family(school):
    """Ada has a place, answers and mail; Ben Sykes was in the incident with her."""
    event = make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    found = make_family(event, school=school)
    families.answer(found, health="Peanut allergy: pen in the red bag", access="Step-free route")
    families.pay(found, 600)
    ben = expect_pupil(event=event, school=school, forename="Ben", surname="Sykes")
    teacher = make_person(role=Role.HOST, school=event.host_school, name="Harriet Host")
    incidents.write_incident(
        day=event.dates[0],
        by=teacher,
        about=[found.booking, ben],
        what="Ada Okoro and Ben Sykes collided; BEN cried, Sykes’ knee bled.",
    )
    bring_adult(event=event, school=school, name="Sam Lane")
    return found


@pytest.fixture
def coordinator(client, school):
    person = make_person(role=Role.COORDINATOR, school=school)
    sign_in(client, person)
    return person


def path(family):
    return f"/school/pupils/{family.booking.pupil.public_id}/everything"


def look(client, page, **more):
    return client.post(page, data={"password": cast.PASSWORD, "sure": "y", **more})


def texts(copy):
    """Return every value of a copy, and its titles and labels."""
    for section in copy["sections"]:
        yield section["title"]
        for row in section["rows"]:
            for fact in row:
                yield fact["label"]
                yield fact["value"]


FOOT = re.compile(r"Confidential\.Madeat.{8,60}?Page\d+of\d+")


def squeezed(text):
    """Return a text without the blanks by which paper breaks its lines, nor the foot of a page."""
    return FOOT.sub("", re.sub(r"[\s\-‐\xad]", "", text))


def records():
    found = select(AuditEntry).where(AuditEntry.action.like("%everything")).order_by(AuditEntry.id)
    return [(one.action, one.subject_type, one.facts) for one in db.session.scalars(found)]


def test_the_home_school_takes_one_copy_as_two_files(client, family, coordinator, time_machine):
    shown = client.get(f"/school/pupils/{family.booking.pupil.public_id}/")
    assert soup(shown).find("a", string="Everything held about Ada")["href"] == path(family)
    file = f"{path(family)}/file"
    assert client.get(file).headers["Location"] == path(family)

    wrong = client.post(path(family), data={"password": "not the password", "sure": "y"})
    assert (wrong.status_code, records()) == (422, [])
    assert client.post(path(family), data={"password": cast.PASSWORD}).status_code == 422

    assert look(client, path(family)).status_code == 303
    assert f"{file}?as=pdf" in client.get(path(family)).text
    copy = json.loads(client.get(f"{file}?as=json").data)
    paper = client.get(f"{file}?as=pdf")

    assert paper.headers["Content-Disposition"] == 'attachment; filename="everything-held.pdf"'
    said = squeezed(
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.data)).pages)
    )
    told = [text for text in texts(copy) if "took a copy" not in text]
    assert [text for text in told if squeezed(text) not in said] == []
    whole = "\n".join(told)
    assert family.token not in whole
    assert "/parent/…" in whole
    for word in ("Ada", "Okoro", "sam.okoro@parents.example", "+447700900123", "£6.00"):
        assert word in whole
    assert "Peanut allergy: pen in the red bag" in whole
    titles = {section["title"] for section in copy["sections"]}
    assert titles >= {"The pupil", "Places", "Consent and signatures", "Payments", "Incidents"}
    assert "[another child]" in whole
    assert "Ben" not in whole.replace("Benefit", "")
    assert "Sykes" not in whole
    assert records() == [
        ("ask_for_everything", "pupils", {}),
        ("copy_everything", "pupils", {"format": "json"}),
        ("copy_everything", "pupils", {"format": "pdf"}),
    ]

    time_machine.move_to(clock.now() + timedelta(minutes=11))
    assert client.get(file).headers["Location"] == path(family)


def test_nobody_else_gets_it(app, family):
    booking = family.booking
    others = (
        make_person(role=Role.COORDINATOR, school=make_school()),
        make_person(role=Role.HOST, school=booking.event.host_school),
        make_person(role=Role.LEAD),
    )

    for client in [as_(app, person) for person in others]:
        assert look(client, path(family)).status_code == 404
        assert client.get(f"{path(family)}/file").status_code == 404


def test_a_pupil_who_has_left_can_still_ask(client, coordinator, school):
    pupil = make_pupil(school=school, forename="Zoe")
    client.post(f"/school/pupils/{pupil.public_id}/leave")

    assert look(client, f"/school/pupils/{pupil.public_id}/everything").status_code == 303


def test_copies_are_limited(client, family, coordinator):
    for _ in range(20):
        assert look(client, path(family)).status_code == 303
    assert (
        client.post(path(family), data={"password": cast.PASSWORD, "sure": "y"}).status_code == 429
    )


def test_a_parent_and_a_companion_are_found_by_address(app, client, family, coordinator):
    page = "/school/adults/everything"
    for address, name, title in (
        ("Sam.Okoro@parents.example", "Sam Okoro", "Consent and signatures"),
        ("07700 900321", "Sam Lane", "Events to come along to"),
    ):
        assert look(client, page, address=address).status_code == 303
        assert f"{name}: " in client.get(page).text
        copy = json.loads(client.get(f"{page}/file/0").data)
        assert copy["about"] == name
        assert title in {section["title"] for section in copy["sections"]}

    refused = look(client, page, address="nobody@parents.example")
    assert refused.status_code == 422
    assert "Your school holds nothing under this address" in refused.text
    # Another school finds nothing, by address or by what was found before.
    client = as_(app, make_person(role=Role.COORDINATOR, school=make_school()))
    assert look(client, page, address="sam.okoro@parents.example").status_code == 422
    assert client.get(f"{page}/file/0").status_code == 303


def test_somebody_with_an_account_reads_what_is_held_about_them(app, family):
    lead = make_person(role=Role.LEAD, name="Lea Lead")
    host = db.session.scalars(
        select(AuditEntry.person_id).where(AuditEntry.action == "write_incident")
    ).one()
    teacher = db.session.get_one(type(lead), host)
    client = as_(app, teacher)
    assert look(client, "/account/everything").status_code == 303
    own = json.loads(client.get("/account/everything/file").data)

    client = as_(app, lead)
    theirs = f"/admin/people/{teacher.public_id}/everything"
    assert look(client, theirs).status_code == 303
    copy = json.loads(client.get(f"{theirs}/file").data)

    for found in (own, copy):
        said = "\n".join(texts(found))
        assert teacher.email in said
        assert "Where else the name stands" in said
        assert "Ada" not in said
        assert "Peanut" not in said


def test_mail_says_subject_time_and_fate(family):
    person = queries.of_pupil(family.booking.pupil)
    outbox.newest(family.booking)

    copy = pages.copy_of(
        person,
        actor=actor_of(make_person(role=Role.COORDINATOR, school=family.booking.school)),
        now=clock.now(),
    )

    mail = next(section for section in copy.sections if section.title == "Mail")
    labels = {label for row in mail.rows for label, _ in row}
    assert labels >= {"Recipient", "Subject", "State", "Queued", "Words"}
    assert printing.as_pdf(copy)[:4] == b"%PDF"


def test_a_name_that_is_a_word_is_taken_out_as_a_name_only():
    assert words.without("Will will fall; amy too", {"Will", "Amy"}) == (
        "[another child] will fall; [another child] too"
    )
