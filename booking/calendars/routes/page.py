"""The public page about calendars: how to follow the network's, and what partners have on."""

from flask import render_template, request

from booking import clock
from booking.calendars import links
from booking.calendars.routes.blueprint import absolute, calendars
from booking.partners import panels
from booking.partners import queries as partners
from booking.schools import queries as schools
from booking.web import paging, remembered
from booking.web.access import public


@calendars.get("/calendar")
@public
@remembered.for_visitors
def overview() -> str:
    """Show how to follow the network's events, or those for one school, and partners' dates."""
    members = schools.member_schools()
    asked = request.args.get("school", "")
    chosen = next((school for school in members if school.slug == asked), None)
    if chosen is None:
        url, name = absolute(".network"), "All events of the network"
    else:
        url, name = absolute(".school", slug=chosen.slug), f"Events for {chosen.name}"
    page = partners.coming(on=clock.today(), page=paging.asked_page())
    ways = links.ways(url, name)
    return render_template(
        "calendars/overview.html",
        name=name,
        chosen=chosen,
        schools=[(school.slug, school.name) for school in members],
        ways=ways,
        reachable=links.is_reachable(url),
        picture=links.picture(ways.webcal),
        feeds=partners.public_feeds(),
        page=page,
        panel=panels.of(page.items),
    )
