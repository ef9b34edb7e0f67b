"""What a host asks besides, answered with the reply, on paper and later: by each parent alone."""

import pytest
from sqlalchemy import select, text

from booking.days.places.models import Booking
from booking.days.questions import service as questions
from booking.days.questions.models import QuestionAnswer
from booking.domain.asking import AnswerKind, AskedOf, KeptUntil, Told
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout
from booking.people.pupils.details import ParentDetails
from tests.builders import checkout as families
from tests.builders import places, pupils
from tests.builders.questions import ask
from tests.builders.schools import make_person, make_school, sign_in
from tests.builders.stored import again, count
from tests.features.money.checkout.test_parent_refusals import REPLY
from tests.page import soup, words


@pytest.fixture
def event(db_session):
    return families.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)


@pytest.fixture
def school(db_session):
    return make_school()


@pytest.fixture
def family(event, school):
    return families.make_family(event, school=school)


def field(question):
    return f"asked-q{question.public_id}"


def main(response):
    return words(soup(response).find("main"))


def told(booking):
    db.session.rollback()
    found = db.session.scalars(select(QuestionAnswer).filter_by(booking_id=booking.id))
    return {answer.question.label: answer.in_words for answer in found}


def test_a_family_answers_with_its_reply_reads_who_sees_it_and_changes_it_later(
    client, event, family
):
    size = ask(event, required=True, kept=KeptUntil.DAY_AFTER)
    instrument = ask(
        event,
        kind=AnswerKind.TEXT,
        label="Instrument",
        words="Which instrument?",
        help="If any",
        for_staff=True,
    )
    several = ask(event, kind=AnswerKind.SEVERAL, label="Days", words="Which days?")
    swims = ask(event, of=AskedOf.PUPIL, kind=AnswerKind.YES_NO, label="Swims", words="Swims?")
    page = main(client.get(family.url))
    assert "Deleted the day after the event." in page
    assert "If any. Read by your child’s school, the adults who travel along, the teach" in page
    assert page.count("their helpers around the day") == 1
    typed = {
        **REPLY,
        field(instrument): "Viola",
        field(several): ["0", "2"],
        field(swims): "",
    }

    missing = client.post(family.url, data=typed)

    assert missing.status_code == 422
    shown = soup(missing)
    assert "Answer this question." in words(shown.find("main"))
    assert shown.find(id=field(instrument))["value"] == "Viola"
    assert shown.find(id=f"{field(several)}-2").has_attr("checked")
    assert again(family.booking).state is BookingState.INVITED
    assert count(QuestionAnswer) == 0
    too_long = client.post(family.url, data={**typed, field(instrument): "x" * 201})
    assert "Keep this to 200 characters or fewer." in main(too_long)
    assert client.post(family.url, data={**typed, field(size): "£"}).status_code == 422

    assert client.post(family.url, data={**typed, field(size): "1"}).status_code == 303

    assert again(family.booking).state is BookingState.CONFIRMED
    assert told(family.booking) == {"T-shirt size": "M", "Instrument": "Viola", "Days": "S, L"}
    standing = main(client.get(family.url))
    assert "T-shirt size M Change" in standing
    assert "Swims Not answered Change" in standing
    later = f"{family.url}/questions"
    assert soup(client.get(later)).find(id=field(instrument))["value"] == "Viola"
    change = {field(size): "2", field(instrument): "", field(swims): "0"}
    assert client.post(later, data={field(instrument): "Drum"}).status_code == 422
    assert client.post(later, data=change).status_code == 303
    assert told(family.booking) == {"T-shirt size": "L", "Swims": "Yes"}
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "answer_questions"))
    for entry in entries:
        assert set(entry.facts) == {"count", "questions", "event_id"}, "never what was answered"


def test_what_a_family_wrote_is_unreadable_in_the_database(family, event):
    instrument = ask(event, kind=AnswerKind.TEXT, label="Instrument", words="Which instrument?")
    families.answer(family, asked={instrument.id: Told(text="Zqviola")})

    stored = db.session.scalar(text("SELECT text FROM question_answers"))

    assert stored
    assert "Zqviola" not in stored


def test_no_parent_is_shown_what_another_answered_and_an_empty_answer_keeps_it(
    client, event, school
):
    size = ask(event, required=True)
    parents = [
        ParentDetails("Sam Okoro", "sam@parents.example", "07700 900123"),
        ParentDetails("Kim Okoro", "kim@parents.example", "07700 900124"),
    ]
    pupil = pupils.make_pupil(school=school, year_group=5, parents=parents)
    booking = places.make_booking(event=event, school=school, pupil=pupil)
    first, second = (families.link(booking, parent) for parent in booking.pupil.parents)
    families.answer(first, asked={size.id: Told(chosen=(2,))})

    assert "T-shirt size Given by another parent" in main(client.get(second.url))
    later = f"{second.url}/questions"
    page = soup(client.get(later))
    assert "Answered already by another parent or the school" in words(page.find("main"))
    assert page.select("input[checked][value='2']") == []
    assert client.post(later, data={field(size): ""}).status_code == 303
    assert told(booking) == {"T-shirt size": "L"}
    assert client.post(later, data={field(size): "0"}).status_code == 303
    assert told(booking) == {"T-shirt size": "S"}, "the latest answer counts"
    assert "T-shirt size Given by another parent" in main(client.get(first.url))


def test_a_slip_of_paper_brings_answers_and_may_leave_them_out(client, event, school, family):
    size = ask(event, required=True)
    number = ask(event, kind=AnswerKind.NUMBER, label="Coats", words="How many coats?")
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))
    address = f"/school/bookings/{family.booking.public_id}/reply"
    assert "Which T-shirt size fits?" in main(client.get(address))
    assert main(client.get(address)).count("Read by your child’s school") == 2
    slip = {**REPLY, "agreed": "yes", field(number): "abc"}

    wrong = client.post(address, data=slip)
    assert wrong.status_code == 422
    assert soup(wrong).find(id=field(number))["value"] == "abc"
    assert client.post(address, data={**slip, field(number): "4"}).status_code == 303

    assert told(family.booking) == {"Coats": "4"}
    task = "Answer the host’s questions about"
    assert task in main(client.get("/school/")), "the slip left out what the host needs"
    row = db.session.scalars(select(QuestionAnswer)).one()
    assert row.parent_id is None
    assert row.person_id is not None
    assert size.id != row.question_id


def test_a_reserve_that_moves_up_is_asked_with_its_invitation(client, event, school, family):
    size = ask(event, required=True)
    waiting = places.reserve(event, school)
    families.answer(family, asked={size.id: Told(chosen=(0,))})
    with transaction():
        checkout.decline(
            actor=PARENT, now=clock.now(), booking=again(family.booking), given_by="Sam"
        )
    assert count(QuestionAnswer) == 0, "what was told goes with the place"
    moved = again(waiting)
    assert moved.state is BookingState.INVITED
    link = families.link(moved, moved.pupil.parents[0])

    assert "Which T-shirt size fits?" in main(client.get(link.url))
    with pytest.raises(questions.QuestionUnanswered, match="T-shirt size"), transaction():
        checkout.reply(
            actor=PARENT,
            now=clock.now(),
            booking=db.session.get_one(Booking, moved.id),
            told=families.answers(),
            parent_id=link.parent.id,
            read="",
        )


def test_what_no_page_of_ours_sends_is_refused(family, event):
    size = ask(event)
    with pytest.raises(questions.AnswerRefused, match="Choose from the list"):
        families.answer(family, asked={size.id: Told(chosen=(7,))})
    assert again(family.booking).state is BookingState.INVITED


def test_a_question_withdrawn_meanwhile_is_passed_over(client, family, event):
    size = ask(event, required=True)
    typed = {**REPLY, field(size): "1"}
    with transaction():
        questions.withdraw(actor=COMMAND, now=clock.now(), question=db.session.merge(size))

    assert client.post(family.url, data=typed).status_code == 303
    assert told(family.booking) == {}
    assert "What the host asks" not in main(client.get(family.url))
