"""Ways to begin an event: like an earlier one of one's own, or after another school's example."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import pages, ports, queries, service, states, words
from booking.days.events.models import Event
from booking.days.events.routes.blueprints import host_pages, load_event, scope_of
from booking.domain import year_groups
from booking.domain.permissions import Action, Role
from booking.foundation import clock
from booking.foundation.web import acts, paging, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm


@host_pages.post("/events/<slug>/clone")
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def clone(event: Event) -> ResponseReturnValue:
    """Repeat an event next year, as a draft."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    done = acts.attempt(
        lambda: service.clone(actor=current_user.actor, now=clock.now(), event=event),
        service.EventRefused,
    )
    if done is None:
        return redirects.see(url_for(".work", slug=event.slug))
    flash("This is a new draft with all dates moved by a year. Check them.", "success")
    return redirects.see(url_for(".edit", slug=done.result.slug))


@host_pages.get("/events/examples")
@requires(Action.WRITE_EVENTS)
def examples() -> str:
    """Show other schools' events, to begin one's own with."""
    q = request.args.get("q", "").strip()[:100]
    year = request.args.get("year", type=paging.whole)
    page = queries.examples(
        current_user.actor.school_ids(Role.HOST), q=q, year=year, page=paging.asked_page()
    )
    return render_template(
        "days/host/examples.html",
        page=page,
        cards=pages.cards(page.items, left={}, now=clock.now()),
        learnt=ports.learnt([event.id for event in page.items], for_colleagues=True),
        q=q,
        year=year,
        years=[(n, year_groups.name(n)) for n in year_groups.ALL],
    )


@host_pages.post("/events/<slug>/example")
@requires(Action.WRITE_EVENTS)
def follow_example(slug: str) -> ResponseReturnValue:
    """Begin a draft after another school's event, at the first school that one may write for."""
    event, hosts = queries.by_slug(slug), queries.host_choices(current_user.actor)
    if event is None or event.state not in states.TAKES_PLACE or not hosts:
        abort(404)
    if not ButtonForm().validate_on_submit():
        abort(400)
    done = acts.attempt(
        lambda: service.follow_example(
            actor=current_user.actor, now=clock.now(), event=event, host=hosts[0]
        ),
        service.EventRefused,
    )
    if done is None:
        return redirects.see(url_for(".examples"))
    flash(
        f"This is a new draft after {event.title} at {event.host_school.name}. Say when it is, and "
        "who answers on the day.",
        "success",
    )
    return redirects.see(url_for(".edit", slug=done.result.slug))


def starts() -> list[dict[str, Any]]:
    """Return the earlier events that this person may begin with by one press, with their words."""
    actor, now = current_user.actor, clock.now()
    found = [("Like last year’s", event) for event in queries.last_years(actor, now=now)]
    last = queries.last_held(actor, now=now)
    if last is not None and last not in [event for _, event in found]:
        found.insert(0, ("Like our last one", last))
    learnt = ports.learnt([event.id for _, event in found], for_colleagues=False)
    return [
        {
            "label": f"{label}: {event.title}",
            "slug": event.slug,
            "when": words.when(event),
            "learnt": learnt.get(event.id, ()),
        }
        for label, event in found
    ]
