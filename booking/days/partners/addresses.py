"""Addresses of partners' calendars, and the machines that may be asked for one.

Otherwise anybody who can enter an address could make our server send requests within its own
network (server-side request forgery). So only https is allowed, with no secret in it, and only
machines that everybody can reach. Names are looked up once, and the machine that was checked is the
machine that is asked.
"""

import ipaddress
from urllib.parse import urlsplit

from booking.domain import links

LENGTH_MAX = 500
#: Prefixes whose addresses contain another address, which may be anybody's.
TUNNELS = tuple(
    ipaddress.ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")
)


#: No site can have such a name (RFC 2606): it is made up, and nobody is asked for it.
EXAMPLES = ".example"


class NotAnAddress(ValueError):
    """This cannot be the address of a partner's calendar; the message says what to do."""


def tidy(text: str) -> str:
    """Return an address in the form in which it will be requested. Raises NotAnAddress."""
    address = text.strip()
    for other in ("webcal://", "webcals://"):
        if address.lower().startswith(other):
            address = f"https://{address[len(other) :]}"
    if not address.lower().startswith("https://"):
        raise NotAnAddress("Give an address that begins with https:// (or webcal://).")
    if len(address) > LENGTH_MAX:
        raise NotAnAddress(
            f"This address is too long. It can have {LENGTH_MAX} characters at most."
        )
    if not address.isascii() or any(c.isspace() or not c.isprintable() for c in address):
        raise NotAnAddress(
            "This address contains a space or a character that no address can have. Copy it again."
        )
    return _checked(address)


def _checked(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise NotAnAddress("This is not an address. Copy it from the partner’s page.") from error
    host = (parts.hostname or "").rstrip(".")
    if parts.username is not None or parts.password is not None:
        raise NotAnAddress("Leave out the name and password. Only public calendars can be read.")
    if not links.SITE.fullmatch(host):
        raise NotAnAddress("The address must name a site, such as calendar.partner.example.")
    if port not in (None, 443):
        raise NotAnAddress("Leave out the number after the colon. Only the usual port can be used.")
    path = parts.path or "/"
    return f"https://{host}{path}" + (f"?{parts.query}" if parts.query else "")


def is_example(url: str) -> bool:
    """Return whether a calendar's address is made up, like those in the demonstration."""
    return (urlsplit(url).hostname or "").endswith(EXAMPLES)


def is_public(ip: str) -> bool:
    """Return whether everybody can reach an IP address, which is not private or local."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if address.scope_id is not None or any(address in tunnel for tunnel in TUNNELS):
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )
