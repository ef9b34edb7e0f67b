"""The pages of kits: what is in one, where it is now, and each hand-over in one press."""

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import queries as event_queries
from booking.days.tours import locks, pages, queries, service, words
from booking.days.tours.forms import HandOverForm, KitForm, kit_filled
from booking.days.tours.models import Kit
from booking.days.tours.routes.blueprint import REFUSALS, may, tours
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing


@tours.get("/kits/")
@requires(Action.SEE_TOURS)
def kits() -> str:
    """List the kits and where they are."""
    return render_template(
        "days/tours/kits.html",
        kits=queries.kits(),
        words=words,
        may_add=may(Action.WRITE_EVENTS),
    )


@tours.route("/kits/new", methods=["GET", "POST"])
@requires(Action.WRITE_EVENTS)
def add_kit() -> ResponseReturnValue:
    """Add a kit."""
    form = KitForm().offer(event_queries.host_choices(current_user.actor))
    done = form.carry_out(
        lambda: service.add_kit(actor=current_user.actor, now=clock.now(), details=form.details()),
        REFUSALS,
    )
    if done:
        flash("Added.", "success")
        return redirects.see(_address(done.result))
    return form.page("days/tours/kit_form.html", kit=None)


@tours.get("/kits/<public_id>")
@requires(Action.SEE_TOURS)
def kit(public_id: str) -> ResponseReturnValue:
    """Show a kit: what is in it, where it is, and where it has been."""
    found = queries.kit_by_public_id(public_id)
    if found is None:
        abort(404)
    return _page(found, HandOverForm())


def _page(kit: Kit, form: HandOverForm) -> ResponseReturnValue:
    coming = queries.next_stops_of(kit, now=clock.now())
    may_hand = any(may(Action.JOIN_TOURS, id_) for id_ in pages.concerned(kit, coming))
    return form.page(
        "days/tours/kit.html",
        kit=kit,
        coming=coming,
        moves=queries.moves_of(kit),
        buttons=pages.hand_overs(kit, coming) if may_hand else [],
        words=words,
        may_change=may(Action.WRITE_EVENTS, kit.school_id),
    )


@tours.route("/kits/<public_id>/change", methods=["GET", "POST"])
@requires(
    Action.WRITE_EVENTS,
    load=queries.kit_by_public_id,
    scope=lambda kit: Scope(kit.school_id),
    name="kit",
)
def change_kit(kit: Kit) -> ResponseReturnValue:
    """Change what a kit is called or contains."""
    form = editing(
        lambda: KitForm(data=kit_filled(kit)).offer([kit.school]),
        changed_by=("change_kit",),
        lock=lambda: locks.kit(kit.id),
    )
    if form.carry_out(
        lambda: service.change_kit(
            actor=current_user.actor, now=clock.now(), kit=kit, details=form.details()
        ),
        REFUSALS,
    ):
        flash("Saved.", "success")
        return redirects.see(_address(kit))
    return form.page("days/tours/kit_form.html", kit=kit)


def _scope_of_hand_over(kit: Kit) -> Scope:
    """Return one of the schools that the kit concerns: the person's own, if it is one of them."""
    concerned = pages.concerned(kit, queries.next_stops_of(kit, now=clock.now()))
    own = (id_ for id_ in sorted(concerned) if may(Action.JOIN_TOURS, id_))
    return Scope(next(own, kit.school_id))


@tours.post("/kits/<public_id>/hand-over")
@requires(Action.JOIN_TOURS, load=queries.kit_by_public_id, scope=_scope_of_hand_over, name="kit")
def hand_over(kit: Kit) -> ResponseReturnValue:
    """Record where a kit is now."""
    form = HandOverForm()
    state, stop_id = form.said()
    if form.carry_out(
        lambda: service.hand_over(
            actor=current_user.actor,
            now=clock.now(),
            kit=kit,
            state=state,
            stop=queries.stop_by_public_id(stop_id) if stop_id else None,
            missing=form.missing.data or "",
        ),
        REFUSALS,
    ):
        flash("Recorded.", "success")
        return redirects.see(_address(kit))
    return _page(kit, form)


def _address(kit: Kit) -> str:
    return url_for("tours.kit", public_id=kit.public_id)
