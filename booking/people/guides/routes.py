"""The guides under /help, for everybody; and the hints of a first visit, for who is signed in."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action, Role
from booking.foundation import clock
from booking.foundation.web import acts, identity, redirects
from booking.foundation.web.access import public, requires
from booking.people.guides import pages, printing, service, words
from booking.people.guides.words import Hint
from booking.people.schools.routes import account

blueprint = Blueprint("guides", __name__)
#: A guide changes with the version only, and the top of the page with who is signed in.
SECONDS_KEPT = 600


@blueprint.get("/help/")
@public
def overview() -> Response:
    """Show every task of every guide; the reader's own guides come first."""
    own = words.guides_for(_roles())
    guides = sorted(pages.every(cards=_takes_cards()), key=lambda each: each.role not in own)
    return _kept("people/guides/overview.html", guides=guides)


@blueprint.get("/help/<role>")
@public
def guide(role: str) -> Response:
    """Show one guide: what it says in short, and its tasks."""
    return _kept("people/guides/guide.html", guide=_guide(role))


@blueprint.get("/help/<role>/<task>")
@public
def task(role: str, task: str) -> Response:
    """Show how to do one thing."""
    found = _guide(role)
    one = found.task(task) or abort(404)
    return _kept("people/guides/task.html", guide=found, task=one)


@blueprint.get("/help/<role>/card.pdf")
@public
def card(role: str) -> Response:
    """Download a role's quick card, which a process makes once for what the network is called."""
    found, network = _guide(role), identity.facts()
    made = current_app.extensions.setdefault("quick_cards", {})
    known, pdf = made.get(role, (None, b""))
    if known != network:
        pdf = printing.card(
            found,
            network=network.name,
            help_url=current_app.config["BASE_URL"].rstrip("/") + url_for(".guide", role=role),
            contact=network.email,
            made_at=clock.now(),
        )
        made[role] = network, pdf
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="quick-card-{role}.pdf"'
    response.headers["Cache-Control"] = f"private, max-age={SECONDS_KEPT}"
    return response


@blueprint.get("/help/images/<name>")
@public
def picture(name: str) -> Response:
    """Show a picture of a guide."""
    if not pages.is_picture(name):
        abort(404)
    return send_from_directory(pages.PICTURES, name, max_age=SECONDS_KEPT)


@blueprint.post("/account/hints/<name>/put-away")
@requires(Action.OWN_ACCOUNT)
def put_away(name: str) -> ResponseReturnValue:
    """Show the person this hint no more."""
    if name not in {hint.name for hint in words.HINTS.values()}:
        abort(404)
    acts.run(
        lambda: service.put_away(actor=current_user.actor, person=account.yourself(), name=name)
    )
    return redirects.next_or(url_for("account.home"))


@blueprint.post("/account/hints/bring-back")
@requires(Action.OWN_ACCOUNT)
def bring_back() -> ResponseReturnValue:
    """Show the person every hint again."""
    acts.run(lambda: service.bring_back(actor=current_user.actor, person=account.yourself()))
    flash("Pages show their hints again, each until you put it away.", "success")
    return redirects.see(url_for("account.home"))


def help_here() -> str:
    """Return the address of what explains the page that is being shown."""
    role, one = words.topic(request.endpoint or "", request.path, _roles())
    if one and _guide(role).task(one):
        return url_for("guides.task", role=role, task=one)
    return url_for("guides.guide", role=role) if role else url_for("guides.overview")


def hint_here() -> Hint | None:
    """Return the hint for the page that is being shown, unless its reader has put it away."""
    hint = words.HINTS.get(request.endpoint or "")
    if hint is None or not current_user.is_authenticated:
        return None
    if hint.role not in _roles() or {hint.name, service.EVERY} & current_user.hints_read:
        return None
    return hint


def _guide(role: str) -> pages.Guide:
    if role not in words.GUIDES:
        abort(404)
    return pages.guide(role, cards=_takes_cards())


def _takes_cards() -> bool:
    return identity.facts().payments != "none"


def _roles() -> set[Role]:
    return {grant.role for grant in current_user.actor.grants}


def _kept(template: str, **facts: object) -> Response:
    response = make_response(render_template(template, **facts))
    if not current_user.is_authenticated:
        response.headers["Cache-Control"] = f"private, max-age={SECONDS_KEPT}"
        response.vary.add("Cookie")
    return response
