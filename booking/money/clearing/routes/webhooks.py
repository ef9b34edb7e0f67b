"""The card processor's messages: believed only by their signature, and only as a reason to look."""

import logging

from flask import Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from booking.foundation.web.access import signed_message
from booking.money.clearing import service
from booking.money.clearing.routes.blueprint import clearing
from booking.money.payments import gateway

log = logging.getLogger(__name__)
#: Stripe's largest messages are far below this.
LARGEST_MESSAGE = 256 * 1024


@clearing.route("/webhooks/stripe", methods=["POST"])
@signed_message
def stripe() -> ResponseReturnValue:
    """Verify the raw bytes, then settle what the message is about.

    400: not from the processor, and nothing was written. 503: could not be done now, send it again.
    """
    request.max_content_length = LARGEST_MESSAGE
    try:
        raw = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return _plain("too large", 413)
    try:
        message = gateway.current().verify_message(raw, request.headers.get("Stripe-Signature", ""))
    except gateway.BadSignature as error:
        log.warning("a message was refused: %s", error)
        return _plain("bad signature", 400)
    try:
        outcome = service.hear(message)
    except gateway.GatewayUnavailable:
        return _plain("try again", 503)
    return _plain(outcome.value, 200)


def _plain(words: str, status: int) -> Response:
    return Response(words, status, mimetype="text/plain")
