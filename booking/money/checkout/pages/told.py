"""What a parent told us, as that parent reads it: own answers in full, and of others only that.

Two parents of one child need not live together. What one of them told is not shown to the other:
no name, no number, no word about health. Health is not even shown to whoever wrote it.
"""

from collections.abc import Sequence

from booking.domain.needs import COLLECTION_WORDS, DIET_WORDS, PHOTO_WORDS, Collection, Diet
from booking.foundation import contacts
from booking.money.checkout.models import Needs
from booking.money.checkout.pages.parent import Visit

#: Headings, and for each question the answer and the endpoint to change it.
Told = Sequence[tuple[str, Sequence[tuple[str, str, str]]]]
NO_ANSWER = "Not answered"
BY_ANOTHER = "Given by another parent"
#: Nobody can say which parent filled in a slip, and two may have added to one another.
BY_SEVERAL = "Given on paper, or by more than one parent"


def told(visit: Visit) -> Told:
    """Return the answers so far, as this parent may see them."""
    needs, consent = visit.reply.needs, visit.reply.consent
    if needs is None or consent is None:
        return ()
    return [
        (
            "Health and food",
            [
                (question, _shown(visit, needs.told_by_id, answer), "parent.needs")
                for question, answer in _of_health(needs)
            ],
        ),
        (
            "The day",
            [
                (question, _shown(visit, needs.day_by_id, answer), "parent.day")
                for question, answer in _of_day(needs)
            ],
        ),
        *_of_host(visit),
    ]


def _of_host(visit: Visit) -> Told:
    """Return what the host asks besides, if it asks anything."""
    asked = visit.asked
    rows = []
    for question in asked.questions:
        answer = asked.known.get(question.id)
        shown = _shown(visit, answer.parent_id, answer.in_words) if answer else NO_ANSWER
        rows.append((question.label, shown, "parent.questions"))
    return [("What the host asks", rows)] if rows else []


def _shown(visit: Visit, by_id: int | None, answer: str) -> str:
    if visit.is_own(by_id):
        return answer
    return BY_SEVERAL if by_id is None else BY_ANOTHER


def _of_health(needs: Needs) -> list[tuple[str, str]]:
    diets = ", ".join(DIET_WORDS[Diet(code)] for code in needs.diets) or "Nothing special"
    return [
        (
            "Emergencies",
            "You have told us; not shown again here" if needs.health else "Nothing to tell",
        ),
        ("What makes the day easier", needs.access or "Nothing special"),
        ("Food", diets),
    ]


def _of_day(needs: Needs) -> list[tuple[str, str]]:
    way = COLLECTION_WORDS[needs.collection]
    if needs.collection is Collection.NAMED_ADULT:
        way = f"{way}: {needs.collected_by}"
    phone = contacts.readable_phone(needs.emergency_phone or "")
    return [
        ("Photos", PHOTO_WORDS[needs.photo]),
        ("At the end of the day", way),
        ("In an emergency ring", f"{needs.emergency_name}, {phone}"),
    ]
