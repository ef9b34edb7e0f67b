"""Two parents of one child: "still fine?" after a move, objecting, and asking for a place again."""

from collections.abc import Callable

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from booking.days.places import service as places
from booking.days.places.service import invitations
from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import by_token
from booking.foundation.web.forms import ButtonForm
from booking.money.checkout import forms, pages, service
from booking.money.checkout.routes.blueprints import parent
from booking.money.checkout.routes.visits import address, page, visit


@parent.post("/<token>/still-fine")
@by_token("parent link")
def still_fine(token: str) -> ResponseReturnValue:
    """Keep the consent to the event as it is now."""
    form = forms.StillFineForm()
    return _done(
        token,
        lambda seen: service.renew(
            actor=PARENT,
            now=clock.now(),
            booking=seen.booking,
            given_by=seen.parent.name,
            read=form.read.data or "not read",
            parent_id=seen.parent.id,
        ),
        "Thank you. Your consent is for the event as it is now.",
    )


@parent.get("/<token>/object")
@by_token("parent link")
def object_page(token: str) -> ResponseReturnValue:
    """Ask whether the school should be told that this parent does not agree."""
    seen = visit(token)
    if seen.booking.state not in service.OBJECTIONABLE or seen.standing is pages.FirstPage.OVER:
        return redirects.see(address("parent.overview", seen))
    return page("object", seen, form=ButtonForm(formdata=None))


@parent.post("/<token>/object")
@by_token("parent link")
def send_objection(token: str) -> ResponseReturnValue:
    """Tell the school."""
    school = visit(token).booking.school.name
    return _done(
        token,
        lambda seen: service.raise_objection(
            actor=PARENT, now=clock.now(), booking=seen.booking, parent_id=seen.parent.id
        ),
        f"{school} has been told that you do not agree, and will be in touch.",
    )


@parent.post("/<token>/take-again")
@by_token("parent link")
def take_again(token: str) -> ResponseReturnValue:
    """Ask for a place again that one parent gave back."""
    done = acts.attempt(
        lambda: _take_again(visit(token)),
        service.NotToBeTakenAgain,
        places.PlaceRefused,
        level="warning",
    )
    if done is None:
        return redirects.see(url_for("parent.overview", token=token))
    flash("The place is kept again. Please send your reply.", "success")
    return redirects.see(url_for("parent.overview", token=done.result))


def _take_again(seen: pages.Visit) -> str:
    """Take the place again; return the token of a new link, for older ones have ended."""
    service.take_again(
        actor=PARENT, now=clock.now(), booking=seen.booking, parent_id=seen.parent.id
    )
    booking = seen.booking
    _, url = invitations.new_link(booking.event, booking, seen.parent, now=clock.now())
    return url.rpartition("/")[2]


def _done(token: str, act: Callable[[pages.Visit], object], words: str) -> ResponseReturnValue:
    """Do what a button says, then say how it went."""
    done = acts.attempt(
        lambda: act(visit(token)),
        service.NotInvited,
        service.MovedMeanwhile,
        service.NothingToObjectTo,
        service.NotToBeTakenAgain,
        places.PlaceRefused,
        level="warning",
    )
    if done:
        flash(words, "success")
    return redirects.see(url_for("parent.overview", token=token))
