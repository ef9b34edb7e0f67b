"""What families and schools fill in."""

from booking.money.checkout.forms.links import LostLinkForm
from booking.money.checkout.forms.money import (
    ANOTHER,
    NOT_THIS_TIME,
    SUGGESTED,
    ChoiceForm,
    ContributionForm,
    MoneyForm,
    RefundForm,
    TogetherForm,
)
from booking.money.checkout.forms.replies import (
    DIETS,
    AskForm,
    DayForm,
    NeedsForm,
    PaperForm,
    QuestionsForm,
    ReplyForm,
    StillFineForm,
    StillFineOnPaperForm,
)
from booking.money.checkout.forms.slips import (
    LetterCodeForm,
    LetterForm,
    SlipRowForm,
    SlipsForm,
    slips_form,
)

__all__ = [
    "ANOTHER",
    "DIETS",
    "NOT_THIS_TIME",
    "SUGGESTED",
    "AskForm",
    "ChoiceForm",
    "ContributionForm",
    "DayForm",
    "LetterCodeForm",
    "LetterForm",
    "LostLinkForm",
    "MoneyForm",
    "NeedsForm",
    "PaperForm",
    "QuestionsForm",
    "RefundForm",
    "ReplyForm",
    "SlipRowForm",
    "SlipsForm",
    "StillFineForm",
    "StillFineOnPaperForm",
    "TogetherForm",
    "slips_form",
]
