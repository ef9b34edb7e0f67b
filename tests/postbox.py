"""A real SMTP server on loopback that keeps its mail, and is as difficult as a test wants."""

import asyncio
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Postbox:
    """What arrived, in order."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        #: How long each answer takes, in seconds.
        self.pause = 0.0
        #: How many connections there were, and how many mails one may bring.
        self.connections = 0
        self.mails_each = 1000
        #: What is answered to a mail with this subject, instead of taking it.
        self.dislike: dict[str, str] = {}
        #: Whether the last mail came over an encrypted connection.
        self.encrypted = False
        #: What whoever brought each mail calls itself, and where it wants it returned.
        self.names_said: list[str] = []
        self.returned_to: list[str] = []

    async def handle_MAIL(  # noqa: N802 - the server's own name
        self, _server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Let a connection bring so many mails."""
        await asyncio.sleep(self.pause)
        session.brought = getattr(session, "brought", 0) + 1
        self.connections += session.brought == 1
        if session.brought > self.mails_each:
            return "421 4.7.0 Too many mails"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_NOOP(self, _server: Any, _session: Any, _envelope: Any, _word: str) -> str:  # noqa: N802 - the server's own name
        """Be there."""
        await asyncio.sleep(self.pause)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - the server's own name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Accept a recipient, or answer as told."""
        await asyncio.sleep(self.pause)
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the server's own name
        """Keep a mail."""
        await asyncio.sleep(self.pause)
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        if str(parsed["Subject"]) in self.dislike:
            return self.dislike[str(parsed["Subject"])]
        self.encrypted = session.ssl is not None
        self.mails.append(parsed)
        self.names_said.append(session.host_name)
        self.returned_to.append(envelope.mail_from)
        return "250 OK"

    def link(self, to: str, path: str) -> str:
        """Return the newest link under `path` that was sent to an address."""
        for mail in reversed(self.mails):
            if mail["To"] == to:
                body = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
                found = re.search(rf"https?://\S*{re.escape(path)}\S+", body)
                if found:
                    return found[0]
        raise AssertionError(f"no link under {path} was sent to {to}: {self.subjects()}")

    def subjects(self) -> list[tuple[str, str]]:
        """Return recipient and subject of each mail."""
        return [(str(mail["To"]), str(mail["Subject"])) for mail in self.mails]


@contextmanager
def serving(**how: Any) -> Iterator[tuple[Postbox, str]]:
    """Serve a postbox; provide it, and its address in the form of SMTP_URL.

    `tls_context` offers STARTTLS; whatever else is said goes to the server as well.
    """
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, **how)
    controller.start()
    try:
        yield box, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@contextmanager
def silent() -> Iterator[str]:
    """Provide the address of a server that takes every call and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"
