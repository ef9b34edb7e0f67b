"""What the network says about itself: its name, its mark, its colour, where people write to it.

The settings say it until the lead has kept something else. It is read once in a request, and never
kept between requests, so what the lead changes is on the next page of every process.
"""

from dataclasses import dataclass

from flask import Flask, current_app, has_request_context, request
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from booking.foundation import contacts
from booking.foundation.ports import Socket

#: Where a request carries the facts once they have been read.
_READ = "fairplace.network"


@dataclass(frozen=True)
class Mark:
    """The network's own mark: which picture, what it shows, and its size in pixels."""

    digest: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class NetworkFacts:
    """What the network says about itself, for every page, mail and PDF."""

    name: str
    #: What fits beside the mark on a phone.
    short_name: str
    #: Who is responsible for it; "" while nobody is named.
    body: str
    email: str
    telephone: str = ""
    postal_address: str = ""
    mark: Mark | None = None
    #: Its own colour, such as "#1f6b45"; "" for the colour of Fairplace.
    colour: str = ""
    #: Which card processor the settings name.
    payments: str = ""

    @property
    def mailbox(self) -> str:
        """Where people write to it, as a mail says it: "The network <hello@network.example>"."""
        return contacts.mailbox(self.name, self.email)


@Socket
def kept(settings: NetworkFacts) -> NetworkFacts | None:
    """Return what the lead has kept, over what the settings say; None if nothing."""
    return None


@Socket
def text(key: str) -> Markup:
    """Return one of the network's own texts as it stands on a page."""
    return Markup("")


def facts() -> NetworkFacts:
    """Return what the network says about itself."""
    if not has_request_context():
        return _now()
    if _READ not in request.environ:
        request.environ[_READ] = _now()
    found: NetworkFacts = request.environ[_READ]
    return found


def of_settings() -> NetworkFacts:
    """Return what whoever runs the site has set up."""
    return NetworkFacts(
        name=str(current_app.config["NETWORK_NAME"] or "Fairplace"),
        short_name="",
        body=str(current_app.config["NETWORK_BODY"]),
        email=str(current_app.config["CONTACT_EMAIL"]),
        payments=str(current_app.config["PAYMENTS"]),
    )


def _now() -> NetworkFacts:
    settings = of_settings()
    try:
        return kept(settings) or settings
    except SQLAlchemyError:
        return settings  # the page that says so has a name all the same


def init_app(app: Flask) -> None:
    """Let every template say what the network is called."""
    app.jinja_env.globals["network"] = facts
    app.jinja_env.globals["network_text"] = text
