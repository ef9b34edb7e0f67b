"""The list of groups, and the page of one."""

from enum import StrEnum
from typing import TypeVar

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.grouping_colleagues import GroupKind
from booking.domain.permissions import Action
from booking.domain.resourcing import SUBJECT_NAMES, SubjectArea
from booking.foundation import clock
from booking.foundation.web import paging
from booking.foundation.web.access import requires
from booking.network.colleague_groups import pages, queries, words
from booking.network.colleague_groups.details import GroupFilters
from booking.network.colleague_groups.forms import GroupNoteForm
from booking.network.colleague_groups.models import StaffGroup
from booking.network.colleague_groups.routes.blueprint import colleague_groups, of_a_group

_Words = TypeVar("_Words", bound=StrEnum)
_Q_MAX = 100


@colleague_groups.get("/groups/")
@requires(Action.SEE_NETWORK_LIFE)
def listing() -> str:
    """List the groups, by the filters in the address."""
    filters = GroupFilters(
        q=request.args.get("q", "").strip()[:_Q_MAX],
        subject=_asked(SubjectArea, "subject"),
        kind=_asked(GroupKind, "kind"),
        mine=bool(request.args.get("mine")),
        ended=bool(request.args.get("ended")),
    )
    found = queries.listing(filters, actor=current_user.actor)
    page = paging.page_of(found, number=paging.asked_page())
    used = queries.used_subjects()
    return render_template(
        "network/groups/list.html",
        page=page,
        rows=pages.rows(page.items),
        filters=filters,
        chips=_chips(filters),
        subjects=[(each.value, name) for each, name in SUBJECT_NAMES.items() if each in used],
        kinds=[(kind.value, name) for kind, name in words.KIND_NAMES.items()],
    )


def _asked(kind: type[_Words], name: str) -> _Words | None:
    value = request.args.get(name, "")
    return kind(value) if value in {*kind} else None


def _chips(filters: GroupFilters) -> list[tuple[str, str]]:
    """Return each filter in words with the address of the list without it."""
    said = {
        "q": f"“{filters.q}”" if filters.q else "",
        "subject": SUBJECT_NAMES[filters.subject] if filters.subject else "",
        "kind": words.KIND_NAMES[filters.kind] if filters.kind else "",
        "mine": "Those I am in" if filters.mine else "",
    }
    asked = {name: value for name, value in vars(filters).items() if value}
    return [
        (
            name_in_words,
            url_for(".listing", **{each: asked[each] for each in asked if each != name}),
        )
        for name, name_in_words in said.items()
        if name_in_words
    ]


@colleague_groups.get("/groups/<public_id>")
@of_a_group
def show(group: StaffGroup) -> ResponseReturnValue:
    """Show a group: what it is for, who leads it, and to its members what it keeps."""
    return page_of_group(group, GroupNoteForm(formdata=None))


def page_of_group(group: StaffGroup, form: GroupNoteForm) -> ResponseReturnValue:
    """Return the page of a group with the form for a note."""
    view = pages.group_page(group, actor=current_user.actor, now=clock.now())
    return form.page(
        "network/groups/group.html",
        view=view,
        shelf=view.shelf,
        group=group,
        words=words,
    )
