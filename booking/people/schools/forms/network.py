"""Input for the network's pages: people, roles, schools, the national register."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, FieldList, FormField, HiddenField, SelectField, StringField, TelField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from booking.domain import school_phases
from booking.domain.permissions import NETWORK_ROLES, OUTSIDE_ROLES, ROLE_WORDS, SCHOOL_ROLES, Role
from booking.foundation import contacts
from booking.foundation.web.forms import AddressField, Form, WholeNumber, YearGroupField
from booking.people.schools.details import INSTITUTION_MAX
from booking.people.schools.forms.account import email_field, name_field
from booking.people.schools.models import School

#: How many roles the page can offer in one invitation.
ROLES_MAX = 3
#: The roles that the lead gives; day staff are invited by the host of their event.
GIVEN = (
    *(Role.COORDINATOR, Role.HOST, Role.STAFF, Role.ASSOCIATE),
    *(Role.LEAD, Role.TREASURER, Role.AUDITOR),
)


def role_field(*validators: Any) -> SelectField:
    """Return a field for one of the roles that the lead gives, or none."""
    return SelectField(
        "Role",
        validators,
        choices={"": "Choose a role" if validators else "No role"}
        | {role.value: ROLE_WORDS[role] for role in GIVEN},
        invalid_choice_message="Choose one of these roles.",
    )


class PostForm(Form):
    """One role, and the school it is for."""

    class Meta(Form.Meta):
        """The form around it carries the token."""

        csrf = False

    role = role_field()
    school = SelectField("School", description="For coordinators, hosts and members of staff.")
    institution = StringField(
        "Institution",
        [Length(max=INSTITUTION_MAX, message=f"Use at most {INSTITUTION_MAX} characters.")],
        description="For associates: their college, university, exam board or museum.",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a school where the role needs one."""
        if not super().validate(extra_validators):
            return False
        role = Role(self.role.data) if self.role.data else None
        if role in SCHOOL_ROLES and not self.school.data:
            self.refuse("Choose the school.", "school")
            return False
        if role in OUTSIDE_ROLES and not self.institution.data:
            self.refuse("Say which institution the associate comes from.", "institution")
            return False
        if self.institution.data and role not in OUTSIDE_ROLES:
            self.refuse("Only associates come from an institution. Leave it empty.", "institution")
            return False
        if role in NETWORK_ROLES | OUTSIDE_ROLES and self.school.data:
            self.refuse("This role is for the whole network, so leave the school empty.", "school")
            return False
        return True


class GrantRoleForm(PostForm):
    """Giving a role to somebody who has an account."""

    class Meta(Form.Meta):
        """This form is on its own, with its own token."""

        csrf = True

    role = role_field(InputRequired("Choose a role."))


class InviteForm(Form):
    """Inviting somebody to one or several roles."""

    name = name_field()
    email = email_field()
    posts = FieldList(FormField(PostForm, "Post"), min_entries=ROLES_MAX, max_entries=ROLES_MAX)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        first = self.posts[0].form.role
        first.flags.required = True
        first.choices = {**first.choices, "": "Choose a role"}

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for at least one role."""
        valid = bool(super().validate(extra_validators))
        if any(post.form.role.data for post in self.posts):
            return valid
        self.posts[0].form.refuse("Choose at least one role.", "role")
        return False


class ColleagueForm(Form):
    """A coordinator invites a colleague at their own school."""

    name = name_field()
    email = email_field()
    role = SelectField(
        "Role",
        [InputRequired("Choose a role.")],
        choices={r.value: ROLE_WORDS[r] for r in (Role.COORDINATOR, Role.HOST, Role.STAFF)},
        invalid_choice_message="Choose one of these roles.",
    )


class InvitedAddressForm(Form):
    """Correcting the address of somebody who was invited."""

    email = email_field()


class SuccessorForm(Form):
    """Handing over a role: first who it is, which is shown, then the same again."""

    name = name_field("Successor’s name")
    email = email_field("Successor’s e-mail address")
    #: The address that was shown together with its owner.
    checked = HiddenField()

    def is_checked(self) -> bool:
        """Return whether the page that names the person was shown for this same address."""
        return bool(self.email.data) and self.checked.data == self.email.data


def offer_schools(
    fields: Sequence[SelectField], schools: Sequence[School], nobody: str = "No school"
) -> None:
    """Let `fields` choose among `schools`, by slug, or `nobody`."""
    for field in fields:
        field.choices = {"": nobody, **{s.slug: s.name for s in schools}}


def clock_field(label: str) -> StringField:
    """Return a field for a time of day, as "08:50"."""
    return StringField(
        label,
        [
            InputRequired("Enter a time, such as 08:50."),
            Regexp(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", message="Write the time like 08:50."),
        ],
    )


def text_field(label: str, longest: int, **options: Any) -> StringField:
    """Return an optional line of text."""
    too_long = f"Use at most {longest} characters."
    return StringField(label, [Length(max=longest, message=too_long)], **options)


def phone_number(_form: Any, field: TelField) -> None:
    """Write a telephone number in the standard way; refuse anything else."""
    try:
        field.data = contacts.tidy_phone(field.data or "")
    except contacts.NotAPhone as error:
        raise ValidationError(str(error)) from error


class OwnDetailsForm(Form):
    """What a school's own coordinators look after."""

    office_phone = TelField("Office telephone", [Length(max=40), phone_number])
    emergency_phone = TelField(
        "Emergency telephone",
        [Length(max=40), phone_number],
        description="Answered whenever your pupils are out. Hosts and day staff ring it.",
    )
    safeguarding_name = text_field("Designated safeguarding lead", 100)
    safeguarding_phone = TelField(
        "Telephone of the safeguarding lead", [Length(max=40), phone_number]
    )
    deputy_safeguarding_name = text_field("Deputy safeguarding lead", 100)
    deputy_safeguarding_phone = TelField("Telephone of the deputy", [Length(max=40), phone_number])
    head_name = text_field("Head’s name", 100)
    head_email = AddressField(
        "Head’s e-mail address",
        [Optional(), Length(max=200, message="Enter a shorter e-mail address.")],
    )
    website = StringField(
        "Website",
        [
            Optional(),
            Length(max=200, message="Use at most 200 characters."),
            Regexp(r"^https?://[^\s\"'<>]+$", message="Begin the address with https://."),
        ],
    )
    address = text_field("Address", 300)
    day_starts = clock_field("School day starts at")
    day_ends = clock_field("School day ends at")


class SchoolForm(OwnDetailsForm):
    """A school as the network lead describes it."""

    name = StringField(
        "Name",
        [
            InputRequired("Enter the school’s name."),
            Length(max=150, message="Use at most 150 characters."),
        ],
    )
    urn = StringField(
        "Reference number (URN)",
        [Optional(), Regexp(r"^[0-9]{6}$", message="A reference number has six digits.")],
        description="From the national register; leave empty for a school that is not in it.",
    )
    phase = SelectField("Kind of school", choices=school_phases.WORDS)
    low_year = YearGroupField("Youngest year")
    high_year = YearGroupField("Oldest year")
    roll = WholeNumber(
        "Pupils on roll",
        description="All year groups together. Sharing by roll counts only the event’s years.",
    )
    town = text_field("Town", 100)
    postcode = text_field("Postcode", 10)


class LeaveForm(Form):
    """The last day of a school's membership."""

    left_on = DateField("Last day", [InputRequired("Enter the last day.")])


class RegisterForm(Form):
    """The national register as downloaded, and which of its schools to add."""

    file = FileField("The register, as downloaded (CSV)", [FileRequired("Choose the file.")])
    urns = text_field(
        "Reference numbers", 2000, description="Six digits each, with spaces or commas between."
    )
    town = text_field("Town", 100)
    postcode = text_field("Postcode begins with", 10, description="Such as SG9, or SG9 0.")


class ConfirmRegisterForm(Form):
    """A preview that was checked: signed, so that it comes back as it was shown."""

    preview = HiddenField()


class TermForm(Form):
    """A term of the network."""

    name = StringField(
        "Name",
        [InputRequired("Enter a name, such as Autumn term 2026."), Length(max=60)],
    )
    first_on = DateField("First day", [InputRequired("Enter the first day.")])
    last_on = DateField("Last day", [InputRequired("Enter the last day.")])


class ClosureForm(Form):
    """Days on which a school, or every school, is closed."""

    reason = StringField("Why", [InputRequired("Enter why, such as INSET day."), Length(max=100)])
    first_on = DateField("First day", [InputRequired("Enter the first day.")])
    last_on = DateField("Last day", [Optional()], description="Leave empty for one day.")


class NetworkClosureForm(ClosureForm):
    """The same, for the network lead."""

    school = SelectField("School", description="Leave empty for every school.")
