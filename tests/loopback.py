"""Keep the tests on this machine: a connection to another one is refused before it is made.

An audit hook would see the same, but Python then also reports every call of `id()` to it, which
took a thirtieth of the tests' time.
"""

import ipaddress
import socket
from collections.abc import Callable
from functools import wraps
from typing import Any


class NetworkForbidden(RuntimeError):
    """A test tried to reach another machine."""


def stay() -> None:
    """Let nothing in this process look up or reach another machine, whatever library asks."""
    socket.getaddrinfo = _guarded(socket.getaddrinfo, lambda host, *_: host)
    for name in ("connect", "connect_ex", "sendto"):
        method = _guarded(getattr(socket.socket, name), lambda _, *said: _host(said[-1]))
        setattr(socket.socket, name, method)


def _guarded(function: Callable[..., Any], host_of: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def guarded(*arguments: Any, **named: Any) -> Any:
        host = host_of(*arguments, *named.values())
        if not is_this_machine(host):
            raise NetworkForbidden(f"a test may not reach {host}")
        return function(*arguments, **named)

    return guarded


def _host(address: Any) -> Any:
    """Return an internet address's host; a path (a socket of Unix) is on this machine."""
    return address[0] if isinstance(address, tuple) else None


def is_this_machine(host: str | bytes | None) -> bool:
    """Return whether a host's name or address is this machine's loopback."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost", socket.gethostname()}:
        return True
    try:
        return ipaddress.ip_address(str(name).split("%")[0]).is_loopback
    except ValueError:
        return False
