"""The network's own words, for the network that everybody asks: a notice, a colour, a mark."""

from booking.domain.own_texts import TextKey
from tests.builders import schools as people
from tests.builders import texts


def build(emails: dict[str, str]) -> dict[str, str]:
    """Let the lead rewrite the privacy notice and give the network a look; return the mark's."""
    lead = people.person_of(emails["lead"])
    texts.write(lead, TextKey.PRIVACY, text="We are {network}.\n\n{kept}", said="Says who we are")
    texts.say(lead, colour="#1f6b45", short_name="Fairplace", telephone="+441632960100")
    return {"logo": texts.give_logo(lead)}
