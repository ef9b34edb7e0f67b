"""The network's outbox: what did not arrive, and sending it again."""

from flask import current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english, permissions
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.paging import asked_page, page_of
from booking.network.outbox import pages, queries, refusals, service
from booking.network.outbox.queries import Shown
from booking.network.outbox.routes.blueprint import outbox

FILTERS = {
    Shown.OPEN: "Not arrived",
    Shown.LATE: "Late",
    Shown.FAILED: "Not sent",
    Shown.REFUSED: "Refused",
    Shown.ALL: "All mail",
}


@outbox.get("/admin/outbox")
@requires(Action.SEE_OUTBOX)
def listing() -> str:
    """List the mail that did not arrive, or all of it; never what a mail says."""
    actor, now, shown = current_user.actor, clock.now(), _shown()
    page = page_of(queries.listed(shown, now=now), number=asked_page())
    return render_template(
        "network/outbox/listing.html",
        page=page,
        rows=pages.outbox_rows(page.items, actor=actor, now=now),
        shown=shown,
        filters=[(_url(kind), words, kind is shown) for kind, words in FILTERS.items()],
        figures=queries.figures(now),
        may_keep=permissions.may(actor, Action.KEEP_OUTBOX),
        has_examples="mail_examples" in current_app.blueprints,
    )


@outbox.post("/admin/outbox/retry")
@requires(Action.KEEP_OUTBOX)
def retry_failed() -> ResponseReturnValue:
    """Send again all mail that failed."""
    count = acts.run(lambda: service.retry_failed(actor=current_user.actor, now=clock.now()))
    if count:
        flash(f"{english.plural(count, 'mail is', 'mails are')} being sent again.", "success")
    else:
        flash("No mail has failed that is still worth sending.")
    return redirects.see(url_for("outbox.listing"))


@outbox.post("/admin/outbox/<int(max=2147483647):message_id>/retry")
@requires(Action.KEEP_OUTBOX)
def retry(message_id: int) -> ResponseReturnValue:
    """Send one mail again."""
    if acts.attempt(
        lambda: service.retry(actor=current_user.actor, now=clock.now(), message_id=message_id),
        refusals.OutboxRefused,
    ):
        flash("The mail is being sent again.", "success")
    return redirects.see(url_for("outbox.listing"))


def _shown() -> Shown:
    asked = request.args.get("show", "")
    return Shown(asked) if asked in set(Shown) else Shown.OPEN


def _url(shown: Shown) -> str:
    return url_for("outbox.listing", show=shown.value or None)
