"""Heads counted in and out, why they differ, and the host's own times."""

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.on_the_day.incidents import pages, queries, refusals, service
from booking.on_the_day.incidents.forms import CountInForm, CountOutForm, ExplainForm, TimesForm
from booking.on_the_day.incidents.models import Way
from booking.on_the_day.incidents.routes.blueprint import incidents
from booking.on_the_day.rosters.routes.blueprint import asked_date, hosted, load_event

MINUTE = 60


@incidents.route("/host/events/<slug>/counts", methods=["GET", "POST"])
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def counts(event: Event) -> ResponseReturnValue:
    """Show the numbers of a date, and keep how many heads somebody counted."""
    day = asked_date(event)
    way = next((way for way in Way if way.value == request.form.get("way")), None)
    if request.method == "POST" and way is None:
        abort(404)
    came = CountInForm(formdata=request.form if way is Way.IN else None)
    went = CountOutForm(formdata=request.form if way is Way.OUT else None)
    form: CountInForm | CountOutForm = went if way is Way.OUT else came
    if way and form.carry_out(
        lambda: service.count(
            actor=current_user.actor, now=clock.now(), day=day, way=way, number=form.number
        )
    ):
        return redirects.see(url_for("incidents.counts", slug=event.slug, date=day.number))
    seen = pages.count_page(event, day)
    return form.page(
        "on_the_day/incidents/counts.html",
        event=event,
        seen=seen,
        counted=[
            ("in", came.came, seen.heads.get(Way.IN)),
            ("out", went.went, seen.heads.get(Way.OUT)),
        ],
    )


@incidents.route("/host/events/<slug>/counts/explain", methods=["GET", "POST"])
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def explain(event: Event) -> ResponseReturnValue:
    """Say why the numbers of a date differ."""
    day, form = asked_date(event), ExplainForm()
    done = form.carry_out(
        lambda: service.explain(
            actor=current_user.actor,
            now=clock.now(),
            day=day,
            why=form.why.data or "",
            is_clear=form.is_clear.data,
        ),
        {
            refusals.NothingWritten: "why",
            refusals.NoDifference: "",
            refusals.AlreadyExplained: "",
        },
    )
    if done:
        flash("Written down.", "success")
        return redirects.see(url_for("incidents.counts", slug=event.slug, date=day.number))
    if isinstance(form.refusal, refusals.AlreadyExplained):
        flash(str(form.refusal), "info")
        return redirects.see(url_for("incidents.at_host", public_id=form.refusal.public_id))
    return form.page(
        "on_the_day/incidents/explain.html", event=event, seen=pages.count_page(event, day)
    )


@incidents.route("/host/events/<slug>/times", methods=["GET", "POST"])
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def times(event: Event) -> ResponseReturnValue:
    """Set when the call list begins, and when 999 is rung."""

    def filled() -> TimesForm:
        known = queries.times(event.id)
        return TimesForm(
            data={name: int(t.total_seconds()) // MINUTE for name, t in known._asdict().items()}
        )

    form = editing(filled, event, changed_by=("set_day_times",))
    if form.carry_out(
        lambda: service.set_times(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            call_after=form.call_after.data or 0,
            police_after=form.police_after.data or 0,
        )
    ):
        flash("Saved.", "success")
        return redirects.see(url_for("incidents.listing", slug=event.slug))
    return form.page("on_the_day/incidents/times.html", event=event)
