"""The page on which people keep their private calendars."""

from flask import Response, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.on_the_day.calendars import queries, service, words
from booking.on_the_day.calendars.forms import ButtonForm, FeedForm
from booking.on_the_day.calendars.models import Feed
from booking.on_the_day.calendars.queries.private import kinds_of
from booking.on_the_day.calendars.routes.blueprint import address_page, calendars


@calendars.route("/account/feeds", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def feeds() -> ResponseReturnValue:
    """Show the person's private calendars; make a new one."""
    form = FeedForm().offer(kinds_of(current_user.actor))
    if not form.validate_on_submit():
        return _feeds_page(form), 422 if form.is_submitted() else 200
    try:
        with transaction():
            made, token = service.make_feed(
                actor=current_user.actor,
                now=clock.now(),
                label=form.label.data or "",
                kinds=form.kinds,
                leaves_out=form.leaves_out,
            )
            label = made.label
    except (service.TooManyFeeds, service.LabelMissing, service.NothingChosen) as refusal:
        refuse(form, refusal)
        return _feeds_page(form), 422
    return _address_page(label, token)


@calendars.route("/account/feeds/<short_id>", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def change(short_id: str) -> ResponseReturnValue:
    """Choose what one of the person's calendars shows, and what it is called."""
    found = _own_or_404(short_id)
    form = FeedForm().offer(kinds_of(current_user.actor)).show(found)
    if not form.validate_on_submit():
        return _change_page(found, form), 422 if form.is_submitted() else 200
    try:
        with transaction():
            service.change_feed(
                actor=current_user.actor,
                now=clock.now(),
                feed=found,
                label=form.label.data or "",
                kinds=form.kinds,
                leaves_out=form.leaves_out,
            )
    except (service.LabelMissing, service.NothingChosen) as refusal:
        refuse(form, refusal)
        return _change_page(found, form), 422
    flash("The calendar is changed. Your programs show it when they next fetch it.", "success")
    return redirects.see(url_for(".feeds"))


@calendars.post("/account/feeds/<short_id>/renew")
@requires(Action.OWN_ACCOUNT)
def renew(short_id: str) -> ResponseReturnValue:
    """Give one of the person's calendars a new address."""
    found = _own_or_404(short_id)
    check_button()
    label = found.label
    with transaction():
        token = service.renew(actor=current_user.actor, now=clock.now(), feed=found)
    return _address_page(label, token)


@calendars.post("/account/feeds/<short_id>/revoke")
@requires(Action.OWN_ACCOUNT)
def revoke(short_id: str) -> ResponseReturnValue:
    """End one of the person's calendars."""
    found = _own_or_404(short_id)
    check_button()
    label = found.label
    with transaction():
        service.revoke(actor=current_user.actor, now=clock.now(), feed=found)
    flash(f"The address of {label} no longer works.", "success")
    return redirects.see(url_for(".feeds"))


def refuse(form: FeedForm, refusal: ValueError) -> None:
    """Show a refusal beside the field that it is about."""
    form.refuse(
        str(refusal), field="shows" if isinstance(refusal, service.NothingChosen) else "label"
    )


def check_button() -> None:
    """Answer 400 unless the button was on a page of ours."""
    if not ButtonForm().validate_on_submit():
        abort(400)


def _own_or_404(short_id: str) -> Feed:
    mine = queries.feeds_of(current_user.person_id)
    found = next((feed for feed in mine if feed.short_id == short_id), None)
    if found is None:
        abort(404)
    return found


def _feeds_page(form: FeedForm) -> str:
    now, kinds = clock.now(), kinds_of(current_user.actor)
    return render_template(
        "on_the_day/calendars/feeds.html",
        form=form,
        feeds=[
            (feed, words.last_fetched(feed, now), words.left_out(feed, kinds))
            for feed in queries.feeds_of(current_user.person_id)
        ],
    )


def _change_page(found: Feed, form: FeedForm) -> str:
    return render_template(
        "on_the_day/calendars/change.html", feed=found, form=form, back=url_for(".feeds")
    )


def _address_page(label: str, token: str) -> Response:
    return address_page(label, token, back=url_for(".feeds"))
