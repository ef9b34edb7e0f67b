"""Letters for families who are asked on paper: printed by their school, opened by a code."""

from typing import Any

from flask import abort, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from booking.days.events import queries as event_queries
from booking.days.events.models import Event, EventState
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.limits import LETTERS_PER_ADDRESS, LETTERS_PER_CODE
from booking.domain.permissions import Action
from booking.foundation import clock, tokens
from booking.foundation.web import redirects
from booking.foundation.web.access import public, requires
from booking.foundation.web.asks_again import asks_again, counts_file
from booking.foundation.web.forms import Form, Refusals
from booking.money.checkout import forms, printing, service
from booking.money.checkout.queries import slips
from booking.money.checkout.routes import paper
from booking.money.checkout.routes.blueprints import checkout
from booking.money.checkout.routes.money import load_booking, scope_of
from booking.people.schools import acting
from booking.people.schools.models import School
from booking.people.schools.routes import attempts

REFUSALS: Refusals = {service.NobodyToAsk: "", places.PlaceRefused: ""}


@checkout.route("/school/events/<slug>/letters", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS)
@asks_again
@counts_file
def letters(slug: str) -> ResponseReturnValue:
    """Say who has not answered; print a letter for each of them."""
    event, school = event_queries.by_slug(slug), acting.school()
    if event is None or event.state is EventState.DRAFT:
        abort(404)  # only its host sees a draft
    form = Form()
    if printed := _printed(form, event, school):
        return printed
    rows = slips.unanswered(event.id, school.id)
    return form.page("money/checkout/letters.html", event=event, school=school, rows=rows)


@checkout.get("/school/bookings/<public_id>/letter")
@requires(Action.KEEP_PUPILS, load=load_booking, scope=scope_of, name="booking")
def letter(booking: Booking) -> ResponseReturnValue:
    """Ask whether one family's letter is to be printed again."""
    return _letter_page(booking, forms.LetterForm(formdata=None))


@checkout.post("/school/bookings/<public_id>/letter")
@requires(Action.KEEP_PUPILS, load=load_booking, scope=scope_of, name="booking")
@asks_again
@counts_file
def print_letter(booking: Booking) -> ResponseReturnValue:
    """Print one family's letter, and end its earlier ones if they are lost."""
    form = forms.LetterForm()
    printed = _printed(
        form,
        booking.event,
        booking.school,
        booking_id=booking.id,
        ends_earlier=form.ends_earlier.data,
    )
    return printed or _letter_page(booking, form)


def _letter_page(booking: Booking, form: forms.LetterForm) -> ResponseReturnValue:
    return form.page("money/checkout/letter.html", booking=booking, event=booking.event)


def _printed(form: Any, event: Event, school: School, **which: Any) -> Response | None:
    """Return the file, made once everything is saved; the codes in it are nowhere else."""
    done = form.carry_out(
        lambda: service.write_letters(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            school=school,
            key=current_app.config["SECRET_KEY"],
            **which,
        ),
        REFUSALS,
    )
    if done is None:
        return None
    content = printing.as_pdf(
        event,
        school,
        done.result,
        paper.form_of(event, forms.PaperForm)(formdata=None),
        coordinator=current_user.name,
        made_at=clock.now(),
    )
    name = f"letters-{event.slug}.pdf"
    return Response(
        content,
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


@checkout.route("/letter", methods=["GET", "POST"])
@public
def letter_code() -> ResponseReturnValue:
    """Open the private page of the letter whose code is typed."""
    form = forms.LetterCodeForm()
    if form.is_submitted():
        key = current_app.config["SECRET_KEY"]
        # Counted for the letter that it says it is of, whatever the rest; under a key, because it
        # may be a code of version 1.0.
        number = tokens.typed_code(form.code.data or "")[: tokens.NUMBER_LENGTH]
        attempts.limited(tokens.code_hash(number, key), LETTERS_PER_CODE, LETTERS_PER_ADDRESS)
    done = form.carry_out(
        lambda: service.open_letter(
            now=clock.now(), code=form.code.data or "", keys=current_app.config["SIGNING_KEYS"]
        ),
        {service.UnknownCode: "code"},
    )
    if done:
        return redirects.see(url_for("parent.overview", token=done.result))
    return form.page("money/parent/letter_code.html")
