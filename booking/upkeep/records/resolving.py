"""Asks the DNS, for a short time."""

from collections.abc import Sequence
from typing import Protocol

import dns.exception
import dns.name
import dns.resolver
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT

#: How long one question may take in all, in seconds.
ANSWER_S = 3.0


class NotAsked(RuntimeError):
    """The DNS does not answer here; that says nothing about the domain."""


class Resolver(Protocol):
    """Knows the records of domains. An empty answer means that there is no such record."""

    def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name. Raises NotAsked."""

    def exchanges(self, name: str) -> list[str]:
        """Return the mail servers that a domain's MX records name. Raises NotAsked."""


class Resolving:
    """Asks the name servers of this machine, or the one that it is told."""

    def __init__(self, servers: Sequence[str] = (), port: int = 53) -> None:
        self._servers, self._port = list(servers), port

    def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name, their pieces put together. Raises NotAsked."""
        found = (row.strings for row in self._ask(name, "TXT") if isinstance(row, TXT))
        return [b"".join(pieces).decode(errors="replace") for pieces in found]

    def exchanges(self, name: str) -> list[str]:
        """Return the mail servers that a domain's MX records name. Raises NotAsked."""
        return [str(row.exchange) for row in self._ask(name, "MX") if isinstance(row, MX)]

    def _ask(self, name: str, kind: str) -> Sequence[dns.rdata.Rdata]:
        try:
            resolver = dns.resolver.Resolver(configure=not self._servers)
            if self._servers:
                resolver.nameservers, resolver.port = self._servers, self._port
            whole = dns.name.from_text(name)
            answer = resolver.resolve(whole, kind, lifetime=ANSWER_S, raise_on_no_answer=False)
        except dns.resolver.NXDOMAIN:
            return []
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise NotAsked(f"the DNS does not answer ({type(error).__name__})") from error
        return list(answer)
