"""What the network says about itself: its name, its mark, its colour, where people write to it.

The settings say it until the lead has kept something else. It is read once in a request, and never
kept between requests, so what the lead changes is on the next page of every process.
"""

from dataclasses import dataclass

from flask import Flask, current_app, has_request_context, request
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from booking.foundation import contacts
from booking.foundation.db import let_go
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


def for_error_page(*, ask: bool) -> None:
    """Have what an error page says of the network: from the settings if nothing else answers.

    Not `ask`: the database is not to be asked. Everywhere else its errors end the request: whoever
    caught one in the middle of a transaction would go on with a connection that is beyond use.
    """
    if _READ in request.environ:
        return
    found = of_settings()
    if ask:
        try:
            found = kept(found) or found
        except SQLAlchemyError:
            let_go()
    request.environ[_READ] = found


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
    return kept(settings) or settings


def init_app(app: Flask) -> None:
    """Let every template say what the network is called."""
    app.jinja_env.globals["network"] = facts
    app.jinja_env.globals["network_text"] = text
