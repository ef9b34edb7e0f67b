"""What the network's own texts are called, and what comes with Fairplace until the lead writes."""

from dataclasses import dataclass
from functools import cache

from booking.domain.own_texts import TextKey
from booking.foundation import folders


@dataclass(frozen=True)
class TextNames:
    """What one text is called, for the lead and on its page."""

    #: In the lead's list.
    title: str
    #: The page that shows it.
    endpoint: str
    heading: str = ""
    lede: str = ""


NAMES = {
    TextKey.WELCOME: TextNames("Welcome, above the events", "events.listing"),
    TextKey.ABOUT: TextNames(
        "About this site",
        "about.about",
        "About this site",
        "This is where schools that run enrichment days together share out the places, fairly and "
        "openly.",
    ),
    TextKey.JOINING: TextNames("How to join, below the schools", "members.schools"),
    TextKey.CONTACT: TextNames(
        "Contact",
        "about.contact",
        "Contact",
        "Your child’s own school answers questions about your child’s place, your answers and "
        "your money.",
    ),
    TextKey.PRIVACY: TextNames(
        "Privacy notice",
        "about.privacy",
        "Privacy",
        "What we keep about you and your child, why, who sees it, and when it is deleted.",
    ),
    TextKey.CHILDREN: TextNames(
        "Privacy notice for children",
        "about.children",
        "Privacy for children",
        "What we know about you, and what you can ask.",
    ),
    TextKey.ACCESSIBILITY: TextNames(
        "Accessibility statement",
        "about.accessibility",
        "Accessibility",
        "Everybody should be able to use every page.",
    ),
}
#: What each fact is called in the form of facts, and what it does.
HINTS = {
    "name": "On every page, in mail and on paper.",
    "short_name": "In place of the name on a phone.",
    "colour": "For buttons and links, such as #1f6b45. Words in it must be easy to read.",
    "email": "On the page “Contact”; mail that nobody in particular answers goes there.",
    "telephone": "On the page “Contact” and below e-mails. Leave it empty if nobody answers it.",
    "postal_address": "On the page “Contact”, in one line.",
    "controller": "Such as “Aldermere Schools Trust”. The privacy notice has to say it.",
    "officer": "Such as “the data protection officer of Aldermere Schools Trust”.",
    "ico_number": "If whoever is responsible is registered, such as ZA123456.",
    "hosting": "A company and its country, such as “Harbour Hosting Ltd in London”.",
    "mailing": "A company and its country. The same one as above, if it is.",
}


@cache
def shipped(key: TextKey) -> str:
    """Return the text that comes with Fairplace."""
    path = folders.TEMPLATES / "network" / "texts" / "shipped" / f"{key.value}.md"
    return path.read_text(encoding="utf-8").strip()
