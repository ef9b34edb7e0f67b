"""The lead's look: a host asks, the lead publishes or gives back, and nobody acts alone."""

import pytest
from sqlalchemy import select

from booking.days.events import queries as event_queries
from booking.days.events import service as events
from booking.days.events.models import Event, EventState
from booking.days.looks import queries, refusals, service, tasks
from booking.domain import terms
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.schools.scene import at
from tests.builders import events as build
from tests.builders import schools
from tests.forms_on_pages import form_on, sent
from tests.page import text

#: A word that is between host and lead.
NOTE = "Zqlook hall"


@pytest.fixture
def draft(db_session):
    """A draft that is ready, in a network whose lead looks at events."""
    guest = schools.make_school(name="Guest School")
    schools.make_person(role=Role.COORDINATOR, school=guest, name="Cora Ord")
    host = schools.make_school(name="Host School")
    with transaction():
        rules = events.RuleDetails(lead_looks=True)
        events.keep_network_rules(actor=COMMAND, now=clock.now(), details=rules)
    return build.make_event(host=host, published=False)


@pytest.fixture
def people(draft):
    """The host, the lead and a coordinator."""
    return {
        "host": schools.make_person(role=Role.HOST, school=draft.host_school, name="Hal Day"),
        "lead": schools.make_person(role=Role.LEAD, name="Lea Dee"),
    }


def act(what, **facts):
    with transaction():
        return what(now=clock.now(), **facts)


def mails():
    db.session.rollback()
    found = db.session.scalars(select(Message).where(Message.template == "look_news"))
    return [(mail.recipient, mail.subject) for mail in found]


def ask(draft, person, note=""):
    return act(service.ask, actor=schools.actor_of(person), event=draft, note=note)


def test_a_host_asks_the_lead_gives_back_and_then_publishes(app, draft, people):
    host, lead = (schools.as_(app, people[name]) for name in ("host", "lead"))
    here = f"/host/events/{draft.slug}"
    page = text(host.get(f"{here}/publish"))
    assert ("Ask to publish" in page, "Publish this event" in page) == (True, False)
    asked = host.post(f"{here}/ask", data=sent(form_on(host.get(f"{here}/ask")), note=NOTE))
    assert asked.status_code == 303
    assert mails() == [(people["lead"].email, "Please look at: Puzzle day")]
    assert NOTE in text(lead.get(f"{here}/"))
    assert "Look at Puzzle day before it is published" in text(lead.get("/admin/"))

    assert lead.post(f"{here}/give-back", data={"note": ""}).status_code == 422
    lead.post(f"{here}/give-back", data={"note": "Please name the hall."})
    assert mails()[-1] == (people["host"].email, "Please change: Puzzle day")
    assert "Change Puzzle day as the lead asks" in text(host.get("/host/"))
    assert "Look at Puzzle day" not in text(lead.get("/admin/"))
    history = text(host.get(f"{here}/history"))
    assert "Lea Dee gave the event back to its host: “Please name the hall.”" in history

    host.post(f"{here}/ask", data=sent(form_on(host.get(f"{here}/ask"))))
    published = lead.post(f"{here}/publish", data=sent(form_on(lead.get(f"{here}/publish"))))
    assert published.status_code == 303
    assert mails()[-1] == (people["host"].email, "Published: Puzzle day")
    db.session.expire_all()
    assert db.session.scalars(select(Event.state)).all() == [EventState.PUBLISHED]
    assert queries.waiting() == []
    # What was said between host and lead is on no page of anybody else's.
    assert (
        NOTE not in app.test_client().get(f"/events/{db.session.scalar(select(Event.slug))}").text
    )


def test_a_host_cannot_publish_alone_and_the_lead_need_not_ask(draft, people):
    host, lead = (schools.actor_of(people[name]) for name in ("host", "lead"))

    with pytest.raises(events.NotToPublish):
        act(events.publish, actor=host, event=draft)
    with pytest.raises(refusals.NoLookNeeded):
        act(service.ask, actor=lead, event=draft)
    act(events.publish, actor=lead, event=draft)
    with pytest.raises(events.NotADraft):
        act(service.ask, actor=host, event=draft)


def test_without_the_rule_a_host_publishes_as_before(draft, people):
    act(events.keep_network_rules, actor=COMMAND, details=events.RuleDetails())

    assert not event_queries.network_rules().lead_looks
    act(events.publish, actor=schools.actor_of(people["host"]), event=draft)


def test_only_a_draft_that_is_ready_is_asked_about(draft, people):
    unready = build.make_event(host=draft.host_school, published=False, venue="")

    with pytest.raises(events.EventRefused):
        ask(unready, people["host"])


def test_asking_twice_is_one_asking_and_it_can_be_withdrawn(app, draft, people):
    host = schools.as_(app, people["host"])
    ask(draft, people["host"])
    ask(draft, people["host"])
    assert len(mails()) == 1

    assert "Finish and publish Puzzle day" not in text(host.get("/host/"))
    assert "No longer ask" in text(host.get(f"/host/events/{draft.slug}/"))
    host.post(f"/host/events/{draft.slug}/withdraw")

    assert queries.of_event(draft.id) is None
    assert "Finish and publish Puzzle day" in text(host.get("/host/"))
    with pytest.raises(refusals.NotWithLead):
        act(service.give_back, actor=COMMAND, event=draft, note="Too late.")


def test_after_three_school_days_the_lead_sees_it_first(app, draft, people):
    schools.make_terms()
    asked = ask(draft, people["host"])

    with app.test_request_context():
        (task,) = tasks.of_lead(now=clock.now())

    assert terms.london(asked.asked_at).date().isoformat() == "2027-03-01"
    assert task.due_at == at(terms.london(task.due_at).date(), terms.DEADLINE_AT)
    assert terms.deadline_text(task.due_at) == "Thursday 4 March 2027, 4pm"


def test_a_draft_that_waits_can_be_deleted(draft, people):
    ask(draft, people["host"])

    act(events.discard, actor=schools.actor_of(people["host"]), event=draft)

    assert queries.waiting() == []
