"""Tasks about mail that did not arrive: the lead's for all mail, a school's for its families."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from flask import url_for

from booking.domain import english, terms
from booking.foundation.web.task_lists import Task
from booking.network.outbox import queries, words
from booking.network.outbox.details import MailTrouble, Undelivered
from booking.network.outbox.queries import Shown
from booking.people.schools.details import SchoolLine


def of_network(*, now: datetime) -> list[Task]:
    """Return what the lead should do about mail."""
    figures = queries.figures(now)
    found = []
    if figures.late and figures.oldest_at:
        found.append(
            Task(
                f"{english.plural(figures.late, 'mail is', 'mails are')} late",
                _outbox(Shown.LATE),
                f"The oldest has been waiting since {terms.in_sentence(figures.oldest_at)}. Ask "
                "whoever runs the site whether the mail server answers.",
                tag="Mail",
                tone="warn",
            )
        )
    if figures.failed:
        found.append(
            Task(
                f"{english.plural(figures.failed, 'mail was', 'mails were')} not sent",
                _outbox(Shown.FAILED),
                "You can send them again once the mail server answers.",
                tag="Mail",
                tone="warn",
            )
        )
    if figures.refused:
        found.append(
            Task(
                f"{english.plural(figures.refused, 'mail')} to people with roles refused",
                _outbox(Shown.REFUSED),
                "Their addresses may have changed.",
                tag="Mail",
                tone="warn",
            )
        )
    return found


def _outbox(shown: Shown) -> str:
    return url_for("outbox.listing", show=shown.value)


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the events whose families mail did not reach, for the coordinators."""
    found = queries.undelivered(school.id, now=now)
    of_event = sorted(found, key=lambda mail: (mail.slug, mail.trouble))
    return [
        _task(trouble, list(mails))
        for (_, trouble), mails in groupby(of_event, key=lambda mail: (mail.slug, mail.trouble))
    ]


def _task(trouble: MailTrouble, mails: list[Undelivered]) -> Task:
    first = mails[0]
    families = {mail.booking_id for mail in mails}
    url = url_for("school.event", slug=first.slug, _anchor="answers")
    if len(families) == 1 and trouble is MailTrouble.REFUSED:
        url = url_for("pupils.edit", public_id=first.pupil)
    return Task(
        title=_title(trouble, first, len(families)),
        url=url,
        hint=_HINTS[trouble],
        due_at=min(_deadlines(mails), default=None),
        tag="Mail",
        tone="warn",
    )


def _title(trouble: MailTrouble, first: Undelivered, families: int) -> str:
    name = words.short_name(first)
    if trouble is MailTrouble.REFUSED and families == 1:
        return f"The address of a parent of {name} was refused: {first.title}"
    if trouble is MailTrouble.REFUSED:
        return f"The addresses of {families} families were refused: {first.title}"
    whose = english.agree(families, f"to {name}’s family", f"to {families} families")
    said = "is late" if trouble is MailTrouble.LATE else "could not be sent"
    return f"Mail {whose} {said}: {first.title}"


_HINTS = {
    MailTrouble.REFUSED: "Correct the address, or ask on paper.",
    MailTrouble.FAILED: "Send a new link, ring them, or ask on paper.",
    MailTrouble.LATE: "It goes out as soon as the mail server answers. If it is urgent, ring them.",
}


def _deadlines(mails: Iterable[Undelivered]) -> list[datetime]:
    return [mail.reply_by_at for mail in mails if mail.is_awaited and mail.reply_by_at]
