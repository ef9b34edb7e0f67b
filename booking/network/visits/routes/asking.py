"""Where a colleague asks to come, is answered, withdraws, and writes a note afterwards."""

from flask import abort, flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.moves import MoveNotAllowed
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.network.visits import locks, pages, service, words
from booking.network.visits.forms import (
    YES,
    VisitAnswerForm,
    VisitHopeForm,
    VisitNoteForm,
    noted,
)
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.network.visits.refusals import VisitOver
from booking.network.visits.routes.blueprint import (
    REFUSALS,
    address_of,
    host_of,
    load_ask,
    of_a_visit,
    visitor_of,
    visits,
)
from booking.people.schools import queries as school_queries


@visits.route("/visits/<public_id>/ask", methods=["GET", "POST"])
@of_a_visit
def ask(visit: StaffVisit) -> ResponseReturnValue:
    """Ask to come."""
    actor = current_user.actor
    if not pages.is_for(visit, actor):
        abort(404)
    form = VisitHopeForm()
    form.offer_schools(school_queries.schools_by_id(tuple(sorted(actor.schools()))))
    done = form.carry_out(
        lambda: service.ask(
            actor=actor,
            now=clock.now(),
            visit=visit,
            hope=form.word.data or "",
            school_id=form.school_id.data or None,
        ),
        REFUSALS,
    )
    if done:
        flash("You have asked. The answer comes by mail, and stands on this page.", "success")
        return redirects.see(address_of(visit))
    return form.page("network/visits/ask.html", visit=visit, words=words)


@visits.route("/visits/asks/<public_id>/answer", methods=["GET", "POST"])
@requires(Action.KEEP_VISIT, load=load_ask, scope=host_of, name="ask")
def answer(ask: VisitAsk) -> ResponseReturnValue:
    """Say yes or no to a colleague."""
    form = VisitAnswerForm()
    says_yes = form.say.data == YES
    if form.carry_out(
        lambda: service.answer(
            actor=current_user.actor,
            now=clock.now(),
            ask=ask,
            says_yes=says_yes,
            word=form.word.data or "",
        ),
        REFUSALS,
    ):
        flash("Your colleague is told, and can answer your mail.", "success")
        return redirects.see(address_of(ask.visit))
    return form.page("network/visits/answer.html", ask=ask, visit=ask.visit, words=words)


@visits.post("/visits/asks/<public_id>/withdraw")
@requires(Action.KEEP_VISIT_ASK, load=load_ask, scope=visitor_of, name="ask")
def withdraw(ask: VisitAsk) -> ResponseReturnValue:
    """Withdraw what one asked."""
    done = acts.attempt(
        lambda: service.withdraw(actor=current_user.actor, now=clock.now(), ask=ask),
        MoveNotAllowed,
        VisitOver,
    )
    if done:
        flash("You have withdrawn. Whoever opened the visit is told.", "success")
    return redirects.see(address_of(ask.visit))


@visits.route("/visits/asks/<public_id>/note", methods=["GET", "POST"])
@requires(Action.KEEP_VISIT_ASK, load=load_ask, scope=visitor_of, name="ask")
def note(ask: VisitAsk) -> ResponseReturnValue:
    """Write what one took home."""
    form = editing(
        lambda: VisitNoteForm(data=noted(ask)),
        changed_by=("note_visit",),
        lock=lambda: locks.ask(ask.id),
    )
    if form.carry_out(
        lambda: service.write_note(
            actor=current_user.actor,
            now=clock.now(),
            ask=ask,
            note=form.note.data or "",
            is_shared=bool(form.is_shared.data),
            no_pupil=bool(form.no_pupil.data),
        ),
        REFUSALS,
    ):
        flash("Saved.", "success")
        return redirects.see(address_of(ask.visit))
    return form.page("network/visits/note.html", ask=ask, visit=ask.visit, words=words)
