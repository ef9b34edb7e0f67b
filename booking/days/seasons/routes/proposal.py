"""The lead reviews a proposal and accepts it."""

import json

from flask import Response, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.places import service as places
from booking.days.seasons import forms, pages, queries, service
from booking.days.seasons.models import PlanState, Proposal, SeasonPlan
from booking.days.seasons.routes import lead
from booking.days.seasons.routes.blueprint import seasons
from booking.foundation import clock
from booking.foundation.web import bars, paging, redirects
from booking.foundation.web.forms import Form


@seasons.post("/admin/plans/<slug>/proposal")
@lead.RUNS
def propose(plan: SeasonPlan) -> ResponseReturnValue:
    """Work the plan out, and show it."""
    slug = plan.slug
    # `propose` has transactions of its own: the plan is solved between them, not inside.
    try:
        service.propose(actor=current_user.actor, now=clock.now(), plan=plan)
    except service.AlreadyAccepted as refusal:
        flash(str(refusal), "info")
        return redirects.see(url_for("seasons.plan", slug=slug))
    except service.SeasonRefused as refusal:
        form = Form()
        form.refuse(str(refusal))
        return lead.render(queries.by_slug(slug) or abort(404), form), 422
    return redirects.see(url_for("seasons.proposal", slug=slug))


@seasons.get("/admin/plans/<slug>/proposal")
@lead.SEES
def proposal(plan: SeasonPlan) -> str:
    """Show the newest proposal: every school, every event, and why."""
    found = queries.proposal_of(plan.id) or abort(404)
    return _page(plan, found, forms.AcceptForm(formdata=None, digest=found.digest))


def _page(plan: SeasonPlan, found: Proposal, form: Form) -> str:
    shown = pages.Proposed(json.loads(found.record))
    number, size = paging.asked_page(), paging.PAGE_SIZE
    slugs = shown.slugs[(number - 1) * size : number * size]
    is_open = plan.state is PlanState.OPEN
    return render_template(
        "days/seasons/proposal.html",
        plan=plan,
        proposal=found,
        form=form,
        shown=shown,
        outcome=shown.outcome,
        rows=shown.school_rows(slugs),
        matrix=shown.matrix(slugs),
        page=paging.Page(slugs, number, len(shown.slugs)),
        is_current=not is_open or service.is_current(plan, found, clock.now()),
        may_accept=is_open and not found.is_trial and lead.may_run(),
        may_run=lead.may_run(),
        is_open=is_open,
        is_closed=plan.wishes_close_at <= clock.now(),
        drawn=[(row[0], row[1], row[3]) for row in shown.school_rows(shown.slugs[: bars.BARS_MAX])],
        chart_height=bars.height(len(shown.slugs)),
    )


@seasons.get("/admin/plans/<slug>/proposal.svg")
@lead.SEES
def proposal_chart(plan: SeasonPlan) -> Response:
    """Draw what each school has had this school year, and what the proposal adds."""
    found = queries.proposal_of(plan.id) or abort(404)
    shown = pages.Proposed(json.loads(found.record))
    slugs = shown.slugs[: bars.BARS_MAX]
    drawing = bars.drawn(
        [shown.names[slug] for slug in slugs],
        {
            "From this plan": [shown.outcome.totals[slug] for slug in slugs],
            "Received before": [shown.season.school_of[slug].received for slug in slugs],
        },
        width=bars.NARROW if request.args.get("narrow") else bars.WIDE,
    )
    return bars.picture(drawing)


@seasons.post("/admin/plans/<slug>/accept")
@lead.RUNS
def accept(plan: SeasonPlan) -> ResponseReturnValue:
    """Share the places as the proposal says, once."""
    form, slug = forms.AcceptForm(), plan.slug
    if form.carry_out(
        lambda: service.accept(
            actor=current_user.actor, now=clock.now(), plan=plan, digest=form.digest.data or ""
        ),
        {service.SeasonRefused: "", places.PlaceRefused: ""},
    ):
        flash(
            "The places have been shared out. Each school has been told what it has and why.",
            "success",
        )
    elif isinstance(form.refusal, service.AlreadyAccepted):
        flash(str(form.refusal), "info")
    else:
        again = queries.by_slug(slug) or abort(404)
        found = queries.proposal_of(again.id)
        return _page(again, found, form) if found else lead.render(again, form), 422
    return redirects.see(url_for("seasons.public_plan", slug=slug))
