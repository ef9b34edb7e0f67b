"""Pages of the texts that are kept to start circulars from."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import circulars as domain_circulars
from booking.domain import permissions
from booking.domain.circulars import OF_NETWORK, TO_FAMILIES, TO_SCHOOLS
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm, editing
from booking.network.circulars import queries, service, words
from booking.network.circulars.details import TemplateDetails, owner_for
from booking.network.circulars.forms import KeepTextForm, TemplateForm, kept_as
from booking.network.circulars.models import Circular, CircularTemplate
from booking.network.circulars.routes.blueprint import REFUSALS, circulars, of_a_circular


def load_template(public_id: str) -> CircularTemplate | None:
    """Return the template at this address, if it is the reader's to change."""
    return queries.template_by_public_id(public_id, current_user.actor)


def scope_of(template: CircularTemplate) -> Scope:
    """Return whose it is."""
    return Scope(template.school_id) if template.school_id else Scope()


def of_a_template(view: Any) -> Any:
    """Admit those whose template it is."""
    return requires(Action.WRITE_CIRCULARS, load=load_template, scope=scope_of, name="template")(
        view
    )


@circulars.get("/circulars/templates")
@requires(Action.WRITE_CIRCULARS)
def templates() -> str:
    """List the templates that are one's own to change."""
    return render_template(
        "network/circulars/templates.html",
        templates=queries.templates_of(current_user.actor),
        words=words,
        may_run=permissions.may(current_user.actor, Action.RUN_NETWORK),
    )


@circulars.route("/circulars/templates/new", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
def new_template() -> ResponseReturnValue:
    """Write a template for the whole network."""
    form = TemplateForm().offer((*OF_NETWORK, *TO_SCHOOLS, *TO_FAMILIES))
    done = form.carry_out(
        lambda: service.keep_template(
            actor=current_user.actor, now=clock.now(), school_id=None, details=form.details()
        ),
        REFUSALS,
    )
    if done:
        flash("Kept. Whoever writes to these readers can start from it.", "success")
        return redirects.see(url_for(".templates"))
    return _form_page(form)


@circulars.route("/circulars/<public_id>/keep", methods=["GET", "POST"])
@of_a_circular
def keep(circular: Circular) -> ResponseReturnValue:
    """Keep the words of a circular to start others from."""
    form = KeepTextForm(data={"name": circular.subject})
    owner = owner_for(circular, current_user.actor)
    done = form.carry_out(
        lambda: service.keep_template(
            actor=current_user.actor,
            now=clock.now(),
            school_id=owner,
            details=TemplateDetails(
                name=form.name.data or "",
                readership=circular.readership,
                subject=circular.subject,
                text=circular.text,
            ),
        ),
        REFUSALS,
    )
    if done:
        flash("Kept. You find it under “Start from”, where you write.", "success")
        return redirects.see(url_for(".templates"))
    return form.page("network/circulars/keep.html", circular=circular, is_network=owner is None)


@circulars.route("/circulars/templates/<public_id>/change", methods=["GET", "POST"])
@of_a_template
def change_template(template: CircularTemplate) -> ResponseReturnValue:
    """Rename a template, or change its words."""
    groups = (OF_NETWORK, TO_SCHOOLS, TO_FAMILIES)
    choices = next(group for group in groups if template.readership in group)
    form = editing(
        lambda: TemplateForm(data=kept_as(template)).offer(choices),
        template,
        changed_by=("change_template",),
    )
    done = form.carry_out(
        lambda: service.change_template(
            actor=current_user.actor, now=clock.now(), template=template, details=form.details()
        ),
        REFUSALS,
    )
    if done:
        flash("Saved. What was written from it stays as it is.", "success")
        return redirects.see(url_for(".templates"))
    return _form_page(form, template)


@circulars.route("/circulars/templates/<public_id>/delete", methods=["GET", "POST"])
@of_a_template
def delete_template(template: CircularTemplate) -> ResponseReturnValue:
    """Ask first, then delete a template."""
    form = ButtonForm()
    if form.carry_out(
        lambda: service.delete_template(
            actor=current_user.actor, now=clock.now(), template=template
        ),
        REFUSALS,
    ):
        flash("Deleted. What was written from it stays as it is.", "success")
        return redirects.see(url_for(".templates"))
    return form.page("network/circulars/delete_template.html", kept=template)


def _form_page(form: TemplateForm, template: CircularTemplate | None = None) -> ResponseReturnValue:
    return form.page(
        "network/circulars/template_form.html",
        kept=template,
        blanks=domain_circulars.BLANKS,
    )
