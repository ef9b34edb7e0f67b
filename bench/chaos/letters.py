"""The mail server: really SMTP, and well, slow, silent or refusing as the driver says."""

import asyncio
import hashlib
import queue
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from time import monotonic
from typing import Any

from aiosmtpd.controller import Controller

from bench.chaos.processes import free_port
from tests.postbox import Postbox

LINK = re.compile(r"https?://[^/\s]+(/parent/[\w-]+)")
SLOW_S, GLANCE_S = 1.5, 0.1


class Mood(StrEnum):
    """How another company's computer answers."""

    WELL = "well"
    SLOW = "slow"
    SILENT = "silent"
    REFUSING = "refusing"


@dataclass(frozen=True)
class Arrival:
    """One mail that the server took."""

    message_id: str
    #: The same for two mails that say the same to the same person.
    content: str
    at: float


class MailServer(Postbox):
    """What arrived, and the private links that parents found in it."""

    def __init__(self) -> None:
        super().__init__()
        self.mood = Mood.WELL
        self.arrivals: list[Arrival] = []
        #: Private links, with the recipient; who opens one sees whether a reply is still wanted.
        self.links: queue.Queue[tuple[str, str]] = queue.Queue()
        self.turned_away = 0

    async def handle_RCPT(  # noqa: N802 - the server's own name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Accept a recipient, late, never or not."""
        if self.mood is Mood.SLOW:
            await asyncio.sleep(SLOW_S)
        if self.mood is Mood.SILENT:
            await self._say_nothing()
        if self.mood is Mood.REFUSING:
            self.turned_away += 1
            return "451 4.3.2 Try again later"
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the server's own name
        """Keep a mail, and hand its link to whoever plays the parent."""
        said = await super().handle_DATA(server, session, envelope)
        mail = self.mails[-1]
        words = _words(mail)
        content = hashlib.sha256(f"{mail['To']}\n{mail['Subject']}\n{words}".encode()).hexdigest()
        self.arrivals.append(Arrival(str(mail["Message-ID"]), content, monotonic()))
        if found := LINK.search(words):
            self.links.put((str(mail["To"]), found[1]))
        return said

    def twice(self) -> dict[str, int]:
        """Return what was delivered more than once, by what it says, and how often."""
        counted = Counter(arrival.content for arrival in self.arrivals)
        return {content: times for content, times in counted.items() if times > 1}

    async def _say_nothing(self) -> None:
        self.turned_away += 1
        while self.mood is Mood.SILENT:
            await asyncio.sleep(GLANCE_S)


def _words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


@contextmanager
def serving() -> Iterator[tuple[MailServer, str]]:
    """Serve letters; provide the server, and its address in the form of SMTP_URL."""
    letters, port = MailServer(), free_port()
    controller = Controller(letters, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield letters, f"smtp://127.0.0.1:{port}"
    finally:
        letters.mood = Mood.WELL
        controller.stop()
