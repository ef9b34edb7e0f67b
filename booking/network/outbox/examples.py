"""An example of every kind of mail, for whoever writes or checks them; all of it is invented."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from booking.days.events.models import Event, EventDate
from booking.foundation.notifications import render
from booking.foundation.notifications.models import Message
from booking.people.schools.models import School

READER = "dana@ashdale.example"
PAGE = "https://bookings.network.example/a-page-about-it"
WHEN = "Thursday 18 March 2027, 9:30am to 3pm"
_MONDAY = datetime(2027, 3, 1, 16, tzinfo=UTC)
_DAY = datetime(2027, 3, 18, 9, 30, tzinfo=UTC)


class _Facts:
    """Something with attributes, as templates read it."""

    def __init__(self, **facts: Any) -> None:
        self.__dict__.update(facts)


def _event() -> Event:
    school = School(name="Tindlebrook School", address="2 Mill Lane", postcode="TN1 2AB")
    event = Event(
        title="Build a bridge",
        slug="build-a-bridge",
        venue="The hall",
        venue_address="",
        practicalities="Bring a packed lunch and old clothes.",
        cancelled_reason="The hall is flooded.",
        requests_close_at=_MONDAY,
        naming_close_at=_MONDAY,
        release_at=_MONDAY,
        first_starts_at=_DAY,
        min_pupils=10,
    )
    event.host_school = school
    event.dates = [EventDate(starts_at=_DAY, ends_at=_DAY.replace(hour=15), venue="")]
    return event


#: What words mean in most mails that have them.
_SHARED: Mapping[str, Any] = MappingProxyType(
    {
        "action_label": "Open the page",
        "action_url": PAGE,
        "after": "4pm on Monday 1 March 2027",
        "again": True,
        "amount_pence": 1250,
        "areas": "Assessment",
        "asked": "May we show your child’s bridge on our web site?",
        "asks_by_request": True,
        "at": _MONDAY,
        "because": "More schools asked than there are places.",
        "before": "4pm on Friday 26 February 2027",
        "behind_link": "a map of the school",
        "bid": _Facts(
            title="Maths for all",
            takes_place_on=date(2027, 3, 1),
            asked_pence=6000,
            claimed_pence=5500,
            cost_pence=9000,
            paid_pence=9000,
        ),
        "change": "That is one more than by the plan before.",
        "changed": ["where it is", "the dates"],
        "clashes": ["Amara O. is also at Puzzle day on Thursday 18 March 2027."],
        "confirmed": True,
        "contact": "Cora Obi, 01632 960002",
        "coordinator_name": "Cora Obi",
        "costs": "The day costs £12.50. You pay when you reply.",
        "count": 2,
        "deadline": "4pm on Monday 1 March 2027",
        "decide_by": "Friday 12 March 2027",
        "decision": _Facts(
            pence=20000,
            asked_by=_Facts(name="Tom Adeyemi"),
            decided_by=_Facts(name="Lena Hart"),
            entry=_Facts(description="Hire of a coach", entered_on=date(2027, 3, 1)),
            reason="It was entered twice.",
            state=_Facts(value="refused"),
            about="Hire of a coach",
            answer="It was two coaches.",
        ),
        "due_at": _MONDAY,
        "due_on": date(2027, 3, 31),
        "duties": ["Asks for places and names pupils."],
        "duty": "You ask for places and name pupils.",
        "enclosed": "a kit list",
        "expires_at": _MONDAY,
        "explanation_url": "https://bookings.network.example/how-it-was-shared",
        "fee": "£12.50 for each pupil",
        "for_school": "Tindlebrook School",
        "for_whom": "coordinators",
        "given": [("Build a bridge", 2)],
        "has_link": True,
        "heading": "Something has changed",
        "holder": "Ben Shah",
        "host": "Tindlebrook School",
        "host_name": "Tindlebrook School",
        "host_phone": "01632 960002",
        "html": Markup("<p>Please bring <strong>wellingtons</strong>.</p>"),
        "inviter": "Lena Hart",
        "is_live": True,
        "is_parent": True,
        "is_removed": False,
        "kind": "A meeting of coordinators",
        "lapsed": True,
        "left_pence": 10000,
        "lines": ["This is what has happened.", "This is what you can do about it."],
        "link": "https://meet.network.example/coordinators",
        "method_words": "by bank transfer",
        "minimum": 10,
        "name": "Dana Whitlock",
        "new_email": "dana.whitlock@ashdale.example",
        "news": "A note about one of your pupils was written",
        "notes": "Please read the minutes before.\nTea is at three.",
        "number": "2026/27-0001",
        "old_email": READER,
        "outcome": "The cardholder’s bank decided for the network.",
        "paid_at": _MONDAY,
        "paid_pence": 2500,
        "parent_name": "Ngozi Okoro",
        "parts": "who may collect the child",
        "pence": 6000,
        "person_name": "Lena Hart",
        "plan": _Facts(name="Spring 2027", wishes_close_at=_MONDAY, at_most=2),
        "post": "Coordinator of Ashdale School",
        "posts": ["Coordinator of Ashdale School"],
        "practicalities": "Bring a packed lunch.",
        "processor_reference": "dp_1",
        "promoted": "Ben A.",
        "provider": "Google",
        "pupil": "Amara O.",
        "pupil_forename": "Amara",
        "pupils": 6,
        "quota": 3,
        "read_by": "The host reads it by Friday 12 March 2027.",
        "reason": "The hall is flooded.",
        "reference": "FP 123 456 751",
        "reminder": "If you would like to contribute, you still can.",
        "reply_by_at": _MONDAY,
        "received": "Monday 1 March 2027",
        "said": "Requests close",
        "school_name": "Ashdale School",
        "school_phone": "01632 960001",
        "second": True,
        "sentence": "You asked for 4 places and have 2.",
        "signs": [
            _Facts(title="The worker has stopped", story="It was last seen on Friday.", advice=""),
        ],
        "subject_line": "What to bring on Thursday",
        "text": "May she bring her own lunch?\n\nShe cannot eat nuts.",
        "told": "The link leads nowhere.\nCould it be put right?",
        "then": "The treasurer pays it next.",
        "title": "Build a bridge",
        "titles": ["Build a bridge", "Puzzle day"],
        "to_ring": ["Sam Lane, 01632 960003"],
        "took_back": True,
        "until_text": "Monday 8 March 2027",
        "venue": "The hall, Tindlebrook School",
        "way_to_pay": "You can also pay by bank transfer: quote FP 123 456 751.",
        "what": "The payment of £12.50",
        "when": WHEN,
        "when_texts": [WHEN],
        "where": "The hall, Tindlebrook School",
        "whole_pence": 2500,
        "why": "the cardholder does not recognise it",
        "workshops": "Chess, then Rockets",
        "writer": "Lena Hart",
        "years": "Years 5 and 6",
    }
)
_FEE = [_Facts(pence=1000, plain_label="for the event"), _Facts(pence=250, plain_label="for CPD")]
#: What words mean in some kinds of mail only.
_OWN: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "data_request_made": {"at_school": True, "due": "Thursday 1 April 2027", "wants": "a copy"},
        "data_request_news": {
            "due": "Thursday 1 April 2027",
            "restricted": False,
            "said": "We asked the host, who no longer has the list.",
            "until": "",
            "wants": "a copy",
            "what": "later",
        },
        "circulars_of_day": {
            "parts": [
                {
                    "subject_line": "What to bring on Thursday",
                    "html": Markup("<p>Please bring <strong>wellingtons</strong>.</p>"),
                    "writer": "Lena Hart",
                }
            ]
        },
        "contribution_thanks": {"parts": _FEE},
        "life_digest": {
            "tasks": [_Facts(title="Say whether you will come: Spring meeting", url=PAGE)],
            "news": [_Facts(title="Bridges from paper", hint="Resource", url=PAGE)],
        },
        "event_cancelled": {"action_url": ""},
        "rule_change": {
            "title": "Rules for bids",
            "line": "Lena Hart proposes other rules.",
            "rows": [_Facts(label="For one bid", before="Up to £300.00", after="Up to £400.00")],
        },
        "spending": {
            "heading": "Please approve or refuse",
            "pounds": "£240.00",
            "what": "Speaker: Oracy, 3 March",
            "line": "Lena Hart wants to pay this.",
        },
        "factors_changed": {"change": "A passkey was added: “Work laptop”."},
        "factors_reset": {"person": "Sam Okafor", "who": "Lena Hart"},
        "glass_opened": {"who": "Lena Hart", "posts": ["Network lead"]},
        "place_news": {"news": "declined"},
        "receipt": {"parts": _FEE},
    }
)


def words(template: str) -> dict[str, Any]:
    """Return the words of an example of a kind."""
    event = _event()
    return {**_SHARED, "event": event, "events": [event], **_OWN.get(template, {})}


def message(template: str) -> Message:
    """Return an example of a kind of mail, as it would be queued. It belongs to no session."""
    mail = render.mail(template, words(template))
    return Message(
        key=f"example:{template}",
        template=template,
        recipient=READER,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        reply_to=render.network_mailbox(),
        queued_at=_MONDAY,
    )
