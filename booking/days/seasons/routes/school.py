"""A school's pages about a plan: wishes on a computer and on a phone, and what came of them."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.seasons import forms, pages, queries, service
from booking.days.seasons.models import PlanState, SeasonPlan
from booking.days.seasons.routes import sheets
from booking.days.seasons.routes.blueprint import load_plan, own_school, seasons
from booking.domain import english
from booking.domain.permissions import Action, Scope
from booking.domain.season import record
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form, editing
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils.models import Pupil
from booking.people.schools import acting
from booking.people.schools.models import School

OWN = requires(Action.REQUEST_PLACES, load=load_plan, scope=own_school, name="plan")


@seasons.get("/school/plans/<slug>/")
@OWN
def wishes(plan: SeasonPlan) -> str:
    """Show a school its pupils' wishes; once the plan is accepted, what came of them."""
    if plan.state is PlanState.ACCEPTED:
        return _results(plan, acting.school())
    return render(plan, sheets.WishSheet(plan, acting.school()))


def _results(plan: SeasonPlan, school: School) -> str:
    row = queries.record_of(plan.id)
    assert row is not None, "an accepted plan has its record"
    published = pages.PublishedPlan(plan, row)
    took_part = school.slug in published.schools
    proposed = pages.proposed_pupils(plan, school)
    return render_template(
        "days/seasons/results.html",
        plan=plan,
        school=school,
        sentence=published.sentence(school.slug, to_itself=True) if took_part else "",
        change=published.change(school.slug) if took_part else "",
        part=published.schools[school.slug] if took_part else None,
        events=[(e, proposed[e.slug]) for e in queries.events_of(plan) if e.slug in proposed],
        names=pages.names_of([one for some in proposed.values() for one in some], school),
        results=pages.own_results(plan, school),
    )


def render(plan: SeasonPlan, sheet: "sheets.WishSheet", form: Form | None = None) -> str:
    """Return the page with a school's wishes; `form` needs correcting."""
    of_wishes = form if form is not None and not isinstance(form, forms.AtMostForm) else None
    at_most = form if isinstance(form, forms.AtMostForm) else None
    return render_template(
        "days/seasons/wishes.html",
        plan=plan,
        sheet=sheet,
        form=of_wishes or sheets.editable(sheet),
        at_most_form=at_most or _at_most_form(plan, sheet.school, formdata=None),
        wrong=form,
        fields=forms.field_names,
        is_open=plan.state is PlanState.OPEN and plan.wishes_close_at > clock.now(),
    )


def _at_most_form(plan: SeasonPlan, school: School, **sent: Any) -> forms.AtMostForm:
    return editing(
        lambda: forms.AtMostForm(at_most=sheets.WishSheet(plan, school).default, **sent),
        changed_by=("set_at_most_events",),
        school_id=school.id,
        lock=lambda: sheets.locked(plan, school),
    )


@seasons.post("/school/plans/<slug>/")
@OWN
def enter(plan: SeasonPlan) -> ResponseReturnValue:
    """Save the wishes of the pupils on the page."""
    sheet = sheets.WishSheet(plan, acting.school())
    form = sheets.editable(sheet)
    if not form.validate_on_submit():
        return render(plan, sheet, form), 422
    if refused := _enter(plan, sheet, form):
        return render(*refused, form), 422
    on = sheet.filters_then(request.form.get("then", ""))
    return redirects.see(url_for("seasons.wishes", slug=plan.slug, **on))


def _enter(
    plan: SeasonPlan, sheet: "sheets.WishSheet", form: Form
) -> "tuple[SeasonPlan, sheets.WishSheet] | None":
    """Save the wishes; return the page's plan and sheet again if they were refused."""
    slug, answers = plan.slug, forms.answers(form, sheet.asked)
    done = form.attempt(
        lambda: service.enter_wishes(
            actor=current_user.actor,
            now=clock.now(),
            plan=plan,
            school=sheet.school,
            answers=answers,
        ),
        {
            service.WishRefused: lambda refusal: forms.events_name(refusal.pupil),
            service.SeasonRefused: "",
        },
    )
    if done:
        flash(_saved(done.result), "success" if done.result else "info")
        return None
    again = queries.by_slug(slug) or abort(404)
    return again, sheets.WishSheet(again, acting.school(), sheet.only)


def _saved(changed: int) -> str:
    if not changed:
        return "Nothing has changed."
    return f"Saved: {english.plural(changed, 'pupil')}."


@seasons.post("/school/plans/<slug>/at-most")
@OWN
def set_at_most(plan: SeasonPlan) -> ResponseReturnValue:
    """Set how many events each pupil may go to, unless set otherwise for a pupil."""
    form, slug = _at_most_form(plan, acting.school()), plan.slug
    if form.carry_out(
        lambda: service.set_at_most(
            actor=current_user.actor,
            now=clock.now(),
            plan=plan,
            school=acting.school(),
            at_most=form.at_most.data or 0,
        ),
        {service.SeasonRefused: ""},
    ):
        flash(
            "Saved. This applies to every pupil unless you set a different number for them.",
            "success",
        )
        return redirects.see(url_for("seasons.wishes", slug=slug))
    again = queries.by_slug(slug) or abort(404)
    return render(again, sheets.WishSheet(again, acting.school()), form), 422


@seasons.post("/school/plans/<slug>/finish")
@OWN
def finish(plan: SeasonPlan) -> ResponseReturnValue:
    """Mark the wishes as complete, or say that there are none this time."""
    form, slug = Form(), plan.slug
    if not form.carry_out(
        lambda: service.finish(
            actor=current_user.actor, now=clock.now(), plan=plan, school=acting.school()
        ),
        {service.SeasonRefused: ""},
    ):
        again = queries.by_slug(slug) or abort(404)
        return render(again, sheets.WishSheet(again, acting.school()), form), 422
    flash("Thank you. You can still change your pupils’ choices until the deadline.", "success")
    return redirects.see(url_for("school.home"))


@dataclass(frozen=True)
class OwnPupil:
    """A plan, and a pupil of the school that the coordinator is acting for."""

    plan: SeasonPlan
    pupil: Pupil


def load_own_pupil(**url: Any) -> OwnPupil | None:
    """Return a plan and a pupil."""
    plan, pupil = queries.by_slug(url["slug"]), pupil_queries.by_public_id(url["public_id"])
    return OwnPupil(plan, pupil) if plan and pupil else None


def school_of_pupil(own: OwnPupil) -> Scope:
    """Return the school that the pupil belongs to."""
    return Scope(own.pupil.school_id)


@seasons.route("/school/plans/<slug>/pupils/<public_id>", methods=["GET", "POST"])
@requires(Action.REQUEST_PLACES, load=load_own_pupil, scope=school_of_pupil, name="own")
def pupil(own: OwnPupil) -> ResponseReturnValue:
    """Ask for one pupil's wishes: a page for phones."""
    plan, school = own.plan, acting.school()
    sheet = sheets.WishSheet(plan, school, only=own.pupil)
    if not sheet.asked:
        abort(404)
    form = sheets.editable(sheet)
    if form.validate_on_submit():
        refused = _enter(plan, sheet, form)
        if refused is None:
            everybody = url_for("seasons.wishes", slug=own.plan.slug)
            wants_next = request.form.get("then") == "next"
            return redirects.see(sheets.next_url(sheet, own.pupil) if wants_next else everybody)
        plan, sheet = refused
    page = render_template(
        "days/seasons/pupil.html",
        plan=plan,
        sheet=sheet,
        form=form,
        one=sheet.asked[0],
        fields=forms.field_names,
        hints=sheets.hints(sheet, sheet.asked[0]),
        is_open=plan.state is PlanState.OPEN and plan.wishes_close_at > clock.now(),
    )
    return page, 422 if form.is_submitted() else 200


@seasons.get("/school/plans/<slug>/wishes.json")
@OWN
def own_part(plan: SeasonPlan) -> Response:
    """Send a school its own part of what an accepted plan was worked out from."""
    row, school = queries.record_of(plan.id) or abort(404), acting.school()
    season, _ = record.read(json.loads(row.record))
    if school.slug not in season.school_of:
        abort(404)
    response = Response(
        record.to_bytes(record.part_of(season, school.slug)), mimetype="application/json"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{plan.slug}-wishes.json"'
    return response
