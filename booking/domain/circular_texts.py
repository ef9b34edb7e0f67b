"""Texts that come with the product, from which a circular can be started: words without a name.

None of them sounds like a debt, so each may be sent about an event that asks for a voluntary
contribution; none mentions money at all. What nobody but the writer can know is a gap.
"""

from dataclasses import dataclass

from booking.domain.circulars import GAP, Readership
from booking.domain.permissions import Role


@dataclass(frozen=True)
class ReadyText:
    """One such text, for one readership; its key stands in addresses."""

    key: str
    name: str
    readership: Readership
    subject: str
    text: str
    #: The roles, where the readership is chosen by them.
    chosen: tuple[str, ...] = ()


READY_TEXTS = (
    ReadyText(
        "families-before",
        "Before the day",
        Readership.FAMILIES_COMING,
        "{event}: before the day",
        "Dear {name},\n\n{child} is coming to {event}, {when}. Please:\n\n"
        "- read on your own page, by the link below, where to meet and what to bring\n"
        "- tell us there if anything about food, health or the way home has changed\n"
        "- ring {school} if {child} cannot come after all, so that another child can\n\n"
        "We look forward to it.",
    ),
    ReadyText(
        "families-reminder",
        "A reminder to answer",
        Readership.FAMILIES_SILENT,
        "{event}: may we have your answer?",
        "Dear {name},\n\nWe are keeping a place for {child} at {event}, {when}, and have not heard "
        "from you yet. Please open your own page by the link below and tell us yes or no. “No” is "
        "a good answer too: then another child can go.\n\n"
        "If the page is any trouble, ring {school} and we write your answer down for you.",
    ),
    ReadyText(
        "families-room",
        "A change of room",
        Readership.FAMILIES_COMING,
        "{event}: another meeting place",
        f"Dear {{name}},\n\nFor {{event}}, {{when}}, please bring and collect {{child}} at {GAP} "
        "instead of the place that we told you before. Everything else stays as it is.",
    ),
    ReadyText(
        "families-thanks",
        "Thank you after the day",
        Readership.FAMILIES_COMING,
        "{event}: thank you",
        "Dear {name},\n\nThank you for letting {child} come to {event}. Do ask what the best part "
        "was, and what was hard. If there is anything that we should do differently next time, "
        "answer this mail: it reaches a person.",
    ),
    ReadyText(
        "schools-before",
        "Before the day",
        Readership.SCHOOLS_COMING,
        "{event}: before the day",
        "Dear {name},\n\nWe look forward to the pupils of {school} at {event}, {when}. Please:\n\n"
        "- name the adults who come along, with a mobile number for the day\n"
        "- ring the families that have not answered yet\n"
        f"- arrive at {GAP}, where somebody meets you\n\n"
        "If you come with fewer pupils, give the places back early: other schools are waiting.",
    ),
    ReadyText(
        "schools-reminder",
        "A reminder to ask for places",
        Readership.SCHOOLS_SILENT,
        "{event}: would {school} like places?",
        "Dear {name},\n\nThere are places for {school} at {event}, {when}, and you have not asked "
        "for any yet. If it is not for your pupils this time, there is nothing to do.",
    ),
    ReadyText(
        "schools-room",
        "A change of room",
        Readership.SCHOOLS_COMING,
        "{event}: a change of room",
        f"Dear {{name}},\n\n{{event}}, {{when}}, will be in {GAP}. The times stay as they are. "
        "Please tell the adults who come along.",
    ),
    ReadyText(
        "schools-thanks",
        "Thank you after the day",
        Readership.SCHOOLS_COMING,
        "{event}: thank you",
        "Dear {name},\n\nThank you for bringing the pupils of {school} to {event}. Please pass our "
        "thanks on to the adults who came along, and tell us what we should do differently next "
        "time.",
    ),
    ReadyText(
        "network-hosts",
        "A call for hosts",
        Readership.ROLES,
        "Who could host a day next term?",
        "Dear {name},\n\nFor next term we are looking for schools that host a day. Would {school} "
        f"be one of them? A room, a teacher and an idea are enough. We are short of {GAP}.\n\n"
        "If you have an idea and no room, write it down under “Ideas”: another school may take it "
        "up.",
        chosen=(Role.COORDINATOR, Role.HOST),
    ),
)
