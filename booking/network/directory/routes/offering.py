"""Where somebody offers what they can help with, changes it, withdraws it and offers it again."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.moves import MoveNotAllowed
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.network.directory import locks, queries, service, words
from booking.network.directory.forms import ChangeExpertiseForm, ExpertiseForm, filled
from booking.network.directory.models import Expertise
from booking.network.directory.refusals import HeadUnknown, NominationDecided, NotOwnSchool
from booking.network.directory.routes.blueprint import (
    REFUSALS,
    directory,
    load_offer,
    own,
    to_offer,
)
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School


@directory.route("/who-can-help/offer", methods=["GET", "POST"])
@requires(Action.SEE_NETWORK_LIFE)
def offer() -> ResponseReturnValue:
    """Offer what one can help with."""
    form = ExpertiseForm()
    form.offer_areas(queries.areas())
    form.offer_schools(_own_schools())
    done = form.carry_out(
        lambda: service.offer(
            actor=current_user.actor,
            now=clock.now(),
            school_id=form.school_id.data or None,
            details=form.details(),
        ),
        REFUSALS,
    )
    if done:
        flash("Thank you. It is listed as soon as it is confirmed; you hear by mail.", "success")
        return redirects.see(to_offer(done.result))
    return form.page("network/directory/form.html", offer=None, words=words)


@directory.route("/who-can-help/<public_id>/change", methods=["GET", "POST"])
@requires(Action.KEEP_EXPERTISE, load=load_offer, scope=own, name="offer")
def change(offer: Expertise) -> ResponseReturnValue:
    """Change what one offers."""
    form = editing(
        lambda: _change_form(offer),
        changed_by=("change_expertise",),
        lock=lambda: locks.offer(offer.id),
    )
    done = form.carry_out(
        lambda: service.change(
            actor=current_user.actor, now=clock.now(), offer=offer, details=form.details()
        ),
        REFUSALS,
    )
    if done:
        again = "Saved. Because you added something, it has to be confirmed again."
        flash(again if done.result else "Saved.", "success")
        return redirects.see(to_offer(offer))
    return form.page("network/directory/form.html", offer=offer, words=words)


def _change_form(offer: Expertise) -> ChangeExpertiseForm:
    form = ChangeExpertiseForm(data=filled(offer))
    kept = {area.id for area in offer.areas}
    all_areas = queries.areas(retired=True)
    form.offer_areas(area for area in all_areas if not area.retired_at or area.id in kept)
    return form


@directory.post("/who-can-help/<public_id>/withdraw")
@requires(Action.KEEP_EXPERTISE, load=load_offer, scope=own, name="offer")
def withdraw(offer: Expertise) -> ResponseReturnValue:
    """Withdraw what one offers."""
    done = acts.attempt(
        lambda: service.withdraw(actor=current_user.actor, now=clock.now(), offer=offer),
        MoveNotAllowed,
    )
    if done:
        flash("Your offer is withdrawn. You can offer it again within a year.", "success")
    return redirects.see(to_offer(offer))


@directory.post("/who-can-help/<public_id>/offer-again")
@requires(Action.KEEP_EXPERTISE, load=load_offer, scope=own, name="offer")
def offer_again(offer: Expertise) -> ResponseReturnValue:
    """Offer again what is not listed any more."""
    done = acts.attempt(
        lambda: service.offer_again(actor=current_user.actor, now=clock.now(), offer=offer),
        MoveNotAllowed,
        NotOwnSchool,
    )
    if done:
        flash("It is listed as soon as it is confirmed; you hear by mail.", "success")
    return redirects.see(to_offer(offer))


@directory.post("/who-can-help/<public_id>/ask-head")
@requires(Action.KEEP_EXPERTISE, load=load_offer, scope=own, name="offer")
def ask_head(offer: Expertise) -> ResponseReturnValue:
    """Ask whoever confirms once more."""
    done = acts.attempt(
        lambda: service.ask_again(actor=current_user.actor, now=clock.now(), offer=offer),
        HeadUnknown,
        NominationDecided,
    )
    if done:
        flash("We have asked again. The link in an earlier mail no longer works.", "success")
    return redirects.see(to_offer(offer))


def _own_schools() -> list[School]:
    return school_queries.schools_by_id(tuple(sorted(current_user.actor.schools())))
