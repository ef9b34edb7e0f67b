"""Reads what a mail server reports about a mail that it could not deliver (RFC 3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message as Part

#: Permanent failures that say nothing about the address (RFC 3463): mailbox full, the server's own
#: trouble, our protocol, its rules. Correcting the address would not help.
NOT_THE_ADDRESS = ("5.2.2", "5.3.", "5.5.", "5.7.")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")


@dataclass(frozen=True)
class DeliveryReport:
    """What a mail server says about one mail."""

    #: The Message-ID of the mail that it is about.
    message_id: str
    #: "5.1.1"; "" if it reports no failure for good.
    status: str

    @property
    def is_final(self) -> bool:
        """Return whether the mail will never be delivered."""
        return self.status.startswith("5.")

    @property
    def is_about_address(self) -> bool:
        """Return whether the address is what is wrong."""
        return self.is_final and not self.status.startswith(NOT_THE_ADDRESS)


def read(content: bytes) -> DeliveryReport | None:
    """Return what a mail reports, or None if it is no report, or not about a mail with a name.

    Nothing in it is believed that is not needed; a damaged one is no report.
    """
    try:
        mail = message_from_bytes(content, policy=policy.compat32)
        parts = list(mail.walk())
        statuses = [part for part in parts if part.get_content_type() == "message/delivery-status"]
        named = next(_message_ids(parts), "")
        if not statuses or not named:
            return None
        return DeliveryReport(named, next(_failures(statuses[0]), ""))
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def _failures(status: Part) -> Iterator[str]:
    """Yield the codes of the recipients that failed for good."""
    blocks = status.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, Part):
            continue
        found = _STATUS.search(str(block.get("Status", "")))
        action = str(block.get("Action", "")).strip().lower()
        if action == "failed" and found and found[1].startswith("5."):
            yield found[1]


def _message_ids(parts: list[Part]) -> Iterator[str]:
    """Yield the Message-ID of the mail that came back: its headers, at least, are in the report."""
    for part in parts:
        inner = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and inner:
            text = str(inner[0].get("Message-ID", "")) if isinstance(inner[0], Part) else ""
        elif part.get_content_type() == "text/rfc822-headers":
            body = part.get_payload(decode=True)
            headers = body if isinstance(body, bytes) else b""
            text = str(message_from_bytes(headers, policy=policy.compat32).get("Message-ID", ""))
        else:
            continue
        yield from _MESSAGE_ID.findall(text)
