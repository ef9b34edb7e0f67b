"""What the coordinator of "own" shares, offers and asks, and what "other" says about it."""

from collections.abc import Mapping

from booking.days.events.models import Event
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.network.resources import service as resource_service
from booking.people.schools.models import School
from tests.builders import colleague_groups, colleague_questions, resources, schools
from tests.trust import helping, visiting

#: In a resource: for everybody who sees network life, and for nobody else.
RESOURCE_WORD = "Zqresource"


def build(emails: Mapping[str, str], day: Event, own: School, other: School) -> dict[str, str]:
    """Share it, let another school try it and tell of a problem; return its addresses' parts."""
    author_person = schools.person_of(emails["own"])
    author = schools.actor_of(author_person)
    resource = resources.share(school=own, actor=author, about=f"{RESOURCE_WORD} about it")
    resource = resources.add_version(resource, RESOURCE_WORD, actor=author) and resource
    someone = schools.person_of(emails["other"])
    note = resources.try_it(resource, someone, school=other, worked=f"{RESOURCE_WORD} note")
    problem = resources.tell(resource, someone, f"{RESOURCE_WORD} problem")
    with transaction():
        resource_service.put_with(
            actor=schools.actor_of(schools.person_of(emails["host"])),
            now=clock.now(),
            event=db.session.get_one(Event, day.id),
            resource=resource,
        )
        token = resource_service.make_feed(actor=author, now=clock.now())
    question = colleague_questions.ask(author_person, own, about=f"{RESOURCE_WORD} question")
    answer = colleague_questions.answer(question, someone, other, words=f"{RESOURCE_WORD} answer")
    group = colleague_groups.found(author_person, someone, purpose=f"{RESOURCE_WORD} group")
    noted = colleague_groups.note(group, someone, f"{RESOURCE_WORD} note")
    group_ask = colleague_groups.ask_to_join(group, schools.person_of(emails["elsewhere"]))
    return (
        {
            "staff_group": group.public_id,
            "group_member": colleague_groups.member(group, someone).public_id,
            "group_note": noted.public_id,
            "group_ask": group_ask.public_id,
            "colleague_question": question.public_id,
            "colleague_answer": answer.public_id,
            "resource": resource.public_id,
            "tried_note": note.public_id,
            "resource_problem": problem.public_id,
            "resource_feed_token": token,
        }
        | helping.build(emails, own, other)
        | visiting.build(emails, own, other)
    )
