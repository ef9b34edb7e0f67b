"""A parent's page: the account to pay into, what to quote, and “I have sent it”."""

from flask import flash
from flask.typing import ResponseReturnValue

from booking.domain import transferring
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import by_token
from booking.foundation.web.forms import ButtonForm
from booking.money.checkout.routes.visits import LinkEnded, address, link_ended, page, visit
from booking.money.transfers import queries, service
from booking.money.transfers.models import TransferReference
from booking.money.transfers.routes.blueprint import account, transfers

transfers.register_error_handler(LinkEnded, link_ended)


@transfers.get("/parent/<token>/transfer")
@by_token("parent link")
def of_parent(token: str) -> ResponseReturnValue:
    """Show the account and the reference, once the parent has asked for them."""
    seen = visit(token)
    reference = queries.of_parent(seen.booking.id, seen.parent.id)
    if reference is None or not queries.is_offered(account()) or not queries.asks(seen.booking):
        return redirects.see(address("parent.overview", seen))
    return page(
        "transfer",
        seen,
        to=account(),
        reference=transferring.reference(reference.number),
        is_sent=reference.sent_at is not None,
        gift=queries.is_contribution(seen.booking),
        due_pence=queries.due_pence(seen.booking),
    )


@transfers.post("/parent/<token>/transfer")
@by_token("parent link")
def ask_reference(token: str) -> ResponseReturnValue:
    """Give the parent a reference, or show the one that was given before."""
    seen = visit(token)
    if not ButtonForm().validate():
        return redirects.see(address("parent.overview", seen))
    done = acts.attempt(lambda: _give(token), service.NotOffered)
    return redirects.see(address("transfers.of_parent" if done else "parent.overview", seen))


def _give(token: str) -> TransferReference:
    seen = visit(token)
    return service.give_reference(
        now=clock.now(),
        booking=seen.booking,
        parent_id=seen.parent.id,
        offered=queries.is_offered(account()),
    )


@transfers.post("/parent/<token>/transfer/sent")
@by_token("parent link")
def say_sent(token: str) -> ResponseReturnValue:
    """Keep the place while the transfer is on its way."""
    seen = visit(token)
    reference = queries.of_parent(seen.booking.id, seen.parent.id)
    if reference is not None and ButtonForm().validate():
        acts.run(lambda: service.say_sent(now=clock.now(), reference=reference))
        flash("Thank you. We will write to you when the money has arrived.", "success")
    return redirects.see(address("parent.overview", seen))
