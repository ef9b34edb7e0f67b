"""What a pupil would like to do at the event, chosen on the private page."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from booking.days.groups import forms as group_forms
from booking.days.groups import service as groups
from booking.days.groups.pages import choosing
from booking.days.groups.queries import workshops
from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import by_token
from booking.money.checkout import pages
from booking.money.checkout.routes.blueprints import parent
from booking.money.checkout.routes.visits import address, page, sent_too_late, visit

#: Whoever has said yes may choose.
MAY_CHOOSE = {pages.FirstPage.TO_PAY, pages.FirstPage.CONFIRMED}


def shown(seen: pages.Visit) -> choosing.FamilyChoice | None:
    """Return what the first page says about workshops; None for who has not said yes."""
    if seen.standing not in MAY_CHOOSE:
        return None
    return choosing.family_choice(seen.booking, clock.now())


@parent.route("/<token>/workshops", methods=["GET", "POST"])
@by_token("parent link")
def choose_workshops(token: str) -> ResponseReturnValue:
    """Choose workshops, or change the choice, until the time is over."""
    seen = visit(token)
    view = shown(seen)
    if view is None or not view.is_open:
        if request.method == "POST":
            return sent_too_late(seen)
        return redirects.see(address("parent.overview", seen))
    stored = group_forms.wished(workshops.wishes_of(seen.booking.id), view.offered)
    form = group_forms.WishesForm(data=stored).offer(view)
    done = form.carry_out(
        lambda: groups.choose(
            actor=PARENT,
            now=clock.now(),
            booking=seen.booking,
            wishes=form.wishes(view),
            parent_id=seen.parent.id,
        ),
        {groups.WorkshopsRefused: ""},
    )
    if done:
        flash("Thank you. Your choices are saved.", "success")
        return redirects.see(address("parent.overview", seen))
    status = 422 if form.is_submitted() else 200
    return page("workshops", seen, form=form, view=view), status
