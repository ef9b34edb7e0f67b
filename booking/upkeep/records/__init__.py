"""What the DNS says about the sender's domain, so that mail servers believe that mail is ours.

The command line and the worker ask it, never a page.
"""

from collections.abc import Callable, Iterator, Mapping
from email.utils import parseaddr
from typing import Any

from booking.upkeep.details import Level, Sign
from booking.upkeep.records.resolving import NotAsked, Resolver, Resolving

__all__ = ["NotAsked", "Resolver", "Resolving", "signs"]

GUIDE = "docs/MAIL.md has the steps."


def signs(settings: Mapping[str, Any], resolver: Resolver) -> list[Sign]:
    """Return what the records of the sender's domain say, a sign each.

    A resolver that does not answer once is not asked again.
    """
    sender = _domain(settings["MAIL_FROM"])
    returns = _domain(settings["BOUNCE_ADDRESS"]) or sender
    selector = str(settings["DKIM_SELECTOR"])
    asked: tuple[tuple[str, Callable[[], Sign]], ...] = (
        ("MX", lambda: _exchanges(returns, resolver)),
        ("SPF", lambda: _spf(returns, resolver)),
        ("DKIM", lambda: _dkim(sender, selector, resolver)),
        ("DMARC", lambda: _dmarc(sender, resolver)),
    )
    found, silent = [], False
    for name, ask in asked:
        try:
            sign = _unasked(name) if silent else ask()
        except NotAsked:
            silent, sign = True, _unasked(name)
        found.append(sign)
    return found


def _domain(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2].rstrip(".").lower()


def _unasked(name: str) -> Sign:
    """Return the sign of a record that nobody could tell us of: nothing is known to be wrong."""
    return Sign(name, Level.WELL, f"{name} could not be asked: no answer from the DNS")


def _exchanges(domain: str, resolver: Resolver) -> Sign:
    """Return whether mail that comes back, and answers, find the way to the domain."""
    if any(host.rstrip(".") for host in resolver.exchanges(domain)):
        return Sign("MX", Level.WELL, f"Mail that comes back finds {domain} (MX)")
    title = f"Mail that comes back cannot reach {domain}"
    advice = f"Add an MX record to {domain} that names the server of its mailboxes. {GUIDE}"
    return Sign("MX", Level.WATCH, title, "It has no MX record.", advice)


def _spf(domain: str, resolver: Resolver) -> Sign:
    """Return whether the domain says which servers send its mail."""
    found = [text for text in resolver.texts(domain) if text.lower().split(" ")[0] == "v=spf1"]
    if not found:
        title = f"{domain} does not say which servers send its mail (SPF)"
        advice = (
            f"Add a TXT record to {domain} such as “v=spf1 include:… -all”, with the name that "
            f"your mail provider gives. {GUIDE}"
        )
        return Sign("SPF", Level.WATCH, title, "", advice)
    if len(found) > 1:
        title = f"{domain} has {len(found)} SPF records, so none counts"
        return Sign("SPF", Level.WATCH, title, "", "Write all into one, and delete the rest.")
    if found[0].lower().split()[-1] in {"+all", "all"}:
        title = f"The SPF record of {domain} lets anybody send mail in its name"
        return Sign("SPF", Level.WATCH, title, "", f"Let it end in “-all” or “~all”. {GUIDE}")
    return Sign("SPF", Level.WELL, f"{domain} says which servers send its mail (SPF)")


def _dkim(domain: str, selector: str, resolver: Resolver) -> Sign:
    """Return whether the key is there by which others know that mail was not changed."""
    if not selector:
        title = "Nobody has said which key signs our mail (DKIM)"
        advice = f"Switch DKIM on at your mail provider, and set DKIM_SELECTOR. {GUIDE}"
        return Sign("DKIM", Level.WATCH, title, "", advice)
    name = f"{selector}._domainkey.{domain}"
    if any(_tags(text).get("p") for text in resolver.texts(name)):
        return Sign("DKIM", Level.WELL, f"The key that signs our mail is at {name} (DKIM)")
    title = f"The key that signs our mail is not at {name} (DKIM)"
    advice = f"Add the record that your mail provider shows for it, as TXT or CNAME. {GUIDE}"
    return Sign("DKIM", Level.WATCH, title, "", advice)


def _dmarc(domain: str, resolver: Resolver) -> Sign:
    """Return whether the domain says what becomes of mail that only pretends to be from it."""
    for name in _upwards(domain):
        for text in resolver.texts(f"_dmarc.{name}"):
            if _tags(text).get("v", "").upper() == "DMARC1":
                title = f"{name} says what becomes of forged mail (DMARC)"
                return Sign("DMARC", Level.WELL, title)
    title = f"{domain} does not say what becomes of forged mail (DMARC)"
    advice = f"Add a TXT record to _dmarc.{domain}: “v=DMARC1; p=none” to begin with. {GUIDE}"
    return Sign("DMARC", Level.WATCH, title, "", advice)


def _upwards(domain: str) -> Iterator[str]:
    """Yield a domain and those above it; the last of two labels is the network's own at best."""
    labels = domain.split(".")
    for begin in range(max(1, len(labels) - 1)):
        yield ".".join(labels[begin:])


def _tags(text: str) -> dict[str, str]:
    """Return the tags of a record such as "v=DKIM1; p=…"."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
