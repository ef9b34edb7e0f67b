"""Ways to send a mail: over SMTP, or printed if no mail server is set."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from booking.foundation.notifications.transports import mail_servers
from booking.foundation.notifications.transports.console import ConsoleTransport
from booking.foundation.notifications.transports.outgoing import Outgoing, compose, returned_to
from booking.foundation.notifications.transports.port import (
    CannotSend,
    LoginRefused,
    RecipientRefused,
    ServerAway,
    Transport,
)
from booking.foundation.notifications.transports.smtp import SENDING_S, SmtpTransport

__all__ = [
    "SENDING_S",
    "CannotSend",
    "LoginRefused",
    "Outgoing",
    "RecipientRefused",
    "ServerAway",
    "Transport",
    "compose",
    "returned_to",
    "transport",
]


def transport(settings: Mapping[str, Any]) -> Transport:
    """Return the transport that the settings ask for. Raises BadSetting."""
    if not settings["SMTP_URL"]:
        return ConsoleTransport()
    production = settings["APP_ENV"] == "production"
    server = mail_servers.read(settings["SMTP_URL"], production=production)
    return SmtpTransport(server, we_are=_name_of_site(settings))


def _name_of_site(settings: Mapping[str, Any]) -> str:
    """Return the name that we give ourselves: never the machine's, which is nobody's business."""
    return urlsplit(str(settings["BASE_URL"])).hostname or ""
