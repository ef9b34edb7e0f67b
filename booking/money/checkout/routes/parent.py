"""The first page of a private link, and how a place is declined or given back."""

from contextlib import suppress
from datetime import timedelta

from flask import url_for
from flask.typing import ResponseReturnValue

from booking.domain.payment_states import PaymentState
from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import by_token
from booking.foundation.web.forms import ButtonForm
from booking.money.checkout import pages, queries, service
from booking.money.checkout.routes import workshops
from booking.money.checkout.routes.blueprints import parent
from booking.money.checkout.routes.replying import empty_form, reply_page
from booking.money.checkout.routes.visits import address, page, visit
from booking.money.payments import queries as payment_queries

#: How long the page offers to undo a decline, if nobody else has the place by then. It is passed on
#: at once: whoever waits is told of a place that nobody can take back from them.
UNDO_WITHIN = timedelta(minutes=10)
DECLINABLE = {pages.FirstPage.INVITED, pages.FirstPage.TO_PAY, pages.FirstPage.CONFIRMED}


@parent.get("/<token>")
@by_token("parent link")
def overview(token: str) -> ResponseReturnValue:
    """Show the invitation, or what has happened since."""
    seen = visit(token)
    if seen.standing is pages.FirstPage.INVITED:
        return reply_page(seen, empty_form(seen))
    begun = None
    if seen.standing is pages.FirstPage.TO_PAY:
        begun = payment_queries.latest_of_parent(seen.booking.id, seen.parent.id)
    cancelled = seen.standing is pages.FirstPage.CANCELLED
    return page(
        "standing",
        seen,
        # If there is no page at the processor, nobody has been there: it could not be reached.
        due_pence=service.amount_due(seen.booking)
        if seen.standing is pages.FirstPage.TO_PAY
        else 0,
        begun=begun is not None
        and begun.state is PaymentState.OPENED
        and begun.session_id is not None,
        returning=cancelled and bool(queries.choices_of_parent(seen.booking.id, seen.parent.id)),
        told=pages.told(seen),
        read=service.facts_digest(seen.booking),
        objectionable=seen.booking.state in service.OBJECTIONABLE
        and seen.standing is not pages.FirstPage.OVER,
        just_declined=_has_just_declined(seen),
        workshops=workshops.shown(seen),
        may_take_again=service.may_take_again(seen.booking, clock.now()),
        decided_by_other=seen.reply.consent is not None
        and not seen.is_own(seen.reply.consent.parent_id),
    )


def _has_just_declined(seen: pages.Visit) -> bool:
    """Return whether this parent declined so recently that it may have been a slip."""
    consent, ended_at = seen.reply.consent, seen.booking.ended_at
    own = consent is not None and not consent.given and seen.is_own(consent.parent_id)
    return own and ended_at is not None and clock.now() - ended_at < UNDO_WITHIN


@parent.get("/<token>/decline")
@by_token("parent link")
def decline(token: str) -> ResponseReturnValue:
    """Ask whether the place should really be declined; ask for no reason."""
    seen = visit(token)
    if seen.standing not in DECLINABLE:
        return redirects.see(address("parent.overview", seen))
    return page("decline", seen)


@parent.post("/<token>/decline")
@by_token("parent link")
def send_decline(token: str) -> ResponseReturnValue:
    """Decline the place, which goes to another pupil."""
    seen = visit(token)
    form = ButtonForm()
    if not form.validate():
        return page("decline", seen), 422
    with suppress(service.NotInvited):  # the next page shows the state
        acts.run(lambda: _decline(visit(token)))
    return redirects.see(url_for("parent.overview", token=token))


def _decline(seen: pages.Visit) -> None:
    service.decline(
        actor=PARENT,
        now=clock.now(),
        booking=seen.booking,
        given_by=seen.parent.name,
        parent_id=seen.parent.id,
    )
