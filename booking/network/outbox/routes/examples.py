"""Examples of every kind of mail, for whoever writes them: not there in production."""

from flask import Blueprint, Response, abort, render_template, request, url_for

from booking.domain.permissions import Action
from booking.foundation.web.access import requires
from booking.foundation.web.headers import CONTENT_SECURITY_POLICY
from booking.network.outbox import examples as outbox_examples
from booking.network.outbox import pages, words

examples = Blueprint("mail_examples", __name__)
#: A letter may look like itself and do nothing else, in our own page alone.
LETTER_POLICY = (
    "default-src 'none'; object-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox"
)
#: How wide a telephone and a mail program on a desk show it.
WIDTHS = (375, 600)


@examples.get("/admin/outbox/examples")
@requires(Action.SEE_OUTBOX)
def listing() -> Response:
    """List every kind of mail with its subject, and show one in full: ?kind=invited."""
    asked = request.args.get("kind", "")
    chosen = pages.example(asked) if asked in words.KINDS else None
    page = render_template(
        "network/outbox/examples.html",
        chosen=chosen,
        kinds=[] if chosen else pages.examples(),
        letter=url_for(".letter", kind=asked),
        widths=WIDTHS,
    )
    policy = CONTENT_SECURITY_POLICY.format(form_action="")
    return Response(page, headers={"Content-Security-Policy": f"{policy}; frame-src 'self'"})


@examples.get("/admin/outbox/examples/letter")
@requires(Action.SEE_OUTBOX)
def letter() -> Response:
    """Show the letter of an example alone, for a frame."""
    asked = request.args.get("kind", "")
    if asked not in words.KINDS:
        abort(404)
    html = outbox_examples.message(asked).html or ""
    return Response(html, headers={"Content-Security-Policy": LETTER_POLICY})
