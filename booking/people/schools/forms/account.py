"""Input for the account pages: signing in, names, passwords."""

from typing import Any

from wtforms import EmailField, HiddenField, PasswordField, StringField, TelField
from wtforms.validators import Email, EqualTo, InputRequired, Length, StopValidation

from booking.foundation.web import asks_again
from booking.foundation.web.forms import AddressField, Form, no_line_breaks
from booking.people.schools import passwords
from booking.people.schools.details import NAME_MAX

#: A password is taken exactly as typed: no trimming, no tidying.
VERBATIM = {"data-verbatim": "true"}


def email_field(label: str = "E-mail address", **options: Any) -> AddressField:
    """Return a field for an address that we will write to."""
    return AddressField(label, _address_checks(), **options)


def own_address_field() -> EmailField:
    """Return a field for the address that a person signs in with."""
    return EmailField(
        "E-mail address",
        [
            *_address_checks(),
            Email("Enter an e-mail address in the right form, like name@school.example."),
        ],
        render_kw={"autocomplete": "username"},
    )


def _address_checks() -> list[Any]:
    return [
        InputRequired("Enter an e-mail address."),
        Length(max=200, message="Enter a shorter e-mail address."),
    ]


def name_field(label: str = "Full name", **options: Any) -> StringField:
    """Return a field for a person's name."""
    return StringField(
        label,
        [
            InputRequired("Enter a name."),
            Length(max=NAME_MAX, message=f"Use at most {NAME_MAX} characters."),
            no_line_breaks,
        ],
        **options,
    )


def mobile_field() -> TelField:
    """Return a field for a mobile number; the service checks it."""
    return TelField("Mobile number", [Length(max=40)])


def new_password_field(label: str = "New password") -> PasswordField:
    """Return a field for a password to choose; `passwords.check` says what will do."""
    return PasswordField(
        label,
        [InputRequired("Choose a password.")],
        render_kw={**VERBATIM, "autocomplete": "new-password"},
        description=(
            f"At least {passwords.SHORTEST} characters. Four random words are easy to remember "
            "and hard to guess."
        ),
    )


def password_field(label: str = "Password") -> PasswordField:
    """Return a field for a person's current password."""
    return PasswordField(
        label,
        [InputRequired("Enter your password.")],
        render_kw={**VERBATIM, "autocomplete": "current-password"},
    )


def password_again_field(label: str = "Your password") -> PasswordField:
    """Return a field for the password of whoever is signed in, unless they have just shown it."""
    return PasswordField(
        label,
        [_unless_shown_again, InputRequired("Enter your password.")],
        render_kw={**VERBATIM, "autocomplete": "current-password"},
    )


def _unless_shown_again(_form: Any, _field: Any) -> None:
    if asks_again.was_asked():
        raise StopValidation


class SignInForm(Form):
    """Signing in."""

    email = own_address_field()
    password = password_field()
    #: What was typed into a form that came after its session had ended (`web/typed_again.py`).
    kept = HiddenField()


class AskedAgainForm(Form):
    """Showing again who one is, before something that matters most."""

    password = password_again_field()
    kept = HiddenField()


class ProfileForm(Form):
    """A person's own name and mobile."""

    name = name_field("Your name")
    mobile = mobile_field()


class ChangePasswordForm(Form):
    """A new password for somebody who knows the old one."""

    current = password_again_field("Current password")
    password = new_password_field()
    again = PasswordField(
        "New password again",
        [EqualTo("password", "The two passwords are not the same.")],
        render_kw={**VERBATIM, "autocomplete": "new-password"},
    )


class AskNewAddressForm(Form):
    """Asking for a different address to sign in with."""

    email = email_field("New e-mail address", render_kw={"autocomplete": "email"})


class NewAddressForm(Form):
    """Confirming a new address after following its link."""

    password = password_again_field()


class AskResetForm(Form):
    """Asking for a link to choose a new password."""

    email = own_address_field()


class ResetForm(Form):
    """Choosing a new password after following a link."""

    password = new_password_field()


class AcceptNewForm(Form):
    """Accepting an invitation without an account."""

    name = name_field("Your name", render_kw={"autocomplete": "name"})
    password = new_password_field("Choose a password")


class AcceptKnownForm(Form):
    """Accepting an invitation with an account, signed out."""

    password = password_field("Your password")
