"""The public pages about where fees went, and the page where the lead switches them on."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.events.ports import Panel
from booking.domain import money, permissions, terms
from booking.domain.ledger import accounts
from booking.domain.ledger.periods import years_between
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import public, requires
from booking.money.fund import queries, service
from booking.money.fund.queries.publicity import FeeStory, event_story, is_shown, year_story
from booking.money.fund.routes.blueprint import fund, load_event

fees = Blueprint("fees", __name__)


@fees.get("/where-fees-go")
@public
def year() -> str:
    """Show where each pound of a school year's fees went; `?year=2025/26` for another."""
    if not is_shown():
        abort(404)
    years = years_between(queries.mark().first_on, clock.today())
    label = request.args.get("year", years[0])
    if label not in years:
        abort(404)
    return render_template("money/fund/where_fees_go.html", **_facts(label), years=years)


def _facts(label: str) -> dict[str, Any]:
    told = year_story(label)
    return {
        "told": told,
        "parts": _parts(told.of_each_pound),
        "events": [(event, of, _parts(of)) for event, of in told.events],
        "training": [(accounts.title(name), money.pounds(pence)) for name, pence in told.training],
    }


@fees.get("/events/<slug>/where-it-went")
@public
def event(slug: str) -> str:
    """Show where the fee of one closed event went."""
    found = load_event(slug=slug)
    told = event_story(found) if found is not None and is_shown() else None
    if found is None or told is None:
        abort(404)
    return render_template(
        "money/fund/where_it_went.html", event=found, told=told, parts=_parts(told)
    )


def _parts(told: FeeStory | None) -> list[dict[str, Any]]:
    return [
        {
            "label": went.label,
            "text": money.pounds(went.pence),
            "pence": went.pence,
            "fund": went.fund,
        }
        for went in (told.told if told else [])
    ]


def panel(event: Event, **_facts: Any) -> Panel | None:
    """Return a closed event's panel about its money, if everybody may see it."""
    if not event.fee_pence or not is_shown() or event_story(event) is None:
        return None
    return Panel("money/fund/_where_it_went_panel.html", where="aside")


def public_address() -> str:
    """Return the address of the public page about fees, or an empty text; for templates."""
    return url_for("fees.year") if is_shown() else ""


@fund.get("/public")
@requires(Action.SEE_FUND)
def publicity() -> str:
    """Show what everybody sees, or would see."""
    label = terms.school_year(clock.today())
    return render_template(
        "money/fund/publicity.html",
        shown=is_shown(),
        **_facts(label),
        may_run=permissions.may(current_user.actor, Action.RUN_NETWORK),
    )


@fund.post("/public/<any(on, off):switch>")
@requires(Action.RUN_NETWORK)
def show_money(switch: str) -> ResponseReturnValue:
    """Show everybody where fees went, or stop showing it."""
    acts.run(
        lambda: service.show_money(actor=current_user.actor, now=clock.now(), shown=switch == "on")
    )
    words = "Everybody can see it now." if switch == "on" else "Nobody else can see it any more."
    flash(words, "success")
    return redirects.see(url_for("fund.publicity"))
