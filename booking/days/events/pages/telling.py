"""What the last page before publication says about who is told, and who is not."""

from booking.days.events.queries import PublicationAudience
from booking.domain import english
from booking.domain.checking_dates import named


def told(found: PublicationAudience) -> str:
    """Return how many people are told at once."""
    if found.keeps_to_itself:
        return "No other school is told: all places are for pupils of the host’s own school."
    if not found.people:
        return "Nobody is told by e-mail: no school that the event is for has a coordinator."
    people = english.plural(found.people, "coordinator")
    return f"{people} of {english.plural(found.schools, 'school')} are told by e-mail at once."


def of_change(coordinators: int, parents: int) -> str:
    """Return who is told at once of a change that people plan by."""
    if not coordinators and not parents:
        return "Nobody has places yet, so nobody is e-mailed about a new date, place or amount."
    people = english.listed(
        english.plural(number, one)
        for number, one in ((coordinators, "coordinator"), (parents, "parent"))
        if number
    )
    return f"A new title, date, place, year group or amount is e-mailed at once to {people}."


def unreached(found: PublicationAudience) -> list[str]:
    """Return at which schools nobody hears of it, and what to do."""
    sentences = []
    if found.without:
        has = english.agree(len(found.without), "has", "have")
        sentences.append(
            f"{named(found.without)} {has} no coordinator, so nobody there is told. The network "
            "lead has a task to invite one; until then, ring the school."
        )
    if found.returned:
        sentences.append(
            f"Mail to the coordinators of {named(found.returned)} came back, so they may not "
            "hear of it. Ring them; the network lead can correct their addresses."
        )
    return sentences
