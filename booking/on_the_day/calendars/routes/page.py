"""The public page about calendars: how to follow the network's, and what partners offer."""

from flask import render_template, request

from booking.days.partners import panels as partner_panels
from booking.days.partners import queries as partner_queries
from booking.foundation import clock
from booking.foundation.web import paging, remembered
from booking.foundation.web.access import public
from booking.on_the_day.calendars.routes import links
from booking.on_the_day.calendars.routes.blueprint import absolute, calendars
from booking.people.schools import queries as school_queries


@calendars.get("/calendar")
@public
@remembered.for_visitors
def overview() -> str:
    """Show how to follow the network's events, or those for one school, and partners' dates."""
    members = school_queries.member_schools()
    asked = request.args.get("school", "")
    chosen = next((school for school in members if school.slug == asked), None)
    if chosen is None:
        url, name = absolute(".network"), "All the network’s events"
    else:
        url, name = absolute(".school", slug=chosen.slug), f"Events for {chosen.name}"
    page = partner_queries.coming(on=clock.today(), page=paging.asked_page())
    ways = links.ways(url, name)
    return render_template(
        "on_the_day/calendars/overview.html",
        name=name,
        chosen=chosen,
        schools=[(school.slug, school.name) for school in members],
        ways=ways,
        reachable=links.is_reachable(url),
        picture=links.picture(ways.webcal),
        feeds=partner_queries.public_feeds(),
        page=page,
        panel=partner_panels.of(page.items),
    )
