"""The people of the network: list, invitations, roles, closing and opening accounts."""

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action, Role, Scope
from booking.foundation import clock
from booking.foundation.audit.routes import histories
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.foundation.web.paging import asked_page, page_of
from booking.people.schools import queries, service, words
from booking.people.schools.forms.network import GrantRoleForm, InviteForm, PostForm, offer_schools
from booking.people.schools.models import Invitation, Person
from booking.people.schools.routes.blueprints import admin
from booking.people.schools.routes.network import show


def everywhere(_subject: object) -> Scope:
    """Return the scope of what belongs to the whole network."""
    return Scope()


@admin.get("/people/")
@requires(Action.SEE_NETWORK)
def people() -> ResponseReturnValue:
    """List people, by name; search names, addresses and schools."""
    text = request.args.get("q", "").strip()[:100]
    page = page_of(queries.people_list(text), number=asked_page())
    posts = {person.id: [words.post(grant) for grant in person.grants] for person in page.items}
    return show("people/admin/people.html", page=page, posts=posts, q=text)


@admin.route("/people/invite", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
@asks_again
def invite() -> ResponseReturnValue:
    """Invite somebody to one or several roles."""
    form = InviteForm()
    offer_schools([post.form.school for post in form.posts], queries.member_schools())
    if form.carry_out(
        lambda: service.invite(
            actor=current_user.actor,
            now=clock.now(),
            email=form.email.data,
            name=form.name.data,
            offers=[_offer(post.form) for post in form.posts if post.form.role.data],
        ),
        {service.RoleRefused: "", service.InvitationRefused: ""},
    ):
        flash(f"We have sent an invitation to {form.name.data}.", "success")
        return redirects.see(url_for("admin.invitations"))
    return show("people/admin/invite.html", form)


def _offer(form: PostForm) -> service.RoleOffer:
    return service.RoleOffer(
        Role(form.role.data),
        queries.school_by_slug(form.school.data) if form.school.data else None,
        institution=form.institution.data or "",
    )


@admin.get("/invitations/")
@requires(Action.SEE_NETWORK)
def invitations() -> ResponseReturnValue:
    """List the invitations that nobody has answered."""
    page = page_of(queries.invitations_list(), number=asked_page())
    posts = {found.id: [words.post(row) for row in found.roles] for found in page.items}
    return show(
        "people/admin/invitations.html",
        page=page,
        posts=posts,
        waiting=service.waiting(page.items),
        now=clock.now(),
    )


@admin.get("/people/<public_id>")
@requires(Action.SEE_NETWORK, load=queries.person_by_public_id, scope=everywhere, name="person")
def person(person: Person) -> ResponseReturnValue:
    """Show one person: their roles, and what can be done about them."""
    return _person_page(person, GrantRoleForm())


def _person_page(person: Person, form: GrantRoleForm) -> ResponseReturnValue:
    offer_schools([form.school], queries.member_schools())
    grants = [(grant, words.post(grant)) for grant in queries.grants_of(person.id)]
    return show(
        "people/admin/person.html",
        form,
        person=person,
        grants=grants,
        is_self=person.id == current_user.person_id,
    )


@admin.post("/people/<public_id>/roles")
@requires(Action.RUN_NETWORK, load=queries.person_by_public_id, scope=everywhere, name="person")
@asks_again
def grant_role(person: Person) -> ResponseReturnValue:
    """Give a role to somebody who has an account."""
    form = GrantRoleForm()
    offer_schools([form.school], queries.member_schools())
    if form.carry_out(lambda: _grant(person, _offer(form)), {service.RoleRefused: "role"}):
        flash(f"{person.name} now has the new role.", "success")
        return redirects.see(url_for("admin.person", public_id=person.public_id))
    return _person_page(person, form)


def _grant(person: Person, offer: service.RoleOffer) -> None:
    service.grant_role(
        actor=current_user.actor,
        now=clock.now(),
        person=person,
        role=offer.role,
        school=offer.school,
        institution=offer.institution,
    )


@admin.post("/people/<public_id>/close")
@requires(Action.RUN_NETWORK, load=queries.person_by_public_id, scope=everywhere, name="person")
@asks_again
def close_account(person: Person) -> ResponseReturnValue:
    """Close somebody's account: signed out at once, everywhere."""
    if acts.attempt(
        lambda: service.disable_person(actor=current_user.actor, now=clock.now(), person=person),
        service.PersonRefused,
        service.RoleRefused,
    ):
        flash(f"{person.name}’s account has been closed.", "success")
    return redirects.see(url_for("admin.person", public_id=person.public_id))


@admin.post("/people/<public_id>/open")
@requires(Action.RUN_NETWORK, load=queries.person_by_public_id, scope=everywhere, name="person")
@asks_again
def open_account(person: Person) -> ResponseReturnValue:
    """Open a closed account again."""
    if acts.attempt(
        lambda: service.enable_person(actor=current_user.actor, now=clock.now(), person=person),
        service.PersonRefused,
    ):
        flash(f"{person.name} can sign in again.", "success")
    return redirects.see(url_for("admin.person", public_id=person.public_id))


def invitation_scope(found: Invitation) -> Scope:
    """Return what an invitation belongs to: its school, if it is to one school only."""
    schools = {row.school_id for row in found.roles}
    return Scope(school_id=schools.pop()) if len(schools) == 1 else Scope()


@admin.get("/people/<public_id>/history")
@requires(Action.SEE_NETWORK, load=queries.person_by_public_id, scope=everywhere, name="person")
def person_history(person: Person) -> str:
    """Show what somebody did, and what was done to their account and roles."""
    back = (url_for("admin.person", public_id=person.public_id), person.name)
    return histories.show(table="people", row_id=person.id, of=person.name, back=back)
