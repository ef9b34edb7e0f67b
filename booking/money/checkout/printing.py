"""Letters with reply slips on paper: one family a page, as many families as there are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import segno

from booking.days.events import labels as event_labels
from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.domain import terms, year_groups
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses, paper
from booking.money.checkout.forms.slips import SlipQuestion, slip_questions
from booking.money.checkout.service.letters import FamilyLetter
from booking.people.schools.models import School

#: The fields of an event that a letter shows beside their labels.
LABELLED = ("dates", "venue", "led_by", "practicalities")


def as_pdf(
    event: Event,
    school: School,
    letters: Sequence[FamilyLetter],
    form: Any,
    *,
    coordinator: str,
    made_at: datetime,
) -> bytes:
    """Return the letters as one PDF file, A4; `form` has the questions of the slip."""
    facts = {
        **_shared(event, school),
        "coordinator": coordinator,
        "questions": [_question(each) for each in slip_questions(form)],
        "letters_of": [_letter(each) for each in letters],
    }
    return paper.as_pdf("letter", facts, made_at=made_at)


def _shared(event: Event, school: School) -> dict[str, Any]:
    """Return what all families read."""
    return {
        "labels": {name: event_labels.of(name) for name in LABELLED},
        "title": event.title,
        "school": school.name,
        "phone": school.office_phone,
        "concept": event.concept,
        "dates": event_words.dates(event),
        "where": event_words.where(event),
        "led_by": event.led_by,
        "host": event.host_school.name,
        "costs": " ".join(event_words.fee_sentences(event)),
        "good_to_know": event.practicalities,
        "code_page": absolute_url(addresses.LETTER_CODE()).partition("://")[2],
    }


def _letter(letter: FamilyLetter) -> dict[str, Any]:
    """Return what one family reads; of the QR code the picture, since Typst draws none."""
    return {
        "pupil": letter.pupil_name,
        "forename": letter.forename,
        "year": year_groups.name(letter.year_group),
        "parent": letter.parent_name,
        "reply_by": terms.in_sentence(letter.reply_by_at),
        "consent": list(letter.consent),
        "way_to_pay": letter.way_to_pay,
        "code": letter.code,
        "qr": _picture(letter.url) if letter.url else "",
    }


def _picture(url: str) -> str:
    # All masks can be read; trying each, to find the most even one, takes five times as long.
    code = segno.make(url, error="m", micro=False, mask=2)
    return str(code.svg_inline(scale=4, border=2, dark="#000", light="#fff"))


def _question(question: SlipQuestion) -> dict[str, Any]:
    return {
        "label": question.label,
        "hint": question.hint,
        "choices": list(question.choices),
        "is_long": question.is_long,
    }
