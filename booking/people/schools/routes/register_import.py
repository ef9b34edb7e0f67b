"""Adding schools from the national register: upload, choose, check, confirm."""

from contextlib import closing
from typing import Any

from flask import current_app, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer

from booking.domain import english, permissions
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.people.schools import service
from booking.people.schools.forms.network import ConfirmRegisterForm, RegisterForm
from booking.people.schools.imports import national_register
from booking.people.schools.routes.blueprints import admin
from booking.people.schools.routes.network import show

#: The register is about 60 MB and grows; everything else on this site is far smaller.
REGISTER_BYTES_MAX = 150_000_000
PREVIEW_SECONDS = 3600


@admin.url_value_preprocessor
def admit_register(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let people who may add schools send a file as large as the register.

    It is done here because the form token is looked for in the upload before any view begins.
    """
    if endpoint == "admin.import_register" and permissions.may(
        current_user.actor, Action.RUN_NETWORK
    ):
        request.max_content_length = REGISTER_BYTES_MAX


@admin.route("/schools/import", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
def import_register() -> ResponseReturnValue:
    """Read the register as downloaded and show what the chosen schools would change."""
    form = RegisterForm()
    if form.validate_on_submit():
        try:
            choice, listed = _chosen(form)
        except national_register.NotANumber as error:
            form.refuse(str(error), "urns")
        except (NoSchoolsChosen, national_register.TooManySchools) as error:
            form.refuse(str(error), "town")
        except national_register.NotTheRegister as error:
            form.refuse(str(error), "file")
        else:
            if listed:
                return _preview(listed, choice)
            form.refuse(
                "No school in the register matches. Check the spelling of the town.", "town"
            )
    return show("people/admin/import_register.html", form, download=national_register.DOWNLOAD)


def _chosen(
    form: RegisterForm,
) -> tuple[national_register.SchoolChoice, list[national_register.Listed]]:
    with closing(form.file.data):
        choice = national_register.choice_of(
            urns=form.urns.data or "",
            town=form.town.data or "",
            postcode=form.postcode.data or "",
        )
        if not choice:
            raise NoSchoolsChosen("Say which schools: by reference number, town or postcode.")
        return choice, national_register.read(form.file.data.stream, choice)


class NoSchoolsChosen(ValueError):
    """Nothing was chosen from the register."""


def _preview(
    listed: list[national_register.Listed], choice: national_register.SchoolChoice
) -> ResponseReturnValue:
    found = service.compare(listed)
    counts = {kind: sum(c.standing is kind for c in found) for kind in service.ListedStanding}
    form = ConfirmRegisterForm(formdata=None)
    form.preview.data = _signer().dumps([row.compact() for row in listed])
    missing = sorted(choice.urns - {row.urn for row in listed})
    return show(
        "people/admin/import_preview.html",
        found=found,
        counts=counts,
        confirm=form,
        missing=missing,
    )


@admin.post("/schools/import/confirm")
@requires(Action.RUN_NETWORK)
def confirm_register() -> ResponseReturnValue:
    """Save what was checked, for the schools that are ticked."""
    form = ConfirmRegisterForm()
    ticked = set(request.form.getlist("urn"))
    try:
        rows = _signer().loads(form.preview.data or "", max_age=PREVIEW_SECONDS)
    except BadData:
        flash("This preview is too old. Please upload the register again.", "warning")
        return redirects.see(url_for("admin.import_register"))
    listed = [row for row in map(national_register.Listed.of, rows) if row.urn in ticked]
    try:
        counts = acts.run(
            lambda: service.bring_in(actor=current_user.actor, now=clock.now(), listed=listed)
        )
    except service.SchoolRefused as error:
        flash(f"Nothing was written. {error}", "error")
        return redirects.see(url_for("admin.import_register"))
    added, changed = counts[service.ListedStanding.NEW], counts[service.ListedStanding.CHANGED]
    done = [f"{english.plural(added, 'school')} added"]
    if changed:
        done.append(f"{changed} changed")
    flash(f"{', '.join(done)}.", "success")
    return redirects.see(url_for("admin.schools"))


def _signer() -> URLSafeTimedSerializer:
    """Return the signer of a preview for this person, and nobody else."""
    return URLSafeTimedSerializer(
        current_app.config["SIGNING_KEYS"], salt=f"register preview {current_user.person_id}"
    )
