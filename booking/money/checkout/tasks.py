"""What checkout adds to people's task lists."""

from datetime import datetime

from flask import url_for

from booking.domain import english, names
from booking.foundation.web.task_lists import Task
from booking.money.checkout.models import FamilyMatter
from booking.money.checkout.queries import due, questions
from booking.money.checkout.queries import family as checkout_family
from booking.people.schools.details import SchoolLine


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return what a school has to do about money: charges to settle, cash to hand back."""
    charges = [
        Task(
            title=f"{english.plural(count, 'charge')} to settle for {title}",
            url=url_for("checkout.money", slug=slug),
            hint="A place is confirmed once its charge is paid or remitted.",
            due_at=soonest,
            tag="Charge",
        )
        for slug, title, count, soonest in due.charges_to_settle(school.id)
    ]
    by_hand = [
        Task(
            title=f"Money to hand back for {title}",
            url=url_for("checkout.money", slug=slug),
            hint="It was paid in cash, by cheque or by bank transfer.",
            tag="Refund",
        )
        for slug, title in due.events_with_refunds_by_hand(school.id)
    ]
    return charges + by_hand + _asked_again(school, now) + _objections(school) + _questions(school)


def _asked_again(school: SchoolLine, now: datetime) -> list[Task]:
    """Return where an event has moved and parents have not said whether it is still fine."""
    return [
        Task(
            title=f"{english.plural(asked.count_, 'parent')} asked again about {asked.title}",
            url=url_for("school.event", slug=asked.slug, _anchor="answers"),
            hint="The event has moved. Until they answer the place is kept; ring them if need be.",
            due_at=asked.soonest,
            tag="Late" if asked.soonest <= now else "Consent",
            tone="warn" if asked.soonest <= now else "info",
        )
        for asked in questions.questions_due(school.id, now=now)
    ]


def _objections(school: SchoolLine) -> list[Task]:
    return [
        Task(
            title=f"A parent of {names.short(one.forename, one.surname)} does not agree",
            url=url_for("checkout.objection", public_id=one.public_id),
            hint=f"About the place at {one.title}. Talk to both parents.",
            tag="Family",
            tone="warn",
        )
        for one in questions.open_objections(school.id)
    ]


def _questions(school: SchoolLine) -> list[Task]:
    return [_question(one) for one in checkout_family.open_questions(school.id)]


def _question(one: checkout_family.QuestionDue) -> Task:
    pupil, url = (
        names.short(one.forename, one.surname),
        url_for("checkout.family_question", public_id=one.public_id),
    )
    if one.matter is FamilyMatter.NOT_MINE:
        return Task(
            title=f"“This is not my child”: check the address for {pupil}",
            url=url,
            hint=f"About the place at {one.title}. Correct the address: the family is asked anew.",
            due_at=one.reply_by_at,
            tag="Family",
            tone="warn",
        )
    return Task(
        title=f"A parent of {pupil} asks something",
        url=url,
        hint=f"About {one.title}. Answer by e-mail or telephone.",
        tag="Family",
    )
