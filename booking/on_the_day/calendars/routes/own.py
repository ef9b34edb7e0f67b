"""The pages where people manage their private calendars."""

from flask import Response, abort, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm, Refusals, editing
from booking.on_the_day.calendars import locks, queries, service, words
from booking.on_the_day.calendars.forms import FeedForm
from booking.on_the_day.calendars.models import Feed
from booking.on_the_day.calendars.queries.private import kinds_of
from booking.on_the_day.calendars.routes.blueprint import address_page, calendars

#: Which field a refusal is shown beside.
REFUSALS: Refusals = {
    service.TooManyFeeds: "label",
    service.LabelMissing: "label",
    service.EmptyCalendar: "shows",
}


@calendars.route("/account/feeds", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def feeds() -> ResponseReturnValue:
    """Show the person's private calendars, and make a new one."""
    form = FeedForm().offer(kinds_of(current_user.actor))
    done = form.carry_out(
        lambda: service.make_feed(
            actor=current_user.actor,
            now=clock.now(),
            label=form.label.data or "",
            kinds=form.kinds,
            leaves_out=form.leaves_out,
        ),
        REFUSALS,
    )
    if done:
        made, token = done.result
        return _address_page(made.label, token)
    return form.page("on_the_day/calendars/feeds.html", feeds=_rows())


@calendars.route("/account/feeds/<short_id>", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def change(short_id: str) -> ResponseReturnValue:
    """Change the name of one of the person's calendars, and what it shows."""
    found = _own_or_404(short_id)
    form = editing(
        lambda: FeedForm().offer(kinds_of(current_user.actor)).show(found),
        changed_by=("change_feed",),
        lock=lambda: locks.feed(found.id),
    )
    if form.carry_out(
        lambda: service.change_feed(
            actor=current_user.actor,
            now=clock.now(),
            feed=found,
            label=form.label.data or "",
            kinds=form.kinds,
            leaves_out=form.leaves_out,
        ),
        REFUSALS,
    ):
        flash(
            "The calendar is changed. Your programs will show this when they next fetch it.",
            "success",
        )
        return redirects.see(url_for(".feeds"))
    return form.page("on_the_day/calendars/change.html", feed=found, back=url_for(".feeds"))


@calendars.post("/account/feeds/<short_id>/renew")
@requires(Action.OWN_ACCOUNT)
def renew(short_id: str) -> ResponseReturnValue:
    """Give one of the person's calendars a new address."""
    found = _own_or_404(short_id)
    check_button()
    label = found.label
    token = acts.run(lambda: service.renew(actor=current_user.actor, now=clock.now(), feed=found))
    return _address_page(label, token)


@calendars.post("/account/feeds/<short_id>/revoke")
@requires(Action.OWN_ACCOUNT)
def revoke(short_id: str) -> ResponseReturnValue:
    """Revoke one of the person's calendars."""
    found = _own_or_404(short_id)
    check_button()
    label = found.label
    acts.run(lambda: service.revoke(actor=current_user.actor, now=clock.now(), feed=found))
    flash(f"The address of {label} no longer works.", "success")
    return redirects.see(url_for(".feeds"))


def check_button() -> None:
    """Answer 400 unless the button was on one of our pages."""
    if not ButtonForm().validate_on_submit():
        abort(400)


def _own_or_404(short_id: str) -> Feed:
    mine = queries.feeds_of(current_user.person_id)
    found = next((feed for feed in mine if feed.short_id == short_id), None)
    if found is None:
        abort(404)
    return found


def _rows() -> list[tuple[Feed, str, list[str]]]:
    """Return the person's calendars, when each was last fetched and what it leaves out."""
    now, kinds = clock.now(), kinds_of(current_user.actor)
    return [
        (feed, words.last_fetched(feed, now), words.left_out(feed, kinds))
        for feed in queries.feeds_of(current_user.person_id)
    ]


def _address_page(label: str, token: str) -> Response:
    return address_page(label, token, back=url_for(".feeds"))
