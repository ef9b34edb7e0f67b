"""What a host should not ask: words in a question that point to it, and what to do instead.

A host may know what makes the day work and nothing else: no diagnosis, religion, family income,
address or date of birth. The rule finds words, not meanings. So it forbids nothing: it makes the
host read, and say that the question is meant otherwise.
"""

import re
import unicodedata
from enum import StrEnum


class Sensitive(StrEnum):
    """What a question may be about, without its host having thought of it."""

    HEALTH = "health"
    DIAGNOSIS = "diagnosis"
    RELIGION = "religion"
    INCOME = "income"
    ADDRESS = "address"
    BIRTH = "birth"
    ORIGIN = "origin"
    NUMBERS = "numbers"
    FAMILY = "family"
    ATTAINMENT = "attainment"


WORDS = {
    Sensitive.HEALTH: (
        "Health, food and access are asked of every family already. You read them on the roster "
        "from a few days before the event."
    ),
    Sensitive.DIAGNOSIS: (
        "A host may know which adjustment a pupil needs, never the diagnosis. Families are asked "
        "already what would make the day easier."
    ),
    Sensitive.RELIGION: (
        "Religion is nobody’s business here. What a pupil eats is asked already, without a reason."
    ),
    Sensitive.INCOME: (
        "Free meals, benefits and what a family can pay are known to the home school alone."
    ),
    Sensitive.ADDRESS: (
        "You reach families through their school, so you need no address and no number of theirs. "
        "Whom to ring in an emergency is asked already."
    ),
    Sensitive.BIRTH: "The year group is on the roster. A date of birth is not needed for a day.",
    Sensitive.ORIGIN: "Where a family comes from, or what it speaks at home, is not yours to ask.",
    Sensitive.NUMBERS: "A number that follows a child for life is never given to a host.",
    Sensitive.FAMILY: (
        "Who looks after a child, and why, is for the home school. Who collects it is asked "
        "already."
    ),
    Sensitive.ATTAINMENT: "Why a school chose a pupil, and what the pupil can do, stays there.",
}
#: What is looked for; with a star at the end, whatever begins so.
LOOKED_FOR = {
    Sensitive.HEALTH: (
        *("allerg*", "anaphyla*", "asthma*", "epilep*", "diabet*", "epipen*", "inhaler*"),
        *("medic*", "health*", "illness*", "diet*", "vegetarian*", "vegan*", "intoleran*"),
    ),
    Sensitive.DIAGNOSIS: (
        *("diagnos*", "autis*", "adhd", "dyslex*", "dysprax*", "asperger*", "disab*", "sen"),
        *("special needs", "special educational*", "ehcp", "mental*"),
    ),
    Sensitive.RELIGION: (
        *("relig*", "faith*", "church*", "mosque*", "synagogue*", "temple*", "muslim*"),
        *("christian*", "jewish", "hindu*", "sikh*", "buddhis*", "catholic*", "halal", "kosher"),
        *("ramadan", "pray*", "worship*"),
    ),
    Sensitive.INCOME: (
        *("free school meal*", "free meal*", "fsm", "pupil premium", "benefit*", "income*"),
        *("universal credit", "salar*", "earn*", "afford*"),
    ),
    Sensitive.ADDRESS: (
        *("address*", "postcode*", "post code*", "where do you live", "where does your child live"),
        *("e mail*", "email*", "telephone*", "phone*", "mobile*"),
    ),
    Sensitive.BIRTH: ("date of birth", "dates of birth", "dob", "birth*", "born", "age", "how old"),
    Sensitive.ORIGIN: (
        *("ethnic*", "nationalit*", "immigra*", "asylum*", "refugee*", "skin colour"),
        *("first language", "home language", "mother tongue", "eal"),
    ),
    Sensitive.NUMBERS: ("upn", "unique pupil number", "nhs", "passport*", "national insurance"),
    Sensitive.FAMILY: (
        *("social worker*", "court order*", "custody", "divorce*", "separated", "looked after"),
        *("in care", "adopt*", "foster*", "safeguard*", "child protection"),
    ),
    Sensitive.ATTAINMENT: (
        *("attainment", "sats", "gifted", "reading age*", "predicted grade*", "test score*"),
    ),
}


def topics(*texts: str) -> tuple[Sensitive, ...]:
    """Return what these texts may be about, in the order of the table."""
    plain = " | ".join(form for text in texts for form in _plain(text))
    return tuple(topic for topic, pattern in _PATTERNS.items() if pattern.search(plain))


def _plain(text: str) -> tuple[str, str]:
    """Return a text as bare words in small letters: with its dots as gaps, and without them."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    without_dots = re.sub(r"[.’']", "", letters)
    return _words(letters), _words(without_dots)


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text))


def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    found = (
        re.escape(term.removesuffix("*")) + (r"\w*" if term.endswith("*") else "") for term in terms
    )
    return re.compile(rf"\b(?:{'|'.join(found)})\b")


_PATTERNS = {topic: _pattern(terms) for topic, terms in LOOKED_FOR.items()}
