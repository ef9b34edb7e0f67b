"""The register of requests: who asks, by when it is answered, who is told, who reads it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from booking.domain.charging import FeeKind
from booking.domain.data_rights import AskedState, DataRight
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.pupils.models import Parent
from booking.rights.data_requests import service as data_requests
from booking.rights.data_requests.models import DataRequest
from booking.rights.subjects import service as subjects
from booking.upkeep import doctor, purging
from tests.builders.checkout import make_family, make_fee_event
from tests.builders.data_requests import write_down
from tests.builders.pupils import make_pupil
from tests.builders.schools import as_, make_person, make_school
from tests.page import soup, words

LATE = "Every request about what is held is answered in time"


@pytest.fixture
def school(db_session):
    return make_school(name="Ashdale Primary School")


@pytest.fixture
def family(school):
    event = make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    return make_family(event, school=school, parent_email="sam@parents.example")


@pytest.fixture
def coordinator(app, school):
    return as_(app, make_person(role=Role.COORDINATOR, school=school))


def ask(client, family, **facts):
    path = family.url.replace("http://localhost", "") + "/rights"
    return client.post(path, data={"right": "rectification", "wanted": "Her name is Adah", **facts})


def the_request():
    db.session.rollback()
    return db.session.scalars(select(DataRequest)).one()


def told(template):
    db.session.rollback()
    found = select(Message.recipient).where(Message.template == template).order_by(Message.id)
    return list(db.session.scalars(found))


def test_a_parent_asks_the_school_corrects_and_everybody_concerned_is_told(
    app, client, family, coordinator
):
    host = make_person(role=Role.HOST, school=family.booking.event.host_school)

    assert ask(client, family).status_code == 303

    found = the_request()
    assert (found.school_id, found.state) == (family.booking.school_id, AskedState.OPEN)
    assert len(told("data_request_made")) == 1
    assert told("data_request_news") == ["sam@parents.example"]
    assert "Somebody asks for a correction" in coordinator.get("/school/").text
    page = coordinator.get(f"/school/rights/{found.public_id}")
    assert "Her name is Adah" in page.text
    own = f"/school/pupils/{family.booking.pupil.public_id}"
    ways = [link["href"] for link in soup(page).find("main").find("ul").find_all("a")]
    assert ways == [f"{own}/", f"{own}/everything", f"{own}/erase"]
    assert [coordinator.get(way).status_code for way in ways] == [200] * 3
    pupil = coordinator.get(f"/school/pupils/{family.booking.pupil.public_id}/")
    assert "asks for a correction" in words(soup(pupil).find("main"))
    data = {"ended": "done", "words": "It says Adah now.", "tell_hosts": "y"}
    path = f"/school/rights/{found.public_id}/answer"

    assert coordinator.post(path, data=data).status_code == 303

    assert the_request().state is AskedState.DONE
    assert told("data_corrected") == [host.email]
    assert told("data_request_news") == ["sam@parents.example"] * 2
    own = client.get(family.url.replace("http://localhost", "") + "/rights").text
    assert "It says Adah now." in own
    assert "Somebody asks for" not in coordinator.get("/school/").text
    # The trail has that it happened, and no word of what was written.
    trail = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "data_requests"))
    acts = [(one.action, str(one.facts)) for one in trail]
    assert [action for action, _ in acts] == ["take_data_request", "answer_data_request"]
    assert not any("Ada" in facts for _, facts in acts)


def test_what_was_sent_twice_is_asked_once(client, family):
    assert ask(client, family).status_code == 303
    again = ask(client, family)

    assert again.status_code == 422
    assert "You have asked for this already" in again.text
    assert "Her name is Adah" in again.text
    assert ask(client, family, wanted="And the year is wrong").status_code == 303


def test_a_correction_says_what_is_wrong(client, family):
    refused = ask(client, family, wanted="")

    assert refused.status_code == 422
    assert "Write what is wrong, and how it should be." in refused.text
    assert told("data_request_made") == []


def test_a_letter_is_written_down_and_its_month_begins_when_it_came(
    app, coordinator, school, time_machine
):
    time_machine.move_to(datetime(2026, 12, 7, 9, tzinfo=UTC))
    pupil = make_pupil(school=school, forename="Ada", surname="Okoro")
    page = soup(coordinator.get(f"/school/rights/new?pupil={pupil.public_id}"))
    assert page.find(id="about")["value"] == "Ada Okoro"
    data = {
        "right": "erasure",
        "asker": "Sam Okoro",
        "about": "Ada Okoro",
        "channel": "post",
        "received_on": "2026-12-08",
    }
    address = f"/school/rights/new?pupil={pupil.public_id}"
    refused = coordinator.post(address, data=data)
    assert refused.status_code == 422
    assert "This day is still to come" in refused.text

    assert coordinator.post(address, data=data | {"received_on": "2026-11-30"}).status_code == 303

    found = the_request()
    assert (found.due_on, found.pupil_id) == (date(2026, 12, 30), pupil.id)
    shown = coordinator.get(f"/school/rights/{found.public_id}").text
    assert "tell them by post or by telephone" in shown
    assert told("data_request_news") == []


def test_it_takes_longer_once_and_only_within_the_month(app, coordinator, school, time_machine):
    time_machine.move_to(datetime(2026, 11, 30, 12, tzinfo=UTC))
    found = write_down(school, reply_to="sam@parents.example")
    path = f"/school/rights/{found.public_id}/longer"
    assert coordinator.post(path, data={"because": ""}).status_code == 422
    time_machine.move_to(datetime(2026, 12, 31, 12, tzinfo=UTC))
    with pytest.raises(data_requests.CannotTakeLonger, match="too late"), transaction():
        data_requests.take_longer(
            actor=COMMAND, now=clock.now(), request=the_request(), because="Three schools"
        )
    time_machine.move_to(datetime(2026, 12, 30, 12, tzinfo=UTC))
    reason = {"because": "Three schools have to look."}

    with transaction():
        data_requests.take_longer(actor=COMMAND, now=clock.now(), request=the_request(), **reason)

    assert the_request().due_on == date(2027, 3, 1)
    news = select(Message.text).where(Message.template == "data_request_news")
    assert "Three schools have to look." in list(db.session.scalars(news))[-1]
    with pytest.raises(data_requests.CannotTakeLonger, match="once"), transaction():
        data_requests.take_longer(actor=COMMAND, now=clock.now(), request=the_request(), **reason)


def test_a_refusal_says_why_and_where_to_complain(app, coordinator, school):
    found = write_down(school, reply_to="sam@parents.example")
    path = f"/school/rights/{found.public_id}/answer"

    assert coordinator.post(path, data={"ended": "refused", "words": " "}).status_code == 422
    sent = coordinator.post(path, data={"ended": "refused", "words": "It is needed for a claim."})

    assert sent.status_code == 303
    mail = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
    assert "It is needed for a claim." in mail.text
    assert "Information Commissioner" in mail.text
    late = coordinator.post(path, data={"ended": "done", "words": ""})
    assert "This has been answered already" in late.text


def test_no_other_school_and_no_lead_reads_a_schools_requests(app, school):
    found, pupil = write_down(school), make_pupil(school=school)
    elsewhere = as_(app, make_person(role=Role.COORDINATOR, school=make_school()))
    lead = as_(app, make_person(role=Role.LEAD))
    for client in (elsewhere, lead):
        for path in (f"/school/rights/{found.public_id}", f"/admin/rights/{found.public_id}"):
            assert client.get(path).status_code == 404
            assert client.post(f"{path}/answer", data={"ended": "done"}).status_code == 404
    assert "Sam Okoro" not in elsewhere.get("/school/rights/").text
    assert "Sam Okoro" not in lead.get("/admin/rights/").text
    assert elsewhere.get(f"/school/rights/new?pupil={pupil.public_id}").status_code == 404
    assert the_request().state is AskedState.OPEN


def test_an_adult_asks_the_network_and_the_lead_answers(app, db_session):
    teacher = make_person(role=Role.HOST, school=make_school())
    client, lead = as_(app, teacher), as_(app, make_person(role=Role.LEAD))

    assert client.post("/account/rights", data={"right": "erasure"}).status_code == 303

    found = the_request()
    assert "Somebody asks for erasure" in lead.get("/admin/").text
    shown = soup(lead.get(f"/admin/rights/{found.public_id}"))
    own = f"/admin/people/{teacher.public_id}"
    assert [link["href"] for link in shown.find("main").find("ul").find_all("a")] == [
        own,
        f"{own}/everything",
        f"{own}/erase",
    ]
    path = f"/admin/rights/{found.public_id}/answer"
    assert lead.post(path, data={"ended": "done", "words": ""}).status_code == 303
    assert told("data_request_news") == [teacher.email] * 2
    assert "Done" in client.get("/account/rights").text


def test_the_doctor_names_what_is_late_and_nobody(app, school, time_machine):
    write_down(school)
    time_machine.move_to(clock.now() + timedelta(days=40))
    [check] = [one for one in doctor.checks() if one.promise == LATE]

    assert list(check.problems()) == ["Ashdale Primary School: 1 request should have been answered"]


def test_names_and_words_go_after_a_year_or_with_whoever_was_erased(
    app, client, family, school, time_machine
):
    assert ask(client, family, right="erasure").status_code == 303
    write_down(school, right=DataRight.ACCESS, asker="Kit Lowe", about="Bea Lowe")
    for one in db.session.scalars(select(DataRequest)).all():
        with transaction():
            data_requests.answer(
                actor=COMMAND, now=clock.now(), request=one, done=True, words="Gone."
            )
    with transaction():
        pupil = db.session.merge(family.booking.pupil)
        subjects.erase_pupil(actor=COMMAND, now=clock.now(), pupil=pupil)
    assert db.session.scalar(select(Parent.id)) is None

    purging.purge(clock.now())

    db.session.rollback()
    erased, other = db.session.scalars(select(DataRequest).order_by(DataRequest.id)).all()
    assert (erased.asker, erased.about, erased.wanted, erased.reply_to) == ("", "", "", "")
    assert (other.asker, other.answer) == ("Kit Lowe", "Gone.")
    purging.purge(clock.now() + timedelta(days=366))
    db.session.rollback()
    kept = db.session.scalars(select(DataRequest).order_by(DataRequest.id)).all()
    assert [(one.asker, one.state) for one in kept] == [("", AskedState.DONE)] * 2
