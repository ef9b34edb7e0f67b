"""The page of a history: a feature's route finds the row and who may open it, and calls this."""

from flask import render_template, request
from flask_login import current_user

from booking.foundation import clock
from booking.foundation.audit import pages
from booking.foundation.web.paging import asked_page

FILTERS = ("kind", "who", "period")


def show(*, table: str, row_id: int, of: str, back: tuple[str, str]) -> str:
    """Show what happened to one row, to somebody who may open its history.

    `of` is what the row is called, `back` the address and the name of the page it belongs to.
    """
    chosen = {name: request.args.get(name, "").strip() for name in FILTERS}
    found = pages.history(
        pages.reader(current_user.actor, table, row_id),
        kind=chosen["kind"],
        who=chosen["who"],
        period=chosen["period"],
        number=asked_page(),
        now=clock.now(),
    )
    return render_template(
        "foundation/audit/history.html",
        history=found,
        of=of,
        back=back,
        chosen={name: value for name, value in chosen.items() if value},
        here=request.path,
    )
