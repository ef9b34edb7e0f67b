"""How acts in the directory are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act

_DIRECTORY = "Who can help with what"
_SENTENCES = {
    "offer_expertise": "offered expertise to other schools",
    "change_expertise": "changed an offer of expertise",
    "withdraw_expertise": "withdrew an offer of expertise",
    "offer_again": "offered expertise again",
    "ask_head_again": "asked the head again to confirm an offer of expertise",
    "nominate_expertise": "confirmed an offer of expertise for a year",
    "decline_expertise": "declined an offer of expertise",
    "lapse_expertise": "ended an offer of expertise, whose year was over",
    "ask_for_link": "asked for a link to somebody who can help",
    "suggest_link": "suggested somebody for a link",
    "introduce_link": "introduced two schools to each other",
    "want_somebody_else": "wanted somebody else than was suggested for a link",
    "turn_down_link": "turned down a wish for a link",
    "take_link_back": "took back a wish for a link",
    "hand_link_on": "handed a wish for a link on to a coordinator",
    "answer_link": "said what came of a link",
    "add_help_area": "added an area to the directory",
    "remove_help_area": "took an area off the directory",
    "choose_introductions": "chose whether schools are introduced at once",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts in the directory are told."""
    return {name: act(_DIRECTORY, words) for name, words in _SENTENCES.items()}
