"""Entries: a filtered list, a single entry, and its reversal."""

from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import queries as event_queries
from booking.domain import ledger
from booking.domain.ledger import EntryKind, Fund
from booking.domain.permissions import Action
from booking.domain.reasons import ReasonMissing
from booking.foundation import clock
from booking.foundation.web import filters, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.foundation.web.paging import asked_page
from booking.money.fund import ports, queries, service
from booking.money.fund.forms import MoveForm, ReasonForm
from booking.money.fund.models import Entry
from booking.money.fund.queries import EntryFilter
from booking.money.fund.routes.blueprint import fund, load_entry, may_keep, network_wide
from booking.money.fund.routes.words import entry_pence

REFUSALS: Refusals = {
    ledger.EntryRefused: "",
    service.AlreadyAsked: "",
    service.AlreadyReversed: "",
    service.MadeElsewhere: "",
    service.NobodyToDecide: "",
}
MOVE_REFUSALS: Refusals = {
    ReasonMissing: "why",
    service.AlreadyReversed: "",
    service.NotMovable: "event",
}


@fund.get("/entries")
@requires(Action.SEE_FUND)
def entries() -> str:
    """List the entries, newest first."""
    wanted, chosen = _asked()
    titles = queries.events_with_money()
    return render_template(
        "money/fund/entries.html",
        page=queries.page(wanted, number=asked_page()),
        chosen=chosen,
        chips=_chips(chosen, dict(titles)),
        kinds=[
            (kind.value, words)
            for kind, words in ledger.KIND_NAMES.items()
            if kind not in ledger.CARD_KINDS or ports.has_card_money()
        ],
        funds=[(row.name.value, row.title) for row in queries.all_funds()],
        events=titles,
    )


def _asked() -> tuple[EntryFilter, dict[str, str]]:
    """Return the filter in the address, and those of its parts that make sense."""
    kind = request.args.get("kind", type=EntryKind)
    named = queries.fund_named(request.args.get("fund", ""))
    of_fund = named.name if named else None
    event = request.args.get("event", "")
    first_on = request.args.get("from", type=date.fromisoformat)
    last_on = request.args.get("to", type=date.fromisoformat)
    chosen = {
        "kind": kind.value if kind else "",
        "fund": of_fund.value if of_fund else "",
        "event": event,
        "from": first_on.isoformat() if first_on else "",
        "to": last_on.isoformat() if last_on else "",
    }
    wanted = EntryFilter(kind, of_fund, event, first_on, last_on)
    return wanted, {name: value for name, value in chosen.items() if value}


def _chips(chosen: dict[str, str], titles: dict[str, str]) -> list[tuple[str, str]]:
    """Return the words of each filter in use, with the list's address without it."""
    found = []
    for name, value in chosen.items():
        rest: dict[str, Any] = {key: kept for key, kept in chosen.items() if key != name}
        found.append((_chip_words(name, value, titles), url_for("fund.entries", **rest)))
    return found


def _chip_words(name: str, value: str, titles: dict[str, str]) -> str:
    if name == "kind":
        return ledger.KIND_NAMES[EntryKind(value)]
    if name == "fund":
        return queries.fund_title(Fund(value))
    if name == "event":
        return titles.get(value, value)
    return f"{name.capitalize()} {filters.day(date.fromisoformat(value))}"


@fund.get("/entries/<key>")
@requires(Action.SEE_FUND, load=load_entry, scope=network_wide, name="entry")
def entry(entry: Entry) -> str:
    """Show one entry with its lines, its reversal and its seal."""
    return _page(entry, ReasonForm())


@fund.post("/entries/<key>/move")
@requires(Action.KEEP_FUND, load=load_entry, scope=network_wide, name="entry")
def move(entry: Entry) -> ResponseReturnValue:
    """Move a cost to the event that it is really for."""
    form = _offered(MoveForm())
    done = form.carry_out(lambda: _move(entry, form), MOVE_REFUSALS)
    if done is None:
        return _page(entry, ReasonForm(formdata=None), moving=form), 422
    title = done.result.event.title if done.result.event else ""
    flash(f"The cost is now recorded for {title}. Both entries stay in the ledger.", "success")
    return redirects.see(url_for("fund.entry", key=done.result.key))


def _offered(form: MoveForm) -> MoveForm:
    form.event.choices = [("", "Choose an event"), *queries.events_with_money()]
    return form


def _move(entry: Entry, form: MoveForm) -> Entry:
    event = event_queries.by_slug(form.event.data)
    assert event is not None, "the form offers events only"
    return service.move_cost(
        actor=current_user.actor,
        now=clock.now(),
        entry=entry,
        event=event,
        reason=form.why.data or "",
    )


@fund.post("/entries/<key>/reverse")
@requires(Action.KEEP_FUND, load=load_entry, scope=network_wide, name="entry")
def reverse(entry: Entry) -> ResponseReturnValue:
    """Reverse an entry by its mirror image."""
    form = ReasonForm()
    done = form.carry_out(
        lambda: service.reverse_or_ask(
            actor=current_user.actor, now=clock.now(), entry=entry, reason=form.reason.data
        ),
        REFUSALS,
    )
    if done is None:
        return _page(entry, form), 422
    made = done.result
    if isinstance(made, Entry):
        flash("The entry has been reversed. Both stay in the ledger.", "success")
        return redirects.see(url_for("fund.entry", key=made.key))
    flash("We have asked a second person. Until they decide, the entry stays as it is.", "success")
    return redirects.see(url_for("fund.decision", public_id=made.public_id))


def _page(entry: Entry, form: ReasonForm, moving: MoveForm | None = None) -> str:
    waiting = queries.open_decision(entry_id=entry.id)
    source = service.source_of(entry.key)
    undone = entry.kind == EntryKind.REVERSAL.value or entry.reversed_by is not None
    alone_up_to = queries.alone_up_to_pence()
    may_reverse = may_keep() and not undone and waiting is None and source is None
    return render_template(
        "money/fund/entry.html",
        entry=entry,
        seal=queries.seal_of(entry.id),
        form=form,
        waiting=waiting,
        two_people=ledger.needs_second_person(entry_pence(entry), alone_up_to)
        or service.is_own(entry, current_user.actor),
        alone_up_to_pence=alone_up_to,
        source=source,
        home=ports.homes([entry.key]).get(entry.key),
        banked=ports.banked(entry),
        may_reverse=may_reverse,
        wrong=moving or form,
        moving=moving or _offered(MoveForm(formdata=None)),
        may_move=may_reverse and service.may_move(entry),
    )
