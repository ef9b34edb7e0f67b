"""Downloads and images: charts, and the ledger in four formats."""

from http.client import OK

from flask import Response, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation.web import acts, bars
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.money.fund import exports, queries, service
from booking.money.fund.routes.blueprint import fund

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "beancount": "text/plain; charset=utf-8",
    "journal": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def picture(svg: bytes) -> ResponseReturnValue:
    """Return an SVG that a browser fetches again only if it has changed."""
    return bars.picture(svg)


@fund.get("/export.<any(beancount, journal, csv, xlsx):ending>")
@requires(Action.SEE_FUND)
@asks_again
def export(ending: str) -> ResponseReturnValue:
    """Send the whole ledger as a file, row by row."""
    mark = queries.mark()
    form = exports.BY_ENDING[ending]
    response = Response(stream_with_context(form.pieces(mark)), content_type=MIMETYPES[ending])
    response.set_etag(f"{mark.etag}-{ending}-{exports.VERSION}", weak=True)
    response.headers["Content-Disposition"] = f'attachment; filename="fairplace-ledger.{ending}"'
    answer = response.make_conditional(request)
    if answer.status_code == OK:
        acts.run(
            lambda: service.note_export(actor=current_user.actor, of="fund.export", ending=ending)
        )
    return answer
