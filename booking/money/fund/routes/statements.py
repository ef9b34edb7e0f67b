"""Statements on pages and as files: income and expenditure, and the lines of an account."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import ledger, money
from booking.domain.ledger import Fund, accounts
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, identity
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import counts_file
from booking.foundation.web.paging import Page, asked_page, whole
from booking.money.fund import charts, ports, queries, service, statements
from booking.money.fund.queries import LinesOf
from booking.money.fund.routes import periods
from booking.money.fund.routes.blueprint import fund
from booking.money.fund.routes.downloads import picture
from booking.money.fund.routes.periods import AskedPeriod
from booking.money.fund.statements import Document, files, printing

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
#: Nobody reads a statement in more parts than this; choose fewer days instead.
PARTS_MAX = 12
ENDINGS = "any(csv, xlsx, pdf)"


@fund.get("/statements/")
@requires(Action.SEE_FUND)
def income_and_expenditure() -> str:
    """Show income and expenditure for a school year or chosen days, and for the year before."""
    asked = periods.asked()
    document = income_document(asked)
    return render_template(
        "money/fund/income.html",
        asked=asked,
        document=document,
        in_latin=printing.in_latin(document),
        files=periods.files("fund.income_file", **asked.arguments),
        closed={year.first_on for year in queries.closed_years()},
        spending=[(name, *map(money.pounds, pair)) for name, *pair in _spending(asked)],
        years=_years(asked),
        not_over=asked.period.last_on >= clock.today(),
    )


@fund.get(f"/statements/income-and-expenditure.<{ENDINGS}:ending>")
@requires(Action.SEE_FUND)
@counts_file
def income_file(ending: str) -> ResponseReturnValue:
    """Send the same statement as a file."""
    return send(income_document(periods.asked()), ending)


@fund.get("/spending.svg")
@requires(Action.SEE_FUND)
def spending_chart() -> ResponseReturnValue:
    """Draw spending by purpose, with the year before; `?narrow` for phones."""
    asked = periods.asked()
    width = charts.NARROW if "narrow" in request.args else charts.WIDE
    rows = _spending(asked)
    return picture(charts.spending(rows, width=width, years=_years(asked)))


def _spending(asked: AskedPeriod) -> list[tuple[str, int, int]]:
    """Return each purpose with the spending on it in the period and in the year before."""
    now, before = queries.figures(asked.period), queries.figures(asked.period.last_year)
    kinds = [fund for fund, _ in asked.titles]
    return statements.spending_by_purpose(now, before, kinds)


def _years(asked: AskedPeriod) -> tuple[str, str]:
    return asked.period.year or "This period", asked.period.last_year.year or "Year before"


def income_document(asked: AskedPeriod) -> Document:
    """Return a period's statement, in eight queries."""
    tables = statements.income_and_expenditure(
        queries.figures(asked.period),
        queries.figures(asked.period.last_year),
        asked.titles,
        today=clock.today(),
    )
    of = "" if asked.fund is None else f", {asked.titles[0][1]}"
    seal = queries.latest_seal()
    return Document(
        "Income and expenditure",
        asked.period.words + of,
        clock.now(),
        tables,
        _notes(asked),
        signed_by=("Treasurer", "Examined by"),
        seal=seal.hash if seal else "",
    )


def _notes(asked: AskedPeriod) -> tuple[str, ...]:
    kinds = dict(asked.titles)
    notes = statements.restricted([row for row in queries.all_funds() if row.name in kinds])
    if Fund.CPD in kinds:
        on = min(asked.period.last_on, clock.today())
        midnight = datetime.combine(on + timedelta(days=1), time(0), tzinfo=clock.LONDON)
        pence = sum(ports.promised(Fund.CPD, midnight.astimezone(UTC)))
        notes += statements.promised(kinds[Fund.CPD], pence, on)
    return tuple(notes)


@fund.get("/statements/account")
@requires(Action.SEE_FUND)
def account() -> str:
    """Show every line of an account, a fund, or both, with the balance after each."""
    asked = periods.asked()
    of = _subject(asked)
    page, before = queries.page_of_lines(of, asked.period, number=asked_page())
    table = _table(of, asked, page, before)
    arguments = {"account": of.account, **asked.arguments}
    return render_template(
        "money/fund/account.html",
        asked=asked,
        subject=of,
        page=page,
        table=table,
        accounts=_names(of.account),
        parts=_parts(page.total, arguments),
        files=periods.files("fund.account_file", **arguments),
        in_latin=printing.in_latin(Document(table.title, "", clock.now(), (table,))),
    )


def _parts(total: int, arguments: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the parts of a statement that is too long for one PDF; none if it fits."""
    count = -(-total // queries.PAPER_LINES_MAX)
    numbers = range(1, min(count, PARTS_MAX) + 1) if count > 1 else ()
    return [
        (
            f"PDF, part {number} of {count}",
            url_for("fund.account_file", ending="pdf", part=number, **arguments),
        )
        for number in numbers
    ]


def _table(
    of: LinesOf, asked: AskedPeriod, page: Page[Any], before: int, piece: str = "page"
) -> statements.Table:
    return statements.account_table(
        page.items,
        title=_title(of, asked),
        titles=dict(asked.funds),
        sign=of.sign,
        opening_pence=of.sign * before,
        from_nil=of.starts_at_nil,
        first=page.number == 1,
        last=page.number == page.last,
        piece=piece,
    )


@fund.get(f"/statements/account.<{ENDINGS}:ending>")
@requires(Action.SEE_FUND)
@counts_file
def account_file(ending: str) -> ResponseReturnValue:
    """Send the period's lines as a file; if there are too many, it stops and says so."""
    asked = periods.asked()
    of = _subject(asked)
    if ending == "pdf":
        return send(_part(of, asked), ending)
    lines = queries.all_lines(of, asked.period)
    shown = lines[: queries.FILE_LINES_MAX]
    table = statements.account_table(
        shown,
        title=_title(of, asked),
        titles=dict(asked.funds),
        sign=of.sign,
        opening_pence=of.sign * queries.opening(of, asked.period),
        from_nil=of.starts_at_nil,
    )
    if len(lines) > len(shown):
        note = f"Only the first {len(shown):,} lines. Choose fewer days for the rest."
        table = replace(table, note=note)
    return send(Document(table.title, asked.period.words, clock.now(), (table,)), ending)


def _part(of: LinesOf, asked: AskedPeriod) -> Document:
    """Return one part of the period's lines, as many as fit in a PDF, and say which."""
    number = max(1, request.args.get("part", 1, type=whole))
    size = queries.PAPER_LINES_MAX
    page, before = queries.page_of_lines(of, asked.period, number=number, size=size)
    if number > page.last:
        abort(404)
    table, words = _table(of, asked, page, before, piece="part"), asked.period.words
    if page.last > 1:
        words += f", part {number} of {page.last}"
        note = f"{page.total:,} lines in total; a PDF holds {size:,} of them. "
        note += "Ask for the other parts, or choose fewer days."
        table = replace(table, note=note)
    return Document(table.title, words, clock.now(), (table,))


def _subject(asked: AskedPeriod) -> LinesOf:
    name = request.args.get("account", "")
    if name in accounts.GROUPS:
        return LinesOf(name, asked.fund)
    try:
        return LinesOf(ledger.account(name) if name else "", asked.fund)
    except ledger.UnknownAccount:
        abort(404)


def _title(of: LinesOf, asked: AskedPeriod) -> str:
    in_fund = asked.titles[0][1] if of.fund is not None else ""
    if of.account:
        return accounts.title(of.account) + (f", {in_fund}" if in_fund else "")
    return in_fund or "All funds"


def _names(chosen: str) -> list[tuple[str, str]]:
    """Return the accounts to choose from: the fixed ones, and those in use for schools."""
    used = {name for name, _ in queries.balances()} | ({chosen} if chosen else set())
    unused = frozenset() if ports.has_card_money() else accounts.OF_CARDS
    fixed = [*accounts.GROUPS, *(name for name in accounts.NAMES if name not in unused)]
    names = [*fixed, *sorted(used - set(fixed))]
    return [(name, accounts.title(name)) for name in names]


def send(document: Document, ending: str) -> Response:
    """Return a document as a file of this kind, and record that somebody took it away."""
    acts.run(
        lambda: service.note_export(
            actor=current_user.actor, of=request.endpoint or "", ending=ending
        )
    )
    if ending == "pdf":
        content = printing.as_pdf(document, network=identity.facts().name)
    else:
        content = {"csv": files.as_csv, "xlsx": files.as_xlsx}[ending](document)
    response = Response(content, content_type=MIMETYPES[ending])
    name = f"{document.file_name}.{ending}".encode("ascii", "ignore").decode()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
