"""Entries: a filtered list, one of them, and its reversal."""

from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking import clock
from booking.db import transaction
from booking.domain import funds, ledger
from booking.domain.ledger import Fund, Kind
from booking.domain.permissions import Action
from booking.fund import queries, service
from booking.fund.forms import ReasonForm
from booking.fund.models import Entry
from booking.fund.queries import EntryFilter
from booking.fund.routes.blueprint import fund, load_entry, may_keep, network_wide
from booking.web import filters, redirects
from booking.web.access import requires
from booking.web.paging import asked_page


@fund.get("/entries")
@requires(Action.SEE_FUND)
def entries() -> str:
    """List the entries, newest first."""
    wanted, chosen = _asked()
    titles = queries.events_with_money()
    return render_template(
        "fund/entries.html",
        page=queries.page(wanted, number=asked_page()),
        chosen=chosen,
        chips=_chips(chosen, dict(titles)),
        kinds=[(kind.value, words) for kind, words in ledger.KIND_NAMES.items()],
        funds=[(fund.value, words) for fund, words in funds.NAMES.items()],
        events=titles,
    )


def _asked() -> tuple[EntryFilter, dict[str, str]]:
    """Return the filter of the address, and its parts that mean something."""
    kind = request.args.get("kind", type=Kind)
    of_fund = request.args.get("fund", type=Fund)
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
    """Return each filter in use in words, with the address of the list without it."""
    found = []
    for name, value in chosen.items():
        rest: dict[str, Any] = {key: kept for key, kept in chosen.items() if key != name}
        found.append((_chip_words(name, value, titles), url_for("fund.entries", **rest)))
    return found


def _chip_words(name: str, value: str, titles: dict[str, str]) -> str:
    if name == "kind":
        return ledger.KIND_NAMES[Kind(value)]
    if name == "fund":
        return funds.NAMES[Fund(value)]
    if name == "event":
        return titles.get(value, value)
    return f"{name.capitalize()} {filters.day(date.fromisoformat(value))}"


@fund.get("/entries/<key>")
@requires(Action.SEE_FUND, load=load_entry, scope=network_wide, name="entry")
def entry(entry: Entry) -> str:
    """Show one entry with its lines, its reversal and its seal."""
    return _page(entry, ReasonForm())


@fund.post("/entries/<key>/reverse")
@requires(Action.KEEP_FUND, load=load_entry, scope=network_wide, name="entry")
def reverse(entry: Entry) -> ResponseReturnValue:
    """Undo an entry by its mirror image."""
    form = ReasonForm()
    if not form.validate():
        return _page(entry, form), 422
    try:
        with transaction():
            made = service.reverse(
                actor=current_user.actor, now=clock.now(), entry=entry, reason=form.reason.data
            )
    except (ledger.EntryRefused, service.AlreadyReversed) as refusal:
        form.refuse(str(refusal))
        return _page(entry, form), 422
    flash("The entry is reversed. Both stay in the ledger.", "success")
    return redirects.see(url_for("fund.entry", key=made.key))


def _page(entry: Entry, form: ReasonForm) -> str:
    reversible = entry.kind != Kind.REVERSAL.value and entry.reversed_by is None
    return render_template(
        "fund/entry.html",
        entry=entry,
        seal=queries.seal_of(entry.id),
        form=form,
        may_reverse=may_keep() and reversible,
    )
