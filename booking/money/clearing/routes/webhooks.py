"""The card processor's messages: believed only if signed, and only as a reason to look."""

import logging

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from booking.foundation import security
from booking.foundation.security import events
from booking.foundation.web.access import signed_message
from booking.money.clearing import service
from booking.money.clearing.routes.blueprint import clearing
from booking.money.payments import gateway

log = logging.getLogger(__name__)
#: No processor's messages come anywhere near this size.
LARGEST_MESSAGE = 256 * 1024


@clearing.route("/webhooks/<processor>", methods=["POST"])
@signed_message
def hear(processor: str) -> ResponseReturnValue:
    """Verify the raw bytes, then settle what the message is about.

    400: not from the processor, nothing was written. 503: not possible now, send it again.
    """
    chosen = gateway.current()
    if processor != chosen.name:
        abort(404)
    request.max_content_length = LARGEST_MESSAGE
    try:
        raw = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return _plain("too large", 413)
    try:
        headers = {name.lower(): value for name, value in request.headers}
        message = chosen.verify_message(raw, headers)
    except gateway.BadSignature as error:
        log.warning("a message was refused: %s", error)
        security.note(events.WEBHOOK, "refused")
        return _plain("bad signature", 400)
    try:
        with gateway.somebody_waits():
            outcome = service.hear_or_list(message)
    except gateway.GatewayUnavailable:
        outcome = None
    if outcome is None:
        return _plain("try again", 503)
    return _plain(outcome.value, 200)


def _plain(words: str, status: int) -> Response:
    return Response(words, status, mimetype="text/plain")
