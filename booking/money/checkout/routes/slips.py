"""Paper slips typed in many at a time: everybody at an event who has not answered."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import queries as event_queries
from booking.days.events import words as event_words
from booking.days.events.models import Event, EventState
from booking.domain import english
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects, typed_again
from booking.foundation.web.access import requires
from booking.money.checkout import forms, service, words
from booking.money.checkout.queries import slips
from booking.money.checkout.routes import paper
from booking.money.checkout.routes.blueprints import checkout
from booking.people.schools import acting
from booking.people.schools.models import School


@checkout.route("/school/events/<slug>/paper-replies", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS)
def paper_replies(slug: str) -> ResponseReturnValue:
    """Show everybody who has not answered; record the slips that were typed in."""
    event, school = event_queries.by_slug(slug), acting.school()
    if event is None or event.state is EventState.DRAFT:
        abort(404)  # only its host sees a draft
    form = _form(event, school)
    if form.is_submitted():
        form.validate()
        if not typed_again.is_shown():
            return _recorded(event, school, form)
    return _page(event, school, form)  # after its session had ended: as it was typed


def _form(event: Event, school: School) -> forms.SlipsForm:
    rows = slips.unanswered(event.id, school.id)
    return forms.slips_form(rows, paper.form_of(event, forms.SlipRowForm))


def _recorded(event: Event, school: School, form: forms.SlipsForm) -> ResponseReturnValue:
    """Record the slips that will do; show the others again, with what is wrong beside each."""
    parts = [(row, part) for row, part in form.parts() if part.is_chosen]
    for _, part in parts:
        part.read.data = form.read.data
    told = {row.booking_id: paper.reply_of(part) for row, part in parts if not part.is_wrong}
    refused: Any = {}
    if not parts and not form.errors:
        form.refuse("Choose yes or no for at least one pupil, or leave the page as it is.")
        return _page(event, school, form), 422
    if told:
        done = form.attempt(
            lambda: service.record_paper_replies(
                actor=current_user.actor, now=clock.now(), event_id=event.id, slips=told
            )
        )
        assert done is not None, "a refusal of one slip is its own"
        refused = done.result
    for row, part in parts:
        if row.booking_id in refused:
            part.refuse(str(refused[row.booking_id]), "agreed")
    _say(event, school, form, told.keys() - refused.keys())
    if any(part.is_wrong for _, part in form.parts()):
        recorded = told.keys() - refused.keys()
        return _page(event, school, form, recorded), 422
    left = len(form.rows) - len(told)
    address = url_for("checkout.paper_replies", slug=event.slug)
    return redirects.see(address if left else url_for("school.event", slug=event.slug))


def _say(event: Event, school: School, form: forms.SlipsForm, recorded: Any) -> None:
    """Say what was recorded, and for whom somebody else had recorded a reply meanwhile."""
    if recorded:
        count = english.plural(len(recorded), "paper reply has", "paper replies have")
        flash(f"{count} been recorded.", "success")
    here = {row.public_id for row in form.rows}
    sent = [each for each in request.form.getlist("slip") if each not in here]
    late = [each for each in sent if request.form.get(f"slip-{each}-agreed")]
    if late:
        names = english.listed(slips.names(event.id, school.id, late))
        flash(f"Answered meanwhile, so what you typed was not recorded: {names}.", "warning")


def _page(event: Event, school: School, form: forms.SlipsForm, recorded: Any = frozenset()) -> str:
    return render_template(
        "money/checkout/paper_replies.html",
        event=event,
        school=school,
        form=form,
        parts=[(row, part) for row, part in form.parts() if row.booking_id not in recorded],
        when=event_words.when(event),
        read=words.consent_facts(event).digest,
    )
