"""The list of who offers what, one offer, and what is one's own."""

from enum import StrEnum
from typing import Any, TypeVar

from flask import render_template, request, url_for
from flask_login import current_user

from booking.domain.helping import ExpertiseState, HelpKind, HelpPhase
from booking.domain.permissions import Action, Role
from booking.foundation import clock
from booking.foundation.web import paging
from booking.foundation.web.access import requires
from booking.network.directory import queries, words
from booking.network.directory.details import DirectoryFilters
from booking.network.directory.models import Expertise
from booking.network.directory.routes.blueprint import directory, of_an_offer

_Words = TypeVar("_Words", bound=StrEnum)
_Q_MAX = 100


@directory.get("/who-can-help/")
@requires(Action.SEE_NETWORK_LIFE)
def listing() -> str:
    """List who offers what, by the filters in the address."""
    filters = DirectoryFilters(
        q=request.args.get("q", "").strip()[:_Q_MAX],
        area=request.args.get("area", "")[:_Q_MAX],
        phase=_chosen(HelpPhase, "phase"),
        kind=_chosen(HelpKind, "kind"),
    )
    areas = queries.areas(retired=True)
    found = queries.listing(filters, actor=current_user.actor)
    return render_template(
        "network/directory/list.html",
        page=paging.page_of(found, number=paging.asked_page()),
        filters=filters,
        chips=_chips(filters, {area.public_id: area.name for area in areas}),
        areas=[(area.public_id, area.name) for area in areas],
        phases=[(each.value, name) for each, name in words.PHASES.items()],
        kinds=[(each.value, name) for each, name in words.KINDS.items()],
        may_ask=bool(current_user.actor.schools()),
        is_lead=current_user.actor.has(Role.LEAD),
        is_associate=not queries.is_school_reader(current_user.actor),
        words=words,
    )


@directory.get("/who-can-help/mine")
@requires(Action.SEE_NETWORK_LIFE)
def mine() -> str:
    """Show what somebody offers, and what their school asked."""
    actor = current_user.actor
    return render_template(
        "network/directory/mine.html",
        offers=queries.all_of(current_user.person_id),
        links=queries.links_of(actor),
        may_ask=bool(actor.schools()),
        words=words,
    )


@directory.get("/who-can-help/<public_id>")
@of_an_offer
def show(offer: Expertise) -> str:
    """Show an offer; to whoever made it and the lead, also how it stands."""
    actor, now = current_user.actor, clock.now()
    is_own, is_lead = offer.person_id == actor.person_id, actor.has(Role.LEAD)
    waiting = queries.open_nomination(offer.id, now)
    return render_template(
        "network/directory/offer.html",
        offer=offer,
        is_own=is_own,
        is_lead=is_lead,
        is_listed=offer.state is ExpertiseState.LISTED,
        may_ask=offer.state is ExpertiseState.LISTED and bool(actor.schools() - {offer.school_id}),
        asked=queries.nominations(offer.id) if is_own or is_lead else (),
        waits_for_lead=waiting is not None and waiting.token_hash is None,
        waiting=waiting,
        has_head=bool(offer.school and offer.school.head_email),
        words=words,
    )


def _chosen(kind: type[_Words], name: str) -> _Words | None:
    asked = request.args.get(name, "")
    return kind(asked) if asked in set(kind) else None


def _chips(filters: DirectoryFilters, areas: dict[str, str]) -> list[tuple[str, str]]:
    """Return what is filtered by, each with the address without it."""
    said = {
        "q": f"“{filters.q}”" if filters.q else "",
        "area": areas.get(filters.area, ""),
        "phase": words.PHASES[filters.phase] if filters.phase else "",
        "kind": words.KINDS[filters.kind] if filters.kind else "",
    }
    asked: dict[str, Any] = {name: request.args[name] for name, words_ in said.items() if words_}
    return [
        (label, url_for(".listing", **{k: v for k, v in asked.items() if k != name}))
        for name, label in said.items()
        if label
    ]
