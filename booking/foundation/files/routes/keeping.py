"""Where files are added, replaced, named, ordered and deleted, by whoever keeps their owner."""

from flask import current_app, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.files import pages, queries, service, words
from booking.foundation.files.details import FileOwner
from booking.foundation.files.forms import (
    AddFileForm,
    ChangeFileForm,
    ReplaceFileForm,
    facts_of,
)
from booking.foundation.files.refusals import (
    FileNotTaken,
    FileReplaced,
    LabelWrong,
    NotAnAudience,
    ShelfIsFull,
    TooManyFiles,
)
from booking.foundation.files.routes.blueprint import (
    KeptFile,
    blueprint,
    load_kept,
    load_owner,
    whole_network,
)
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm, Refusals, editing

REFUSALS: Refusals = {
    FileNotTaken: "file",
    ShelfIsFull: "file",
    TooManyFiles: "file",
    LabelWrong: "label",
    NotAnAudience: "audience",
    FileReplaced: "",
}
_MB = 1024 * 1024


@blueprint.route("/of/<kind>/<owner_id>/", methods=["GET", "POST"])
@requires(Action.KEEP_FILES, load=load_owner, scope=whole_network, name="owner")
def keep(owner: FileOwner) -> ResponseReturnValue:
    """Show an owner's files to whoever looks after them, and add one."""
    form = AddFileForm(owner=owner)
    done = form.carry_out(
        lambda: service.attach(
            actor=current_user.actor,
            now=clock.now(),
            owner=owner,
            upload=form.upload,
            facts=form.facts(),
            quota_bytes=_quota(),
        ),
        REFUSALS,
    )
    if done:
        flash(f"“{done.result.label}” has been added.", "success")
        return _back_to(owner)
    return form.page(
        "foundation/files/keep.html",
        owner=owner,
        shelf=pages.kept(owner),
        used=words.size(queries.bytes_on_shelf(owner.school_id)),
        quota=words.size(_quota()),
    )


@blueprint.route("/<public_id>/change", methods=["GET", "POST"])
@requires(Action.KEEP_FILES, load=load_kept, scope=whole_network, name="kept")
def change(kept: KeptFile) -> ResponseReturnValue:
    """Change what a file is called and who can see it."""
    form = editing(
        lambda: ChangeFileForm(data=facts_of(kept.file), owner=kept.owner),
        kept.file,
        changed_by=("change_file",),
    )
    done = form.carry_out(
        lambda: service.change(
            actor=current_user.actor,
            now=clock.now(),
            owner=kept.owner,
            file=kept.file,
            facts=form.facts(),
        ),
        REFUSALS,
    )
    if done:
        flash("Saved." if done.result else "Nothing has changed.", "success")
        return _back_to(kept.owner)
    return form.page("foundation/files/change.html", owner=kept.owner, file=kept.file)


@blueprint.route("/<public_id>/replace", methods=["GET", "POST"])
@requires(Action.KEEP_FILES, load=load_kept, scope=whole_network, name="kept")
def replace(kept: KeptFile) -> ResponseReturnValue:
    """Put a newer version in a file's place."""
    form = ReplaceFileForm()
    done = form.carry_out(
        lambda: service.replace(
            actor=current_user.actor,
            now=clock.now(),
            owner=kept.owner,
            file=kept.file,
            upload=form.upload,
            quota_bytes=_quota(),
        ),
        REFUSALS,
    )
    if done:
        flash(
            f"“{done.result.label}” has been replaced. Links to it now lead to the newer version.",
            "success",
        )
        return _back_to(kept.owner)
    return form.page("foundation/files/replace.html", owner=kept.owner, file=kept.file)


@blueprint.post("/<public_id>/move")
@requires(Action.KEEP_FILES, load=load_kept, scope=whole_network, name="kept")
def move(kept: KeptFile) -> ResponseReturnValue:
    """Move a file up or down in the list."""
    acts.attempt(
        lambda: service.move(
            actor=current_user.actor,
            now=clock.now(),
            owner=kept.owner,
            file=kept.file,
            up=request.form.get("way") == "up",
        ),
        FileReplaced,
    )
    return _back_to(kept.owner)


@blueprint.route("/<public_id>/delete", methods=["GET", "POST"])
@requires(Action.KEEP_FILES, load=load_kept, scope=whole_network, name="kept")
def delete(kept: KeptFile) -> ResponseReturnValue:
    """Ask first, saying who loses the file; then delete it with its older versions."""
    form, label = ButtonForm(), kept.file.label
    done = form.carry_out(
        lambda: service.delete(
            actor=current_user.actor, now=clock.now(), owner=kept.owner, file=kept.file
        ),
        REFUSALS,
    )
    if done:
        flash(f"“{label}” has been deleted.", "success")
        return _back_to(kept.owner)
    return form.page(
        "foundation/files/delete.html",
        owner=kept.owner,
        file=kept.file,
        for_whom=kept.owner.audiences.get(kept.file.audience, words.FOR_WHOM[kept.file.audience]),
    )


def _back_to(owner: FileOwner) -> ResponseReturnValue:
    return redirects.see(url_for(".keep", kind=owner.kind, owner_id=owner.public_id))


def _quota() -> int:
    return int(current_app.config["FILES_MB_PER_SCHOOL"]) * _MB
