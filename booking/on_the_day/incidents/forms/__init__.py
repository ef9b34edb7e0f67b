"""Forms for what went wrong on the day."""

from booking.on_the_day.incidents.forms.calling import CallForm
from booking.on_the_day.incidents.forms.counting import (
    CountInForm,
    CountOutForm,
    ExplainForm,
    TimesForm,
)
from booking.on_the_day.incidents.forms.written import (
    AddForm,
    CloseForm,
    IncidentForm,
    KeepForm,
    SearchForm,
    StepForm,
)

__all__ = [
    "AddForm",
    "CallForm",
    "CloseForm",
    "CountInForm",
    "CountOutForm",
    "ExplainForm",
    "IncidentForm",
    "KeepForm",
    "SearchForm",
    "StepForm",
    "TimesForm",
]
