"""Match bank lines with entries: confirm proposals, choose by hand, record what is missing."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english, permissions
from booking.domain.permissions import Action
from booking.domain.reconciling import WINDOW
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.paging import asked_page
from booking.money.bank import queries, service
from booking.money.bank.forms import PlainForm, kinds_for, missing_form
from booking.money.bank.models import BankLine, BankMatch
from booking.money.bank.routes.blueprint import (
    Missing,
    bank,
    load_line,
    load_match,
    load_missing,
    network_wide,
)
from booking.money.fund import ports as fund_ports
from booking.money.fund import queries as fund_queries
from booking.money.fund.details import HandEntry
from booking.money.fund.models import SpendingProposal
from booking.money.fund.routes import by_hand
from booking.people.schools import queries as school_queries

#: Entries are offered from this long before a line to this long after it.
OFFERED = 9 * WINDOW
LINES_OFFERED = 50


@bank.get("/matching")
@requires(Action.SEE_FUND)
def matching() -> str:
    """Show proposals, and every line without entries."""
    return _matching(PlainForm())


@bank.post("/matching")
@requires(Action.KEEP_FUND)
def confirm_proposals() -> ResponseReturnValue:
    """Match the proposals that were ticked."""
    form = PlainForm()
    done = form.carry_out(
        lambda: service.confirm(
            actor=current_user.actor, now=clock.now(), tokens=request.form.getlist("token")
        ),
        {service.MatchRefused: ""},
    )
    if done:
        flash(f"{english.plural(done.result, 'match')} confirmed.", "success")
        return redirects.see(url_for("bank.matching"))
    return _matching(form), 422


def _matching(form: PlainForm) -> str:
    proposals = queries.proposals()
    sure = [each.token for each in proposals if each.sure]
    return render_template(
        "money/bank/matching.html",
        form=form,
        proposals=proposals,
        ticked=request.form.getlist("token") if form.is_submitted() else sure,
        arrivals=[each for each in fund_ports.arrivals() if each.found],
        page=queries.unmatched_lines_page(number=asked_page()),
        may_keep=may_keep(),
    )


@bank.get("/entries")
@requires(Action.SEE_FUND)
def waiting_entries() -> str:
    """Show the ledger entries that are not at the bank yet."""
    return render_template(
        "money/bank/entries.html", page=queries.unmatched_page(number=asked_page())
    )


@bank.get("/lines/<public_id>")
@requires(Action.SEE_FUND, load=load_line, scope=network_wide, name="line")
def line(line: BankLine) -> str:
    """Show one line, with what it is or could be matched with."""
    return _line(line, PlainForm())


@bank.post("/lines/<public_id>/match")
@requires(Action.KEEP_FUND, load=load_line, scope=network_wide, name="line")
def match_line(line: BankLine) -> ResponseReturnValue:
    """Match a line, and any others ticked, with the entries ticked."""
    form = PlainForm()
    if form.carry_out(
        lambda: service.match(
            actor=current_user.actor,
            now=clock.now(),
            lines=[line.public_id, *request.form.getlist("line")],
            entries=request.form.getlist("entry"),
        ),
        {service.MatchRefused: ""},
    ):
        flash("Matched.", "success")
        return redirects.see(url_for("bank.matching"))
    return _line(line, form), 422


def _line(line: BankLine, form: PlainForm) -> str:
    near = queries.unmatched_entries(
        first_on=line.moved_on - OFFERED, last_on=line.moved_on + OFFERED
    )
    near.sort(
        key=lambda each: (each.pence != line.pence, abs(each.entry.entered_on - line.moved_on))
    )
    others = [each for each in queries.unmatched_lines(limit=LINES_OFFERED) if each.id != line.id]
    matched = [each.entry.key for each in line.match.entries] if line.match else []
    return render_template(
        "money/bank/line.html",
        line=line,
        homes=fund_ports.homes(matched),
        form=form,
        entries=[] if line.match else near,
        others=[] if line.match else others,
        ticked=set(request.form.getlist("entry") + request.form.getlist("line")),
        kinds=[(_address(kind), by_hand.PAGES[kind]) for kind in kinds_for(line)],
        may_keep=may_keep(),
    )


@bank.post("/matches/<public_id>/undo")
@requires(Action.KEEP_FUND, load=load_match, scope=network_wide, name="match")
def undo_match(match: BankMatch) -> ResponseReturnValue:
    """Undo a match."""
    acts.run(lambda: service.undo_match(actor=current_user.actor, now=clock.now(), made=match))
    flash("The match has been undone: its lines and entries can be matched again.", "success")
    return redirects.see(url_for("bank.matching"))


@bank.route("/lines/<public_id>/record/<kind>", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_missing, scope=network_wide, name="missing")
def record(missing: Missing) -> ResponseReturnValue:
    """Record a line's missing entry."""
    line, kind = missing.line, missing.kind
    form = missing_form(
        kind,
        line,
        events=fund_queries.events_with_money(),
        schools=[(school.slug, school.name) for school in school_queries.member_schools()],
        fund_choices=[(row.name.value, row.title) for row in fund_queries.open_funds()],
    )
    done = form.carry_out(
        lambda: service.record_missing(
            actor=current_user.actor,
            now=clock.now(),
            line=line,
            entry=HandEntry(kind=kind, reference="", **form.facts()),
        ),
        {**by_hand.refusals(form, others=""), service.MatchRefused: ""},
    )
    if done and isinstance(done.result, SpendingProposal):
        return by_hand.proposed(done.result)
    if done:
        flash("Recorded in the ledger and matched with the line.", "success")
        return redirects.see(url_for("bank.matching"))
    title, lede = by_hand.PAGES[kind]
    return form.page("money/bank/record.html", line=line, title=title, lede=lede)


def _address(kind: str) -> str:
    return str(kind).replace("_", "-")


def may_keep() -> bool:
    """Return whether the signed-in person may match and record."""
    return permissions.may(current_user.actor, Action.KEEP_FUND)
