"""Pages about the site itself: what it is, what it keeps, how to reach us."""

from flask import Blueprint, render_template

from booking.foundation.web.access import public

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
@public
def about() -> str:
    """Say what the network does here."""
    return render_template("foundation/about/about.html")


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """Say what is kept, who sees it, and when it goes."""
    return render_template("foundation/about/privacy.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """Say what we do so that everybody can use the site."""
    return render_template("foundation/about/accessibility.html")


@blueprint.get("/contact")
@public
def contact() -> str:
    """Say how to reach the network."""
    return render_template("foundation/about/contact.html")
