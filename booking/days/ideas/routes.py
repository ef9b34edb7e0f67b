"""The pages of ideas for events."""

from dataclasses import asdict

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import queries as event_queries
from booking.days.ideas import locks, pages, queries, service, words
from booking.days.ideas.details import details_of
from booking.days.ideas.forms import (
    CloseIdeaForm,
    IdeaForm,
    SecondForm,
    TakeUpForm,
    UndoSecondForm,
)
from booking.days.ideas.models import Idea
from booking.domain import permissions
from booking.domain.permissions import Action, Role, Scope
from booking.domain.reasons import ReasonMissing
from booking.foundation import clock
from booking.foundation.web import acts, paging, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals, editing
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School

ideas = Blueprint("ideas", __name__, url_prefix="/ideas")

#: Which field a refusal is shown beside.
REFUSALS: Refusals = {
    service.IdeaRefused: "",
    service.IdeaNotOpen: "",
    service.NotForThisSchool: "school_id",
    service.HostNotTheirs: "host_school_id",
    ReasonMissing: "word",
}


def load_idea(public_id: str) -> Idea | None:
    """Return the idea at this address."""
    return queries.by_public_id(public_id)


def scope_of(idea: Idea) -> Scope:
    """Return what an idea belongs to: its school, and whoever had it."""
    return Scope(idea.school_id, person_id=idea.proposed_by_id)


def _found(public_id: str) -> Idea:
    """Return an idea for whoever has a role anywhere, as ideas are every school's; or 404."""
    return queries.by_public_id(public_id) or abort(404)


@ideas.get("/")
@requires(Action.SEE_IDEAS)
def listing() -> str:
    """List the open ideas, or what became of the others."""
    others = bool(request.args.get("others"))
    page = paging.page_of(queries.listing(others=others), number=paging.asked_page())
    support = queries.support([idea.id for idea in page.items])
    return render_template(
        "days/ideas/list.html",
        page=page,
        rows=pages.rows(page.items, support),
        others=others,
        may_propose=permissions.may(current_user.actor, Action.PROPOSE_IDEA),
    )


@ideas.route("/new", methods=["GET", "POST"])
@requires(Action.PROPOSE_IDEA)
def propose() -> ResponseReturnValue:
    """Propose an idea."""
    form = IdeaForm()
    form.school_id.offer(_schools(), lead=current_user.actor.has(Role.LEAD))
    done = form.carry_out(
        lambda: service.propose(
            actor=current_user.actor,
            now=clock.now(),
            school_id=form.school_id.data or None,
            details=form.written(),
        ),
        REFUSALS,
    )
    if done:
        flash("Your idea is there for every school to second.", "success")
        return redirects.see(_address(done.result))
    return form.page("days/ideas/form.html", idea=None, hints=words.KIND_HINTS)


@ideas.get("/<public_id>")
@requires(Action.SEE_IDEAS)
def idea(public_id: str) -> ResponseReturnValue:
    """Show an idea: what it is, who would come, and what became of it."""
    return _idea_page(_found(public_id))


def _idea_page(idea: Idea, form: SecondForm | TakeUpForm | None = None) -> ResponseReturnValue:
    actor, seconds = current_user.actor, queries.seconds(idea.id)
    own = _schools()
    mine = next((row for row in seconds if row.school_id in {school.id for school in own}), None)
    second = form if isinstance(form, SecondForm) else _second_form(idea, own)
    take_up = form if isinstance(form, TakeUpForm) else _take_up_form(blank=True)
    may_second = idea.is_open and bool(second.school_id.choices)
    may_take_up = idea.is_open and bool(take_up.host_school_id.choices)
    if form is not None and not (may_second if form is second else may_take_up):
        form.lift()
    return (form or second).page(
        "days/ideas/idea.html",
        idea=idea,
        second=second,
        take_up=take_up,
        rows=pages.second_rows(seconds, {school.id for school in own}),
        has_seconded=mine is not None,
        status=words.status(idea),
        years=words.years(idea),
        supported=words.supported(queries.support([idea.id])[idea.id]),
        steps=pages.steps(idea),
        event_url=_event_url(idea),
        may_second=may_second,
        may_take_up=may_take_up,
        may_keep=idea.is_open and permissions.may(actor, Action.KEEP_IDEA, scope_of(idea)),
    )


def _event_url(idea: Idea) -> str:
    """Return where the reader may see the event made from an idea; "" if nowhere."""
    if idea.event is None:
        return ""
    if pages.is_published(idea):
        return url_for("events.show", slug=idea.event.slug)
    scope = Scope(idea.event.host_school_id, idea.event_id)
    if permissions.may(current_user.actor, Action.SEE_EVENT_WORK, scope):
        return url_for("host.work", slug=idea.event.slug)
    return ""


@ideas.route("/<public_id>/change", methods=["GET", "POST"])
@requires(Action.KEEP_IDEA, load=load_idea, scope=scope_of, name="idea")
def change(idea: Idea) -> ResponseReturnValue:
    """Change an open idea."""
    if not idea.is_open:
        flash("This idea can no longer be changed.", "warning")
        return redirects.see(_address(idea))
    form = editing(
        lambda: _idea_form(idea), changed_by=("change_idea",), lock=lambda: locks.idea(idea.id)
    )
    if form.carry_out(
        lambda: service.change(
            actor=current_user.actor, now=clock.now(), idea=idea, details=form.written()
        ),
        REFUSALS,
    ):
        flash("Saved.", "success")
        return redirects.see(_address(idea))
    return form.page("days/ideas/form.html", idea=idea, hints=words.KIND_HINTS)


@ideas.post("/<public_id>/second")
@requires(Action.SECOND_IDEA)
def second(public_id: str) -> ResponseReturnValue:
    """Say that a school would come, or correct it."""
    idea = _found(public_id)
    form = SecondForm()
    form.school_id.offer(school for school in _schools() if school.id != idea.school_id)
    if form.carry_out(
        lambda: service.second(
            actor=current_user.actor,
            now=clock.now(),
            idea=idea,
            school_id=form.school_id.data,
            pupils=form.pupils.data or 0,
            note=form.note.data or "",
        ),
        REFUSALS,
    ):
        flash("Thank you. Whoever had the idea will be told.", "success")
        return redirects.see(_address(idea))
    return _idea_page(idea, form)


@ideas.post("/<public_id>/undo")
@requires(Action.SECOND_IDEA)
def undo_second(public_id: str) -> ResponseReturnValue:
    """Take back that a school would come."""
    idea = _found(public_id)
    form = UndoSecondForm()
    form.school_id.offer(_schools())
    if not form.validate_on_submit():
        abort(400)
    if acts.attempt(
        lambda: service.undo_second(
            actor=current_user.actor, now=clock.now(), idea=idea, school_id=form.school_id.data
        ),
        service.IdeaNotOpen,
        service.NotForThisSchool,
    ):
        flash("Your school no longer seconds this.", "success")
    return redirects.see(_address(idea))


@ideas.post("/<public_id>/take-up")
@requires(Action.WRITE_EVENTS)
def take_up(public_id: str) -> ResponseReturnValue:
    """Begin a draft of an event from an idea."""
    idea = _found(public_id)
    form = _take_up_form()
    done = form.carry_out(
        lambda: service.take_up(
            actor=current_user.actor,
            now=clock.now(),
            idea=idea,
            host_school_id=form.host_school_id.data,
        ),
        REFUSALS,
    )
    if done:
        flash("This is a draft made from the idea. Nobody else can see it yet.", "success")
        return redirects.see(url_for("host.edit", slug=done.result.slug))
    return _idea_page(idea, form)


@ideas.route("/<public_id>/close", methods=["GET", "POST"])
@requires(Action.KEEP_IDEA, load=load_idea, scope=scope_of, name="idea")
def close(idea: Idea) -> ResponseReturnValue:
    """Close an open idea, with a word."""
    form = CloseIdeaForm()
    if form.carry_out(
        lambda: service.close(
            actor=current_user.actor, now=clock.now(), idea=idea, word=form.word.data or ""
        ),
        REFUSALS,
    ):
        flash("The idea is closed, and everybody behind it is told.", "success")
        return redirects.see(_address(idea))
    return form.page("days/ideas/close.html", idea=idea)


def _schools() -> list[School]:
    """Return the schools that the person signed in speaks for."""
    actor = current_user.actor
    ids = {*actor.school_ids(Role.COORDINATOR), *actor.school_ids(Role.HOST)}
    return school_queries.schools_by_id(tuple(ids)) if ids else []


def _idea_form(idea: Idea | None) -> IdeaForm:
    form = IdeaForm(data=asdict(details_of(idea)) if idea is not None else None)
    if idea is not None:
        del form.school_id
    return form


def _second_form(idea: Idea, own: list[School]) -> SecondForm:
    form = SecondForm(formdata=None)
    form.school_id.offer(school for school in own if school.id != idea.school_id)
    return form


def _take_up_form(*, blank: bool = False) -> TakeUpForm:
    form = TakeUpForm(formdata=None) if blank else TakeUpForm()
    may = permissions.may(current_user.actor, Action.WRITE_EVENTS)
    form.host_school_id.offer(event_queries.host_choices(current_user.actor) if may else [])
    return form


def _address(idea: Idea) -> str:
    return url_for(".idea", public_id=idea.public_id)
