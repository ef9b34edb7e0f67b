"""What a host types: a number of places for each school."""

from collections.abc import Mapping, Sequence

from wtforms.validators import InputRequired, NumberRange

from booking.days.allocation.queries import QuotaStanding
from booking.foundation.web.forms import Form, WholeNumber

#: A larger quota can only be a typing error.
QUOTA_MAX = 2000


def quotas_form(rows: Sequence[QuotaStanding]) -> Form:
    """Return a form with one number for each school."""
    fields = {
        field_name(row.school.slug): WholeNumber(
            row.school.name,
            default=row.quota,
            validators=[
                InputRequired("Enter a number; 0 keeps no places."),
                NumberRange(0, QUOTA_MAX, message=f"Enter a number from 0 to {QUOTA_MAX:,}."),
            ],
        )
        for row in rows
    }
    form: Form = type("QuotasForm", (Form,), fields)()
    return form


def field_name(slug: str) -> str:
    """Return the name of the field with a school's number."""
    return f"quota-{slug}"


def typed_quotas(form: Form, rows: Sequence[QuotaStanding]) -> Mapping[str, int]:
    """Return the number typed for each school, by slug."""
    slugs = [row.school.slug for row in rows]
    return {slug: form[field_name(slug)].data or 0 for slug in slugs}
