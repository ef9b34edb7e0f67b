"""A parent who has lost the private link has another sent to the address that the school has."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from booking.days.places import service as places
from booking.domain.limits import LOST_LINKS_PER_ADDRESS, LOST_LINKS_PER_FAMILY
from booking.domain.permissions import VISITOR
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import public
from booking.money.checkout.forms import LostLinkForm
from booking.money.checkout.routes.blueprints import checkout
from booking.people.schools.routes import attempts


@checkout.route("/lost-link", methods=["GET", "POST"])
@public
def lost_link() -> ResponseReturnValue:
    """Send links; the answer is the same whether or not a school has the address."""
    form = LostLinkForm()
    if not form.validate_on_submit():
        return form.page("money/parent/lost_link.html")
    email = form.email.data
    attempts.limited(email, LOST_LINKS_PER_FAMILY, LOST_LINKS_PER_ADDRESS)
    acts.run(lambda: places.send_lost_links(actor=VISITOR, now=clock.now(), email=email))
    return redirects.see(url_for("checkout.lost_link_sent"))


@checkout.get("/lost-link/sent")
@public
def lost_link_sent() -> ResponseReturnValue:
    """Say what happens next, the same for everybody."""
    return render_template("money/parent/lost_link_sent.html")
