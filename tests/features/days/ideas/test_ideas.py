"""Ideas: proposed, seconded school by school, taken up once, closed with a word or by silence."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events import service as events
from booking.days.ideas import queries, retention, service, tasks
from booking.days.ideas.models import Idea, IdeaState
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from tests.builders import ideas, schools
from tests.builders.events import event_details
from tests.forms_on_pages import form_on, sent
from tests.page import text


class Cast:
    """Two schools with their coordinators, a host and the lead."""

    def __init__(self):
        self.ours = schools.make_school(name="Kestrelmere", low_year=0, high_year=6)
        self.theirs = schools.make_school(name="Millrace", low_year=0, high_year=8)
        self.ann = schools.make_person(name="Ann Lee", role=Role.COORDINATOR, school=self.ours)
        self.bob = schools.make_person(name="Bob Roe", role=Role.COORDINATOR, school=self.theirs)
        self.host = schools.make_person(name="Hal Day", role=Role.HOST, school=self.theirs)
        self.lead = schools.make_person(name="Lea Dee", role=Role.LEAD)


@pytest.fixture
def cast(db_session):
    return Cast()


def actor(person):
    return schools.actor_of(person)


def mails():
    db.session.rollback()
    found = db.session.scalars(select(Message).where(Message.template == "idea_news"))
    return [(mail.recipient, mail.subject) for mail in found.all()]


def act(service_, **facts):
    with transaction():
        return service_(now=clock.now(), **facts)


def test_an_idea_goes_from_one_school_through_another_to_an_event(app, cast, db_session):
    ann, bob = schools.as_(app, cast.ann), schools.as_(app, cast.bob)
    host = schools.as_(app, cast.host)
    assert "No ideas at the moment" in text(ann.get("/ideas/"))
    typed = {"kind": "wanted", "title": "Chemistry for Year 4", "low_year": "4", "high_year": "4"}

    here = ann.post("/ideas/new", data=sent(form_on(ann.get("/ideas/new")), **typed)).location
    wrong = bob.post(f"{here}/second", data={"school_id": str(cast.theirs.id), "pupils": "0"})
    assert (wrong.status_code, "from 1 to 500" in wrong.text) == (422, True)
    said = sent(form_on(bob.get(here), action=f"{here}/second"), pupils="12", note="Twelve ask.")
    assert bob.post(f"{here}/second", data=said).status_code == 303
    again = form_on(bob.get(here), action=f"{here}/second")
    bob.post(f"{here}/second", data=sent(again, pupils="14", note="Fourteen ask."))
    assert "Seconded by 1 school, about 14 pupils" in text(ann.get("/ideas/"))
    assert "Fourteen ask." in text(ann.get(here))
    assert "Would your pupils come?" not in text(ann.get(here)), "it is their own"

    taken = host.post(f"{here}/take-up", data={"host_school_id": str(cast.theirs.id)})
    assert taken.status_code == 303
    assert "Chemistry for Year 4" in host.get(taken.location).text
    work = taken.location.replace("/edit", "/")
    assert "proposed by Kestrelmere. Seconded by 1 school" in text(host.get(work))
    assert "See the event" in text(host.get(here))
    assert "See the event" not in text(ann.get(here)), "a draft is its host's"
    late = bob.post(f"{here}/second", data={"school_id": str(cast.theirs.id), "pupils": "3"})
    assert "has been taken up already" in late.text
    told = "Taken up: Chemistry for Year 4"
    assert mails() == [(cast.ann.email, told), (cast.bob.email, told)]

    idea = db_session.scalars(select(Idea)).one()
    details = event_details(host=cast.theirs, title="Chemistry", low_year=4, high_year=4)
    act(events.change, actor=COMMAND, event=idea.event, details=details)
    act(events.publish, actor=COMMAND, event=idea.event)
    assert "It has become an event" in text(ann.get("/ideas/?others=1"))
    assert "See the event" in text(ann.get(here))
    assert len(mails()) == 2, "coordinators are told of the event as any others are"


def test_whose_draft_is_deleted_has_an_open_idea_again(cast):
    idea = ideas.make_idea(school=cast.ours)
    act(service.take_up, actor=actor(cast.host), idea=idea, host_school_id=cast.theirs.id)
    event = queries.by_public_id(idea.public_id).event

    act(events.discard, actor=COMMAND, event=event)

    db.session.expire_all()
    assert idea.is_open
    act(service.take_up, actor=actor(cast.lead), idea=idea, host_school_id=cast.ours.id)


def test_a_host_who_had_the_idea_hears_of_its_publication(cast):
    idea = ideas.make_idea(school=cast.theirs, actor=actor(cast.host))
    event = act(service.take_up, actor=actor(cast.lead), idea=idea, host_school_id=cast.ours.id)
    details = event_details(host=cast.ours, low_year=4, high_year=4)
    act(events.change, actor=COMMAND, event=event, details=details)

    act(events.publish, actor=COMMAND, event=event)

    assert (cast.host.email, "Your idea has become an event: Chemistry for Year 4") in mails()


def test_nobody_speaks_for_a_school_that_is_not_theirs(cast):
    idea = ideas.make_idea(school=cast.ours)

    for school in (cast.theirs, cast.ours):  # not hers; and her own, whose idea it is
        with pytest.raises(service.NotForThisSchool):
            act(service.second, actor=actor(cast.ann), idea=idea, school_id=school.id, pupils=3)
    with pytest.raises(service.NotForThisSchool):
        act(service.propose, actor=actor(cast.ann), school_id=None, details=ideas.details())
    with pytest.raises(service.HostNotTheirs):
        act(service.take_up, actor=actor(cast.host), idea=idea, host_school_id=cast.ours.id)


def test_seconds_are_told_in_one_mail_a_day_and_taken_back_by_the_school(cast, time_machine):
    idea = ideas.make_idea(school=cast.ours, actor=actor(cast.ann))
    others = [schools.make_school() for _ in range(2)]
    ideas.second(idea, cast.theirs, actor=actor(cast.bob), pupils=4)
    assert [act(service.tell_of_seconds) for _ in range(2)] == [1, 0]
    for school in others:
        ideas.second(idea, school)
    assert act(service.tell_of_seconds) == 0, "she has had one today"

    time_machine.move_to(clock.now() + timedelta(days=1))
    assert act(service.tell_of_seconds) == 1
    assert [to for to, _ in mails()] == [cast.ann.email] * 2
    act(service.undo_second, actor=actor(cast.bob), idea=idea, school_id=cast.theirs.id)
    assert queries.support([idea.id])[idea.id] == (2, 12)


def test_the_lead_has_new_ideas_and_those_many_want_as_tasks(app, cast, time_machine):
    idea = ideas.make_idea(school=cast.ours, actor=actor(cast.ann))
    with app.test_request_context():
        assert [t.title for t in tasks.network_tasks(now=clock.now())] == [
            "Read the idea “Chemistry for Year 4”"
        ]
        later = clock.now() + timedelta(days=15)
        assert tasks.network_tasks(now=later) == []
        for school in (cast.theirs, schools.make_school(), schools.make_school()):
            ideas.second(idea, school)
        assert [t.title for t in tasks.network_tasks(now=later)] == [
            "Find a host for “Chemistry for Year 4”"
        ]


def test_an_idea_is_declined_by_the_lead_and_withdrawn_by_whoever_had_it(app, cast):
    declined = ideas.make_idea(school=cast.ours, actor=actor(cast.ann))
    withdrawn = ideas.make_idea(school=cast.ours, actor=actor(cast.ann), title="Latin")
    ideas.second(declined, cast.theirs, actor=actor(cast.bob))
    here = f"/ideas/{declined.public_id}"
    lead = schools.as_(app, cast.lead)
    assert lead.post(f"{here}/close", data={"word": ""}).status_code == 422

    lead.post(f"{here}/close", data={"word": "No laboratory is free."})
    act(service.close, actor=actor(cast.ann), idea=withdrawn, word="We found one.")

    db.session.expire_all()
    assert (declined.state, withdrawn.state) == (IdeaState.DECLINED, IdeaState.CLOSED)
    told = "An idea is closed: Chemistry for Year 4"
    assert mails() == [(cast.ann.email, told), (cast.bob.email, told)]
    assert "Closed on Monday 1 March 2027: “No laboratory is free.”" in text(lead.get(here))
    assert schools.as_(app, cast.bob).get(f"{here}/change", check=False).status_code == 404


def test_a_silent_idea_is_closed_after_a_year_with_a_months_notice(cast, time_machine):
    idea = ideas.make_idea(school=cast.ours, actor=actor(cast.ann))

    def after(days):
        time_machine.move_to(idea.proposed_at + timedelta(days=days))
        return act(service.look_after_silent)

    assert [after(334), after(336), after(337)] == [0, 1, 0]
    assert mails()[-1] == (cast.ann.email, "Is this idea still wanted?: Chemistry for Year 4")
    assert [after(365), after(366)] == [0, 1]
    assert (idea.state, idea.closed_word) == (IdeaState.CLOSED, "Nobody added to it for a year.")
    (rule,) = retention.rules()
    kept_until = clock.now() + timedelta(days=365)
    assert [rule.overdue(kept_until - timedelta(days=1)), rule.overdue(kept_until)] == [0, 1]


def test_a_second_after_the_notice_keeps_an_idea_open(cast, time_machine):
    idea = ideas.make_idea(school=cast.ours, actor=actor(cast.ann))
    time_machine.move_to(clock.now() + timedelta(days=340))
    act(service.look_after_silent)
    ideas.second(idea, cast.theirs)

    time_machine.move_to(clock.now() + timedelta(days=60))

    assert act(service.look_after_silent) == 0
    assert idea.is_open


def test_the_list_takes_as_many_statements_for_many_ideas(app, cast, count_queries):
    bob = schools.as_(app, cast.bob)

    def statements():
        with count_queries() as made:
            bob.get("/ideas/")
        return len(made)

    ideas.make_idea(school=cast.ours)
    few = statements()
    for _ in range(3):
        ideas.second(ideas.make_idea(school=cast.ours), cast.theirs)
    assert statements() == few


def test_acts_about_ideas_are_recorded_without_their_text(cast, db_session):
    idea = ideas.make_idea(school=cast.ours, details="SECRETWORD")
    ideas.second(idea, cast.theirs, note="SECRETNOTE")

    entries = db_session.scalars(select(AuditEntry)).all()

    assert {e.action for e in entries} >= {"propose_idea", "second_idea"}
    assert not any("SECRET" in f"{e.facts}{e.reason}" for e in entries)
