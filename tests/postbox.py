"""A real SMTP server on loopback that keeps its mail, and refuses given recipients."""

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

    async def handle_RCPT(  # noqa: N802 - the server's own name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Accept a recipient, or answer as told."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the server's own name
        """Keep a mail."""
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.mails.append(parsed)
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
def serving() -> Iterator[tuple[Postbox, str]]:
    """Serve a postbox; provide it, and its address in the form of SMTP_URL."""
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
