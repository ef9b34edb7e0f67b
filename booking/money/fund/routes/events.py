"""Events' money: a list, one event's statement, and its closing."""

from itertools import chain

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import service as event_service
from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState
from booking.domain import ledger, money
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import lettering, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.foundation.web.paging import asked_page
from booking.money.fund import charts, ports, queries, service
from booking.money.fund.forms import ClosingForm
from booking.money.fund.models import Decision, Entry
from booking.money.fund.queries import EventSums
from booking.money.fund.routes import periods
from booking.money.fund.routes.blueprint import fund, load_event, may_keep, network_wide
from booking.money.fund.routes.downloads import picture
from booking.money.fund.statements.event import by_fund, fee_words, parts

REFUSALS: Refusals = {
    ledger.EntryReasonMissing: "reason",
    ledger.EntryRefused: "",
    service.AlreadyAsked: "",
    service.NobodyToDecide: "",
    service.NothingLeft: "",
    event_service.NotOverYet: "",
}


@fund.get("/events")
@requires(Action.SEE_FUND)
def events() -> str:
    """List the events with what each received and cost, and its surplus."""
    return render_template(
        "money/fund/events.html",
        page=queries.page_of_events(number=asked_page()),
        now=clock.now(),
        charted=[_chart_row(event, sums) for event, sums in reversed(queries.recent_events())],
    )


def _chart_row(event: Event, sums: EventSums) -> list[str]:
    amounts = (sums.received_pence, sums.refunded_pence, sums.cost_pence, sums.left_pence)
    return [event.title, *map(money.pounds, amounts)]


@fund.get("/events.svg")
@requires(Action.SEE_FUND)
def events_chart() -> ResponseReturnValue:
    """Draw what the newest events received and cost; `?narrow` for phones."""
    width = charts.NARROW if "narrow" in request.args else charts.WIDE
    return picture(charts.events(queries.recent_events(), width=width))


@fund.get("/events/<slug>")
@requires(Action.SEE_FUND, load=load_event, scope=network_wide, name="event")
def event(event: Event) -> str:
    """Show one event's statement."""
    return _statement(event, ClosingForm())


@fund.post("/events/<slug>/close")
@requires(Action.KEEP_FUND, load=load_event, scope=network_wide, name="event")
def close(event: Event) -> ResponseReturnValue:
    """Close the event and sweep its surplus."""
    form = ClosingForm()
    done = form.carry_out(
        lambda: service.close_or_ask(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            reason=form.reason.data or "",
        ),
        REFUSALS,
    )
    if done is None:
        return _statement(event, form), 422
    flash(_done(done.result), "success")
    return redirects.see(url_for("fund.event", slug=event.slug))


def _done(made: Entry | Decision | None) -> str:
    if isinstance(made, Decision):
        return "We have asked the network lead about the deficit. Until then the event stays open."
    return "The event has been closed." if made is None else made.description + ": swept."


def _statement(event: Event, form: ClosingForm) -> str:
    sums = queries.sums_of([event.id])[event.id]
    return render_template(
        "money/fund/event.html",
        event=event,
        sums=sums,
        parts=_parts(event, sums),
        by_fund=_by_fund(sums),
        facts=list(chain.from_iterable(ports.event_facts(event))),
        fee_words=fee_words(event),
        files=periods.files("fund.event_file", slug=event.slug),
        in_latin=lettering.in_latin([event.title, [line.label for line in event.cost_lines]]),
        budget_pence=sum(line.pence for line in event.cost_lines),
        entries=queries.entries_of_event(event.id),
        closing=_closing(event, sums),
        waiting=queries.open_decision(event_id=event.id),
        form=form,
    )


def _parts(event: Event, sums: EventSums) -> list[list[str]]:
    """Return what each part of the fee brought in, in the order of the published breakdown."""
    return [
        [label or "Not divided", queries.fund_title(of), money.pounds(pence)]
        for (label, of), pence in parts(event, sums)
    ]


def _by_fund(sums: EventSums) -> list[list[str]]:
    found = by_fund(sums, queries.fund_title)
    total = [sum(column) for column in zip(*(pence for _, pence in found), strict=True)]
    rows = [*found, ("Total", tuple(total))] if found else []
    return [[title, *map(money.pounds, pence)] for title, pence in rows]


def _closing(event: Event, sums: EventSums) -> str:
    """Return what can be done: close it, sweep it again, or nothing ("")."""
    if not may_keep():
        return ""
    if event.state is EventState.PUBLISHED:
        return "close" if event_states.is_over(event, clock.now()) else ""
    return "sweep" if sums.surplus_pence else ""
