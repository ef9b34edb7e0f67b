"""Second factors are added, removed, used up and reset."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, update

from booking.domain import permissions, second_factors
from booking.domain.permissions import COMMAND, Action, Actor, Scope
from booking.foundation.audit import service as audit
from booking.foundation.db import db, insert_into
from booking.foundation.tokens import new_public_id, token_hash
from booking.foundation.web import sessions
from booking.people.factors import codes, locks, mail, queries
from booking.people.factors.details import Answered, NewPasskey
from booking.people.factors.models import AuthenticatorApp, Passkey, RecoveryCode, UsedChallenge
from booking.people.factors.refusals import FactorRefused, LastFactor, LastWayIn, NotProved
from booking.people.schools import ports as school_ports
from booking.people.schools.models import Person

#: How many passkeys somebody may have.
PASSKEYS_MAX = 10
WRONG_CODE = (
    "This code is not right, or was used before. Wait for the next one in your app, or use a "
    "recovery code."
)
PASSKEY_GONE = "That passkey has been removed already."
#: An app shows a code for half a minute, and so long it counts.
JUST_OVER = "This code has just run out. Type the one that your app shows now."


def add_passkey(
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    made: NewPasskey,
    name: str,
    challenge: str,
    keep_session: str = "",
) -> list[str]:
    """Keep a passkey; return new recovery codes if it is the first factor. Raises FactorRefused.

    As with every change of factors, all sessions of the person end but `keep_session`.
    """
    use_challenge(token_hash(challenge), now=now)
    locks.roles_of(person)
    before = queries.of(person.id)
    if len(before.passkeys) >= PASSKEYS_MAX:
        raise FactorRefused("You have ten passkeys. Remove one that you no longer use first.")
    if queries.passkey(made.credential_id) is not None:
        raise FactorRefused("This passkey is here already.")
    db.session.add(
        Passkey(
            public_id=new_public_id(),
            person_id=person.id,
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            name=name,
            created_at=now,
        )
    )
    _record(actor, person, "add_passkey", now, keep_session, name=name)
    return _codes_for_the_first(person, before, now)


def add_app(
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    secret: str,
    code: str,
    keep_session: str = "",
) -> list[str]:
    """Keep an app that shows the right code; return new recovery codes if it is the first factor.

    Raises FactorRefused, NotProved.
    """
    locks.roles_of(person)
    before = queries.of(person.id)
    if before.app is not None:
        raise FactorRefused("You have an authenticator app. Remove it first.")
    steps = second_factors.acceptable(now=codes.step_now(now), used=0)
    step = codes.step_of(code, secret=secret, steps=steps)
    if step is None:
        raise NotProved("This is not what the app shows for this secret. Type the newest code.")
    db.session.add(
        AuthenticatorApp(person_id=person.id, secret=secret, used_step=step, created_at=now)
    )
    _record(actor, person, "add_app", now, keep_session)
    return _codes_for_the_first(person, before, now)


def remove_passkey(
    *, actor: Actor, now: datetime, person: Person, public_id: str, keep_session: str = ""
) -> None:
    """Remove one of a person's passkeys. Raises FactorRefused, LastFactor, LastWayIn."""
    _refuse_last(person)
    db.session.refresh(person)
    if not person.has_password and sum(school_ports.ways_in(person.id)) <= 1:
        raise LastWayIn(
            "This passkey is your only way to sign in. Choose a password first: “Forgotten your "
            "password?” on the sign-in page sends you a link."
        )
    theirs = (Passkey.person_id == person.id, Passkey.public_id == public_id)
    name = db.session.scalar(delete(Passkey).where(*theirs).returning(Passkey.name))
    if name is None:
        raise FactorRefused(PASSKEY_GONE)
    _record(actor, person, "remove_passkey", now, keep_session, name=name)
    _forget_codes_without_factor(person)


def rename_passkey(*, actor: Actor, now: datetime, passkey: Passkey, name: str) -> None:
    """Call a passkey something else. Raises FactorRefused.

    It opens neither more nor less than before, so no session ends and nobody is written to.
    """
    person = locks.owner_of(passkey)
    if person is None:
        raise FactorRefused(PASSKEY_GONE)
    passkey.name = name
    audit.record(actor=actor, action="rename_passkey", subject=person, now=now)


def remove_app(*, actor: Actor, now: datetime, person: Person, keep_session: str = "") -> None:
    """Remove a person's authenticator app. Raises FactorRefused, LastFactor."""
    _refuse_last(person)
    if not _delete(AuthenticatorApp, AuthenticatorApp.person_id == person.id):
        raise FactorRefused("The app has been removed already.")
    _record(actor, person, "remove_app", now, keep_session)
    _forget_codes_without_factor(person)


def new_codes(*, actor: Actor, now: datetime, person: Person, keep_session: str = "") -> list[str]:
    """Make new recovery codes in place of the old ones; return them. Raises FactorRefused."""
    locks.roles_of(person)
    if not queries.has_any(person.id):
        raise FactorRefused("Recovery codes stand in for a passkey or an app: add one first.")
    _record(actor, person, "new_recovery_codes", now, keep_session)
    return _make_codes(person, now)


def use_code(*, now: datetime, person: Person, typed: str) -> None:
    """Use up a code of an app or a recovery code, as the second step. Raises NotProved."""
    if codes.is_of_app(typed):
        _use_app(person, typed, now)
        return
    mine = (
        RecoveryCode.person_id == person.id,
        RecoveryCode.code_hash == codes.recovery_hash(typed),
    )
    if not _delete(RecoveryCode, *mine):
        raise NotProved(WRONG_CODE)
    left = queries.of(person.id).codes
    actor = Actor(person_id=person.id)
    audit.record(actor=actor, action="use_recovery_code", subject=person, now=now, left=left)
    mail.tell(person, action="use_recovery_code", now=now, left=left)


def _use_app(person: Person, typed: str, now: datetime) -> None:
    app = db.session.get(AuthenticatorApp, person.id)
    if app is None:
        raise NotProved(WRONG_CODE)
    steps = second_factors.acceptable(now=codes.step_now(now), used=app.used_step)
    step = codes.step_of(typed, secret=app.secret, steps=steps)
    # In one statement, so that of two with the same code one is too late.
    used = step is not None and _changed(
        update(AuthenticatorApp)
        .where(AuthenticatorApp.person_id == person.id, AuthenticatorApp.used_step < step)
        .values(used_step=step, used_at=now)
    )
    if not used:
        over = second_factors.just_over(now=codes.step_now(now), used=app.used_step)
        was_right = codes.step_of(typed, secret=app.secret, steps=over) is not None
        raise NotProved(JUST_OVER if was_right else WRONG_CODE)


def use_passkey(*, now: datetime, passkey_id: int, answered: Answered) -> None:
    """Use up the challenge that a passkey has answered, and note its count. Raises NotProved."""
    use_challenge(answered.challenge_hash, now=now)
    counts = answered.sign_count > 0
    is_newer = Passkey.sign_count < answered.sign_count if counts else Passkey.sign_count == 0
    if not _changed(
        update(Passkey)
        .where(Passkey.id == passkey_id, is_newer)
        .values(sign_count=answered.sign_count, used_at=now)
    ):
        raise NotProved("That passkey was not accepted: it was used elsewhere since, or removed.")


def use_challenge(challenge_hash: str, *, now: datetime) -> None:
    """Use up a challenge: it is answered once. Raises NotProved."""
    row = insert_into(UsedChallenge).values(challenge_hash=challenge_hash, used_at=now)
    once = row.on_conflict_do_nothing().returning(UsedChallenge.challenge_hash)
    if db.session.scalar(once) is None:
        raise NotProved("This was sent before. Please try again.")


def scope_of(person: Person) -> Scope:
    """Return whose second factors these are, for the table of permissions."""
    return Scope(person_id=person.id)


def reset(*, actor: Actor, now: datetime, person: Person, reason: str = "") -> None:
    """Remove all second factors of somebody who lost them; every session of theirs ends.

    It takes two people, or whoever runs the server: nobody resets their own. Raises FactorRefused.
    """
    may = permissions.may(actor, Action.RESET_FACTORS, scope_of(person))
    if not may and actor != COMMAND:
        raise FactorRefused("You cannot reset these second factors. Ask another lead.")
    locks.roles_of(person)
    if not queries.has_any(person.id):
        raise FactorRefused(f"{person.name} has no second factor that could be reset.")
    forget(person)
    sessions.end_all(person_id=person.id)
    audit.record(actor=actor, action="reset_factors", subject=person, now=now, reason=reason)
    mail.tell(person, action="reset_factors", now=now)
    by = db.session.get(Person, actor.person_id) if actor.person_id is not None else None
    mail.tell_leads(person, by=by, now=now)


def forget(person: Person) -> None:
    """Delete every second factor of a person, in the caller's transaction."""
    for model in (Passkey, AuthenticatorApp, RecoveryCode):
        db.session.execute(
            delete(model).where(model.person_id == person.id),
            execution_options={"synchronize_session": False},
        )
    db.session.expire_all()


def _refuse_last(person: Person) -> None:
    roles = locks.roles_of(person)
    if not second_factors.may_remove(left=queries.of(person.id).count - 1, roles=roles):
        raise LastFactor(
            "Your role needs a second factor, and this is your only one. Add another first."
        )


def _codes_for_the_first(person: Person, before: queries.Factors, now: datetime) -> list[str]:
    return [] if before.count else _make_codes(person, now)


def _make_codes(person: Person, now: datetime) -> list[str]:
    _delete(RecoveryCode, RecoveryCode.person_id == person.id)
    made = codes.new_recovery_codes()
    for code in made:
        db.session.add(
            RecoveryCode(code_hash=codes.recovery_hash(code), person_id=person.id, created_at=now)
        )
    return made


def _forget_codes_without_factor(person: Person) -> None:
    if not queries.has_any(person.id):
        _delete(RecoveryCode, RecoveryCode.person_id == person.id)


def _record(
    actor: Actor, person: Person, action: str, now: datetime, keep_session: str, **told: str
) -> None:
    """Record a change, tell its person and end their other sessions (OWASP ASVS 5.0, 7.4.3).

    The trail does not keep a passkey's name.
    """
    sessions.end_all(person_id=person.id, except_public_id=keep_session)
    audit.record(actor=actor, action=action, subject=person, now=now)
    mail.tell(person, action=action, now=now, **told)


def _delete(model: type, *which: ColumnElement[bool]) -> bool:
    return _changed(delete(model).where(*which))


def _changed(statement: object) -> bool:
    """Run a statement; return whether it found a row."""
    found = db.session.execute(statement)  # type: ignore[call-overload]
    return bool(found.rowcount)
