"""Which mail server SMTP_URL names, and how safely it must be spoken to."""

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

from booking.foundation.settings import BadSetting


class Encryption(StrEnum):
    """When the connection to the mail server is encrypted."""

    #: From the first byte: smtps://.
    ALWAYS = "always"
    #: By STARTTLS before anything is said, or not at all: smtp+starttls://.
    REQUIRED = "required"
    #: By STARTTLS if the server offers it. Whoever sits in between can strip the offer.
    OPTIONAL = "optional"


#: The beginnings of SMTP_URL, and the port of each.
PORTS = {"smtp": 587, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """A mail server, and who we are there."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = ""


def read(url: str, *, production: bool) -> MailServer:
    """Return the mail server of an SMTP_URL. Raises BadSetting, which never repeats a password.

    In production, `smtp://` means that STARTTLS is required: mail has private links in it. A server
    on this machine is exempt, and any that says `?tls=optional`, with which production does not
    start.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS:
        raise BadSetting("SMTP_URL must begin with smtps://, smtp+starttls:// or smtp://.")
    if not parts.hostname:
        raise BadSetting("SMTP_URL names no mail server: smtp://user:password@host:587.")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError as error:
        raise BadSetting("The port in SMTP_URL must be a number up to 65535.") from error
    return MailServer(
        host=parts.hostname,
        port=port,
        encryption=_encryption(
            parts.scheme, parts.query, needed=production and not is_here(parts.hostname)
        ),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _encryption(scheme: str, query: str, *, needed: bool) -> Encryption:
    said = parse_qs(query, keep_blank_values=True)
    asked = "".join(said.pop("tls", []))
    if said or (query and asked not in {"required", "optional"}):
        raise BadSetting("After the ? of SMTP_URL only tls=required or tls=optional can be said.")
    if scheme != "smtp":
        if asked == "optional":
            raise BadSetting(f"SMTP_URL says {scheme}://, which is never without encryption.")
        return Encryption.ALWAYS if scheme == "smtps" else Encryption.REQUIRED
    if asked:
        return Encryption(asked)
    return Encryption.REQUIRED if needed else Encryption.OPTIONAL


def is_here(host: str) -> bool:
    """Return whether a mail server is on this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
