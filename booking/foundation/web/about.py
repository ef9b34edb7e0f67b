"""Pages about the site itself: what it is, what it keeps, how to contact us."""

from flask import Blueprint, render_template

from booking.domain import keeping, readers
from booking.foundation.web.access import public

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
@public
def about() -> str:
    """Show what the network does here."""
    return render_template("foundation/about/about.html")


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """Show what is kept, who sees it, and when it is deleted."""
    rows = [(question.name, readers.words(question)) for question in readers.QUESTIONS]
    return render_template("foundation/about/privacy.html", rows=rows, kept=keeping.by_whom())


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """Show what we do so that everybody can use the site."""
    return render_template("foundation/about/accessibility.html")


@blueprint.get("/contact")
@public
def contact() -> str:
    """Show how to contact the network."""
    return render_template("foundation/about/contact.html")
