"""Where those who tried a resource say how it went, and where the lead is told what is wrong."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.network.resources import locks, service, words
from booking.network.resources.forms import ResourceWordForm, TriedForm, said_before
from booking.network.resources.models import Resource, ResourceProblem, TriedNote
from booking.network.resources.routes.blueprint import (
    REFUSALS,
    address_of,
    load_note,
    load_problem,
    note_scope,
    of_a_resource,
    offer_schools,
    resources,
    whole_network,
)


@resources.route("/resources/<public_id>/tried", methods=["GET", "POST"])
@of_a_resource
def write_note(resource: Resource) -> ResponseReturnValue:
    """Say how it went."""
    form = TriedForm()
    offer_schools(form.school_id)
    if form.carry_out(
        lambda: service.write_note(
            actor=current_user.actor,
            now=clock.now(),
            resource=resource,
            school_id=form.school_id.data or None,
            details=form.said(),
        ),
        REFUSALS,
    ):
        flash("Thank you. Whoever shared it, and everybody else, reads how it went.", "success")
        return redirects.see(address_of(resource))
    return form.page("network/resources/tried.html", resource=resource, note=None, words=words)


@resources.route("/resources/notes/<public_id>/change", methods=["GET", "POST"])
@requires(Action.KEEP_TRIED_NOTE, load=load_note, scope=note_scope, name="note")
def change_note(note: TriedNote) -> ResponseReturnValue:
    """Change what one said."""
    form = editing(
        lambda: _note_form(note),
        changed_by=("change_note",),
        lock=lambda: locks.note(note.id),
    )
    if form.carry_out(
        lambda: service.change_note(
            actor=current_user.actor, now=clock.now(), note=note, details=form.said()
        ),
        REFUSALS,
    ):
        flash("Saved.", "success")
        return redirects.see(address_of(note.resource))
    return form.page("network/resources/tried.html", resource=note.resource, note=note, words=words)


def _note_form(note: TriedNote) -> TriedForm:
    form = TriedForm(data=said_before(note))
    del form.school_id
    return form


@resources.post("/resources/notes/<public_id>/take-back")
@requires(Action.KEEP_TRIED_NOTE, load=load_note, scope=note_scope, name="note")
def take_note_back(note: TriedNote) -> ResponseReturnValue:
    """Take back what one said."""
    back = address_of(note.resource)
    acts.run(lambda: service.take_note_back(actor=current_user.actor, now=clock.now(), note=note))
    flash("Your note is deleted.", "success")
    return redirects.see(back)


@resources.route("/resources/notes/<public_id>/hide", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=load_note, scope=whole_network, name="note")
def hide_note(note: TriedNote) -> ResponseReturnValue:
    """Hide a note, and tell its author why."""
    form = ResourceWordForm().asking("Why is it hidden?")
    if form.carry_out(
        lambda: service.hide_note(
            actor=current_user.actor, now=clock.now(), note=note, reason=form.word.data or ""
        ),
        REFUSALS,
    ):
        flash("The note is hidden, and its author is told why.", "success")
        return redirects.see(address_of(note.resource))
    return form.page("network/resources/hide.html", note=note, resource=note.resource)


@resources.post("/resources/notes/<public_id>/show")
@requires(Action.RUN_NETWORK, load=load_note, scope=whole_network, name="note")
def show_note(note: TriedNote) -> ResponseReturnValue:
    """Show a note again that was hidden."""
    acts.run(lambda: service.show_note(actor=current_user.actor, now=clock.now(), note=note))
    flash("The note is shown again.", "success")
    return redirects.see(address_of(note.resource))


@resources.route("/resources/<public_id>/problem", methods=["GET", "POST"])
@of_a_resource
def tell_problem(resource: Resource) -> ResponseReturnValue:
    """Tell the lead what is wrong with a resource."""
    form = ResourceWordForm().asking("What is wrong?")
    if form.carry_out(
        lambda: service.tell_problem(
            actor=current_user.actor,
            now=clock.now(),
            resource=resource,
            told=form.word.data or "",
        ),
        REFUSALS,
    ):
        flash("Thank you. The network lead is told, and will answer you by e-mail.", "success")
        return redirects.see(address_of(resource))
    return form.page("network/resources/problem.html", resource=resource)


@resources.route("/resources/problems/<public_id>/settle", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=load_problem, scope=whole_network, name="problem")
def settle_problem(problem: ResourceProblem) -> ResponseReturnValue:
    """Say what was done about what somebody told."""
    form = ResourceWordForm().asking("What did you do?")
    if form.carry_out(
        lambda: service.settle_problem(
            actor=current_user.actor,
            now=clock.now(),
            problem=problem,
            answer=form.word.data or "",
        ),
        REFUSALS,
    ):
        flash("It is settled, and whoever told you is answered.", "success")
        return redirects.see(address_of(problem.resource))
    return form.page("network/resources/settle.html", problem=problem, resource=problem.resource)
