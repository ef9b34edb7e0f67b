"""Asking a real name server on loopback."""

import socket
import threading
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from booking.upkeep.records import NotAsked, Resolving, resolving

KEY = "v=DKIM1; p=" + "M" * 300
ZONE = {
    ("days.test.", "MX"): ["10 mx.days.test."],
    ("days.test.", "TXT"): ['"v=spf1 " "-all"', '"another"'],
    ("s1._domainkey.days.test.", "TXT"): [f'"{KEY[:200]}" "{KEY[200:]}"'],
}


def answer(question):
    """Return what the name server says to a question."""
    asked = question.question[0]
    key = (str(asked.name), dns.rdatatype.to_text(asked.rdtype))
    reply = dns.message.make_response(question)
    reply.flags |= dns.flags.RA
    if key in ZONE:
        reply.answer.append(dns.rrset.from_text(asked.name, 60, "IN", key[1], *ZONE[key]))
    elif not any(name == key[0] for name, _ in ZONE):
        reply.set_rcode(dns.rcode.NXDOMAIN)
    return reply


@contextmanager
def name_server(*, silent=False):
    """Serve the zone on loopback; provide its port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(5)

        def serve():
            while True:
                try:
                    wire, whom = server.recvfrom(4096)
                except OSError:
                    return
                if wire == b"end":
                    return
                if not silent:
                    server.sendto(answer(dns.message.from_wire(wire)).to_wire(), whom)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"end", server.getsockname())
            thread.join()


def test_records_are_read_as_a_name_server_says_them():
    with name_server() as port:
        resolver = Resolving(["127.0.0.1"], port)

        assert resolver.exchanges("days.test") == ["mx.days.test."]
        assert sorted(resolver.texts("days.test")) == ["another", "v=spf1 -all"]
        assert resolver.texts("s1._domainkey.days.test") == [KEY]
        assert resolver.texts("nothing.test") == []
        assert resolver.exchanges("s1._domainkey.days.test") == []


def test_a_name_server_that_says_nothing_is_left_soon(monkeypatch):
    monkeypatch.setattr(resolving, "ANSWER_S", 0.3)
    with name_server(silent=True) as port, pytest.raises(NotAsked, match="LifetimeTimeout"):
        Resolving(["127.0.0.1"], port).texts("days.test")


def test_a_name_that_cannot_be_one_is_no_error():
    with pytest.raises(NotAsked):
        Resolving(["127.0.0.1"], 9).texts("a" * 80)
