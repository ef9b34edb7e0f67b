"""Renders a mail from its two templates; its plain text is made from its HTML."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template

from booking.foundation.notifications.render import looks, plain
from booking.foundation.web import addresses, identity


@dataclass(frozen=True)
class Mail:
    """A rendered mail."""

    subject: str
    text: str
    html: str


class BadSubject(ValueError):
    """A subject with a line break: nobody may add headers of their own to our mail."""


def mail(template: str, words: dict[str, Any]) -> Mail:
    """Render `emails/<template>.subject.txt` and `.html`. Raises BadSubject."""
    base = f"emails/{template}"
    says = identity.facts()
    words = {"network_name": says.name, "network_says": says, **words}
    subject = render_template(f"{base}.subject.txt", **words).strip()
    if "\n" in subject or "\r" in subject:
        raise BadSubject(template)
    html = render_template(f"{base}.html", **{**words, "subject": subject})
    return Mail(subject, plain.text(html), looks.styled(html))


def network_mailbox() -> str:
    """Return where people write to the network: for mail that nobody in particular answers."""
    return identity.facts().mailbox


def absolute_url(path: addresses.Path) -> str:
    """Return `path` under the configured address: never under a request's Host header."""
    return base_url() + path


def base_url() -> str:
    """Return the configured address of the site, without a slash."""
    return str(current_app.config["BASE_URL"]).rstrip("/")
