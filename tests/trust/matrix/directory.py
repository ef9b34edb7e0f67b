"""The directory: whoever sees network life looks and offers; schools ask, the lead introduces."""

from tests.trust.matrix.rows import (
    COORDINATORS,
    EVERYBODY,
    HOSTS,
    LEAD,
    LIFE,
    OWN,
    both,
    get,
    post,
)

OFFER = "/who-can-help/{expertise}"
LINK = "/who-can-help/links/{help_link}"
ADMIN = "/admin/who-can-help"
#: The school that asked, where "elsewhere" is a host, and the lead.
SIDES = frozenset({"other", "elsewhere", "lead"})
ASKS = frozenset({"other", "elsewhere"})
#: Only those who speak for a school ask.
SCHOOLS = COORDINATORS | HOSTS | frozenset({"staff"})
#: This offer is for schools alone, as whoever made it chose.
NO_ASSOCIATE = LIFE - frozenset({"associate"})

ROWS = [
    get("directory.listing", "/who-can-help/", LIFE),
    get("directory.mine", "/who-can-help/mine", LIFE),
    *both("directory.offer", "/who-can-help/offer", LIFE),
    get("directory.show", OFFER, NO_ASSOCIATE),
    # What somebody offers is their own.
    *both("directory.change", OFFER + "/change", OWN),
    post("directory.ask_head", OFFER + "/ask-head", OWN),
    post("directory.withdraw", OFFER + "/withdraw", OWN),
    post("directory.offer_again", OFFER + "/offer-again", OWN),
    *both("directory.ask", "/who-can-help/ask", SCHOOLS),
    *both("directory.ask_somebody", OFFER + "/ask", SCHOOLS),
    get("directory.link", LINK, SIDES),
    post("directory.accept", LINK + "/accept", ASKS),
    post("directory.somebody_else", LINK + "/somebody-else", ASKS),
    post("directory.take_back", LINK + "/take-back", ASKS),
    get(
        "directory.nomination",
        "/nominate/{nomination_token}",
        EVERYBODY,
        unknown="/nominate/unknown-nomination",
    ),
    post(
        "directory.decide",
        "/nominate/{nomination_token}/decide",
        EVERYBODY,
        data={"say": "yes"},
        unknown="/nominate/unknown-nomination/decide",
    ),
    get(
        "directory.outcome",
        "/link-outcome/{outcome_token}",
        EVERYBODY,
        unknown="/link-outcome/unknown-outcome",
    ),
    post(
        "directory.answer",
        "/link-outcome/{outcome_token}/answer",
        EVERYBODY,
        data={"say": "yes"},
        unknown="/link-outcome/unknown-outcome/answer",
    ),
    *both("directory_lead.overview", ADMIN + "/", LEAD),
    post("directory_lead.choose", ADMIN + "/introductions", LEAD, data={"at_once": "no"}),
    post("directory_lead.remove_area", ADMIN + "/areas/{help_area}/remove", LEAD),
    post("directory_lead.confirm", ADMIN + "/offers/{expertise}/confirm", LEAD),
    *both("directory_lead.take_off", ADMIN + "/offers/{expertise}/take-off", LEAD),
    *both("directory_lead.suggest", ADMIN + "/links/{help_link}/suggest", LEAD),
    post("directory_lead.introduce", ADMIN + "/links/{help_link}/introduce", LEAD),
    *both("directory_lead.turn_down", ADMIN + "/links/{help_link}/turn-down", LEAD),
]
