"""The list of resources with its filters, and the page of one."""

from enum import StrEnum
from typing import Any, TypeVar

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import year_groups
from booking.domain.permissions import Action
from booking.domain.resourcing import SUBJECT_NAMES, Licence, ResourceKind, SubjectArea
from booking.foundation.web import paging
from booking.foundation.web.access import requires
from booking.network.resources import pages, queries, words
from booking.network.resources.details import ResourceFilters
from booking.network.resources.models import Resource
from booking.network.resources.routes.blueprint import of_a_resource, resources

_Words = TypeVar("_Words", bound=StrEnum)
_Q_MAX = 100


@resources.get("/resources/")
@requires(Action.SEE_NETWORK_LIFE)
def listing() -> str:
    """List what colleagues share, by the filters in the address."""
    filters = _asked_filters()
    found = queries.listing(filters, actor=current_user.actor)
    page = paging.page_of(found, number=paging.asked_page())
    return render_template(
        "network/resources/list.html",
        page=page,
        rows=pages.rows(page.items),
        filters=filters,
        chips=_chips(filters),
        subjects=words.choices(SUBJECT_NAMES, queries.used_subjects()),
        years=[(n, year_groups.name(n)) for n in year_groups.ALL],
        kinds=[(kind.value, name) for kind, name in words.KIND_NAMES.items()],
        licences=[(each.value, name) for each, name in words.LICENCE_NAMES.items()],
    )


@resources.get("/resources/<public_id>")
@of_a_resource
def show(resource: Resource) -> ResponseReturnValue:
    """Show a resource: what it is, its versions, and what those say who tried it."""
    return render_template(
        "network/resources/resource.html",
        view=pages.resource_page(resource, actor=current_user.actor),
        resource=resource,
    )


def _asked_filters() -> ResourceFilters:
    year = request.args.get("year", type=paging.whole)
    return ResourceFilters(
        q=request.args.get("q", "").strip()[:_Q_MAX],
        subject=_asked(SubjectArea, "subject"),
        year=year if year in year_groups.ALL else None,
        kind=_asked(ResourceKind, "kind"),
        licence=_asked(Licence, "licence"),
        withdrawn=bool(request.args.get("withdrawn")),
    )


def _asked(kind: type[_Words], name: str) -> _Words | None:
    said = request.args.get(name, "")
    return kind(said) if said in {*kind} else None


def _chips(filters: ResourceFilters) -> list[tuple[str, str]]:
    """Return the words of each filter in use, with the address without it."""
    said = {
        "q": f"“{filters.q}”" if filters.q else "",
        "subject": SUBJECT_NAMES[filters.subject] if filters.subject else "",
        "year": "" if filters.year is None else year_groups.name(filters.year),
        "kind": words.KIND_NAMES[filters.kind] if filters.kind else "",
        "licence": words.LICENCE_NAMES[filters.licence] if filters.licence else "",
        "withdrawn": "Withdrawn" if filters.withdrawn else "",
    }
    used: dict[str, Any] = {name: request.args[name] for name, each in said.items() if each}
    return [
        (each, url_for(".listing", **{k: v for k, v in used.items() if k != name}))
        for name, each in said.items()
        if each
    ]
