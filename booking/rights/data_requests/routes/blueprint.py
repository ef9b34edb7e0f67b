"""Where the pages live, and what a school's and the network's have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import data_rights
from booking.domain.data_rights import AskedState, RestrictionGround
from booking.foundation import clock
from booking.foundation.web import acts, paging, redirects
from booking.foundation.web.forms import Refusals
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from booking.rights.data_requests import forms, queries, service, words
from booking.rights.data_requests.forms import AnswerRequestForm, LiftForm, LongerForm, TakeDownForm
from booking.rights.data_requests.models import DataRequest

data_requests = Blueprint("data_requests", __name__)

ASKING: Refusals = {service.AskedRefused: "", service.AskedAlready: ""}
ANSWERING: Refusals = {
    service.WordsMissing: "words",
    service.GroundMissing: "ground",
    service.RequestEnded: "",
}
WAITING: Refusals = {
    service.WordsMissing: "because",
    service.CannotTakeLonger: "",
    service.RequestEnded: "",
}


@dataclass(frozen=True)
class RequestBook:
    """Whose register a page is of, and what its pages are called."""

    listing: str
    new: str
    show: str
    answer: str
    longer: str
    lift: str
    home: tuple[str, str]
    school: School | None = None

    @property
    def school_id(self) -> int | None:
        """Return whose it is; None: the network's."""
        return self.school.id if self.school else None


def listed(register: RequestBook) -> ResponseReturnValue:
    """Show a register: the open first, as they are due."""
    found = queries.of_school(register.school_id)
    page = paging.page_of(found, number=paging.asked_page())
    rows = [
        (one, status(one), url_for(register.show, public_id=one.public_id)) for one in page.items
    ]
    return render_template(
        "rights/data_requests/list.html", rows=rows, page=page, register=register, words=words
    )


def taken_down(
    register: RequestBook, pupil: Pupil | None = None, adult: AccompanyingAdult | None = None
) -> ResponseReturnValue:
    """Ask for a request that came by post, by telephone or in person, and write it down."""
    form, whom = TakeDownForm(), pupil or adult
    if not form.is_submitted():
        form.received_on.data, form.about.data = clock.today(), whom.name if whom else ""
    done = form.carry_out(
        lambda: service.ask(
            actor=current_user.actor,
            now=clock.now(),
            school=register.school,
            asked=form.asked(pupil=pupil, adult=adult),
        ),
        ASKING,
    )
    if done:
        flash("The request is on the register.", "success")
        return redirects.see(url_for(register.show, public_id=done.result.public_id))
    return form.page("rights/data_requests/new.html", register=register, pupil=pupil)


def shown(
    register: RequestBook,
    found: DataRequest,
    answer: AnswerRequestForm | None = None,
    longer: LongerForm | None = None,
) -> ResponseReturnValue:
    """Show one request, and what can be done about it."""
    today, is_open = clock.today(), found.state is AskedState.OPEN
    sent = answer or longer
    facts: Mapping[str, Any] = {
        "found": found,
        "status": status(found),
        "ways": ways_on(found, register),
        "register": register,
        "words": words,
        "answer": answer or AnswerRequestForm(formdata=None),
        "longer": longer or LongerForm(formdata=None),
        "may_take_longer": is_open
        and found.extended_at is None
        and data_rights.may_take_longer(found.due_on, today),
        "is_open": is_open,
        "restricts": found.asked_right in service.RESTRICTING,
        "lift": LiftForm(formdata=None),
        "hosts": queries.where_known(found.pupil, clock.now()) if found.pupil else (),
        "mails": queries.mails_about(found),
    }
    page = render_template("rights/data_requests/show.html", form=sent, **facts)
    return page, 422 if sent else 200


def ways_on(found: DataRequest, register: RequestBook) -> list[tuple[str, str]]:
    """Return the ways to whom a request is about, to a copy, and to the erasure: labels and pages.

    A pupil who has left has no page to change, but a copy and an erasure may still be asked for.
    """
    if found.pupil is not None:
        name, key = found.pupil.name, found.pupil.public_id
        own, copy, erase = "pupils.edit", "subjects.pupil", "subjects.erase_pupil"
        own = "pupils.history" if found.pupil.left_at else own
    elif found.person is not None and register.school is None:
        name, key = found.person.name, found.person.public_id
        own, copy, erase = "admin.person", "subjects.person", "subjects.erase_person"
    elif found.adult is not None:
        return [(f"Find {found.adult.name}, for a copy or the erasure", url_for("subjects.adults"))]
    else:
        return []
    return [
        (f"Open {name}", url_for(own, public_id=key)),
        (f"Take a copy of everything held about {name}", url_for(copy, public_id=key)),
        (f"Erase {name}", url_for(erase, public_id=key)),
    ]


def answered(register: RequestBook, found: DataRequest) -> ResponseReturnValue:
    """Record how a request ended."""
    form = AnswerRequestForm()
    done = form.carry_out(
        lambda: service.answer(
            actor=current_user.actor,
            now=clock.now(),
            request=found,
            done=form.ended.data == forms.DONE,
            words=form.words.data or "",
            ground=RestrictionGround(form.ground.data) if form.ground.data else None,
            tell_hosts=form.tell_hosts.data,
        ),
        ANSWERING,
    )
    if not done:
        return shown(register, found, answer=form)
    flash("The answer is on the register.", "success")
    return redirects.see(url_for(register.show, public_id=done.result.public_id))


def put_off(register: RequestBook, found: DataRequest) -> ResponseReturnValue:
    """Put the answer off, and say why."""
    form = LongerForm()
    done = form.carry_out(
        lambda: service.take_longer(
            actor=current_user.actor,
            now=clock.now(),
            request=found,
            because=form.because.data or "",
        ),
        WAITING,
    )
    if not done:
        return shown(register, found, longer=form)
    flash("The answer has two months more.", "success")
    return redirects.see(url_for(register.show, public_id=done.result.public_id))


def lifted(register: RequestBook, found: DataRequest) -> ResponseReturnValue:
    """End a restriction."""
    here = url_for(register.show, public_id=found.public_id)
    acts.attempt(
        lambda: service.lift(
            actor=current_user.actor,
            now=clock.now(),
            request=found,
            is_told=LiftForm().is_told.data,
        ),
        service.NothingToLift,
    )
    return redirects.see(here)


def status(found: DataRequest) -> tuple[str, str]:
    """Return a request's state in words, and its tone."""
    today = clock.today()
    if found.state is AskedState.OPEN and found.due_on < today:
        return words.LATE
    if found.state is AskedState.OPEN and data_rights.is_soon(found.due_on, today):
        return words.SOON
    return words.STATES[found.state]
