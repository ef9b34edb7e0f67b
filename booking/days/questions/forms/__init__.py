"""Forms for a host's questions, and the fields in which they are answered."""

from booking.days.questions.forms.answers import (
    AskedForm,
    data_of,
    for_family,
    for_paper,
    for_school,
    own_data,
    told_in,
)
from booking.days.questions.forms.questions import QuestionForm, WithdrawForm

__all__ = [
    "AskedForm",
    "QuestionForm",
    "WithdrawForm",
    "data_of",
    "for_family",
    "for_paper",
    "for_school",
    "own_data",
    "told_in",
]
