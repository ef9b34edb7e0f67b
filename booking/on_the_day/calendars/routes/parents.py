"""A parent's own calendar, from the private link: all their children's events, no names."""

from flask import Response, abort, url_for
from flask.typing import ResponseReturnValue

from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import by_token
from booking.money.checkout.routes.visits import LinkEnded, link_ended, visit
from booking.on_the_day.calendars import queries, service, words
from booking.on_the_day.calendars.forms import FeedForm
from booking.on_the_day.calendars.models import Feed
from booking.on_the_day.calendars.queries.private import KINDS_OF_PARENT
from booking.on_the_day.calendars.routes.blueprint import address_page, calendars
from booking.on_the_day.calendars.routes.own import REFUSALS, check_button
from booking.people.pupils.models import Parent

calendars.register_error_handler(LinkEnded, link_ended)


@calendars.route("/parent/<token>/calendar", methods=["GET", "POST"])
@by_token("parent link")
def parent_feeds(token: str) -> ResponseReturnValue:
    """Show a parent's private calendars, and make a new one."""
    parent = visit(token).parent
    form = FeedForm().offer(KINDS_OF_PARENT, is_parent=True)
    done = form.carry_out(
        lambda: service.make_feed(
            actor=PARENT,
            now=clock.now(),
            label=form.label.data or "",
            parent=db.session.get_one(Parent, parent.id),
            kinds=form.kinds,
            leaves_out=form.leaves_out,
        ),
        REFUSALS,
    )
    if done:
        made, secret = done.result
        return _address_page(token, made.label, secret)
    return form.page("on_the_day/calendars/parent.html", token=token, feeds=_rows(parent))


@calendars.post("/parent/<token>/calendar/<short_id>/renew")
@by_token("parent link")
def renew_parent_feed(token: str, short_id: str) -> ResponseReturnValue:
    """Give one of a parent's calendars a new address."""
    found = _own_or_404(token, short_id)
    check_button()
    label = found.label
    secret = acts.run(lambda: service.renew(actor=PARENT, now=clock.now(), feed=found))
    return _address_page(token, label, secret)


@calendars.post("/parent/<token>/calendar/<short_id>/revoke")
@by_token("parent link")
def revoke_parent_feed(token: str, short_id: str) -> ResponseReturnValue:
    """Revoke one of a parent's calendars."""
    found = _own_or_404(token, short_id)
    check_button()
    acts.run(lambda: service.revoke(actor=PARENT, now=clock.now(), feed=found))
    return redirects.see(url_for(".parent_feeds", token=token))


def _own_or_404(token: str, short_id: str) -> Feed:
    mine = queries.feeds_of_parent(visit(token).parent.id)
    found = next((feed for feed in mine if feed.short_id == short_id), None)
    if found is None:
        abort(404)
    return found


def _rows(parent: Parent) -> list[tuple[Feed, str, list[str]]]:
    """Return a parent's calendars, when each was last fetched and what it leaves out."""
    now = clock.now()
    return [
        (
            feed,
            words.last_fetched(feed, now),
            words.left_out(feed, KINDS_OF_PARENT, is_parent=True),
        )
        for feed in queries.feeds_of_parent(parent.id)
    ]


def _address_page(token: str, label: str, secret: str) -> Response:
    back = url_for(".parent_feeds", token=token)
    return address_page(label, secret, back=back, is_parent=True)
