"""The audit trail, for the lead and the auditor."""

from flask import Blueprint, render_template, request

from booking.audit import queries
from booking.domain.permissions import Action
from booking.web.access import requires
from booking.web.paging import asked_page

blueprint = Blueprint("audit", __name__)


@blueprint.get("/admin/audit")
@requires(Action.SEE_AUDIT)
def trail() -> str:
    """Show who did what, newest first."""
    action, subject = request.args.get("action", ""), request.args.get("subject", "")
    return render_template(
        "audit/trail.html",
        page=queries.page(action=action, subject=subject, number=asked_page()),
        actions=[(name, name.replace("_", " ")) for name in queries.actions()],
        action=action,
        subject=subject,
    )
