"""One enrichment day, from an empty database to the closed account, person by person.

Nothing here knows whether people use Chromium or a browser without JavaScript.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask

from booking import worker
from booking.foundation.clock import LONDON
from tests.journeys.walkers import Walker
from tests.postbox import Postbox

PASSWORD = "seven brass elephants"
LEAD, TREASURER = "lead@network.example", "treasurer@network.example"
HOST, HOME, AWAY = "host@ash.example", "coordinator@ash.example", "coordinator@birch.example"
REGISTER_HEAD = (
    '"URN","EstablishmentName","EstablishmentStatus (name)","PhaseOfEducation (name)",'
    '"StatutoryLowAge","StatutoryHighAge","NumberOfPupils","Town","Postcode","TelephoneNum"'
)
REGISTER = "\r\n".join(
    [
        REGISTER_HEAD,
        '900501,"Ash Lane Primary School","Open","Primary",4,11,210,"Fernwick","ZX9 1AA",""',
        '900502,"Bírch Hill Primary School","Open","Primary",4,11,95,"Fernwick","ZX9 1AB",""',
        '900503,"Cedar Old School","Closed","Primary",4,11,0,"Fernwick","ZX9 1AC",""',
        '900504,"Distant School","Open","Primary",4,11,300,"Elsewhere","ZX8 1AA",""',
    ]
).encode("windows-1252")
PUPILS = (
    "\ufeffName,Year group,Parent name,Parent e-mail\r\n"
    '"Okoro, Amara",Year 5,Ngozi Okoro,ngozi@{families}\r\n'
    '"Price, Bela",Y5,Tom Price,tom@{families}\r\n'
    '"Quaye, Cyrus",6,Efua Quaye,efua@{families}\r\n'
)
EVENT = "Puzzle day"


@dataclass
class Stage:
    """What the journey needs from its surroundings."""

    app: Flask
    postbox: Postbox
    #: A new person at a new browser.
    walker: Callable[[], Walker]
    #: Move everybody's clock.
    travel: Callable[[datetime], None]
    now: datetime

    def later(self, **time: int) -> None:
        """Let time pass, and let the worker do what is due."""
        self.now += timedelta(**time)
        self.travel(self.now)
        self.work()

    def work(self) -> None:
        """Let the worker run once."""
        worker.run_all(self.app)

    def sign_in(self, email: str) -> Walker:
        """Return a browser in which somebody is signed in."""
        person = self.walker()
        person.go("/sign-in")
        person.press("Sign in", {"email": email, "password": PASSWORD})
        return person


def first_lead(stage: Stage) -> Walker:
    """The network begins: one command, one link."""
    made = stage.app.test_cli_runner().invoke(
        args=["people", "create-lead", "--name", "Ada Lead", "--email", LEAD]
    )
    assert made.exit_code == 0, made.output
    link = re.search(r"https?://\S+", made.output)
    assert link, made.output
    take_up(stage, link[0])
    return stage.sign_in(LEAD)


def take_up(stage: Stage, link: str) -> None:
    """Somebody follows an invitation and chooses a password."""
    person = stage.walker()
    person.go(link)
    person.press("Accept the invitation", {"password": PASSWORD})


def set_up_network(stage: Stage, lead: Walker) -> None:
    """Schools from the register, a term, and people by invitation."""
    lead.go("/admin/schools/import")
    lead.press("Show these schools", {"file": ("register.csv", REGISTER), "town": "Fernwick"})
    assert "Cedar Old School" in lead.text
    lead.press("Save the ticked schools")
    lead.go("/admin/schools/")
    assert "Bírch Hill Primary School" in lead.text
    assert "Distant School" not in lead.text
    lead.go("/admin/days/terms/new")
    lead.press(
        "Add the term",
        {"name": "Spring and summer", "first_on": "2027-01-04", "last_on": "2027-07-20"},
    )
    for email, name, posts in (
        (TREASURER, "Bert Pence", [("treasurer", "")]),
        (HOST, "Cleo Host", [("host", "Ash Lane")]),
        (HOME, "Dan Home", [("coordinator", "Ash Lane")]),
        (AWAY, "Eve Away", [("coordinator", "Bírch Hill")]),
    ):
        invite(lead, email, name, posts)
    stage.work()
    for email in (TREASURER, HOST, HOME, AWAY):
        take_up(stage, stage.postbox.link(email, "/invitations/"))


def invite(lead: Walker, email: str, name: str, posts: list[tuple[str, str]]) -> None:
    """The lead invites somebody to roles."""
    lead.go("/admin/people/invite")
    fields = {"name": name, "email": email}
    for number, (role, school) in enumerate(posts):
        fields[f"posts-{number}-role"] = role
        options = lead.choices(f"posts-{number}-school")
        fields[f"posts-{number}-school"] = next(
            (value for words, value in options.items() if school and school in words), ""
        )
    lead.press("Send the invitation", fields)


def write_and_publish(stage: Stage) -> Walker:
    """The host writes the event, previews it and publishes it."""
    host = stage.sign_in(HOST)
    host.go("/host/events/new")
    host.press("Save this draft", event_fields(stage.now))
    host.follow("Preview")
    assert "£6.00 = £3.40 speaker + £2.00 materials + £0.60 teachers’ training" in host.text
    host.go("/host/")
    host.follow(EVENT)
    host.follow("Check and publish")
    ticks = list(host.choices("ticked").values())  # the dates fall on whatever days come
    host.press("Publish this event", {"ticked": ticks} if ticks else None)
    return host


def event_fields(now: datetime) -> dict[str, str]:
    """Return the event as the host types it: 30 days on, two places."""
    today = now.astimezone(LONDON).date()

    def at_four(days: int) -> str:
        return f"{today + timedelta(days=days)}T16:00"

    parts = (
        ("speaker", "3.40", "events"),
        ("materials", "2", "events"),
        ("CPD fund", "0.60", "cpd"),
    )
    fields = {
        "title": EVENT,
        "theme": "Mathematics",
        "led_by": "Happy Minds Puzzles",
        "concept": "Wooden puzzles taller than the pupils.",
        "low_year": "5",
        "high_year": "6",
        "dates-0-on": str(today + timedelta(days=30)),
        "dates-0-starts": "09:15",
        "dates-0-ends": "14:45",
        "venue": "Main hall",
        "places": "2",
        "sharing": "fair_round",
        "requests_close_at": at_four(7),
        "naming_close_at": at_four(21),
        "fee_kind": "voluntary_contribution",
        "fee_pence": "6",
    }
    for row, (label, pounds, fund) in enumerate(parts):
        fields |= {
            f"fee_parts-{row}-label": label,
            f"fee_parts-{row}-pence": pounds,
            f"fee_parts-{row}-fund": fund,
        }
    return fields


def import_pupils_and_ask(stage: Stage) -> tuple[Walker, Walker]:
    """Both coordinators import their pupils and ask for more places than there are."""
    home, away = stage.sign_in(HOME), stage.sign_in(AWAY)
    for coordinator, families in ((home, "home.example"), (away, "away.example")):
        coordinator.go("/school/pupils/import")
        exported = PUPILS.format(families=families).encode()
        coordinator.press("Show what would happen", {"file": ("pupils.csv", exported)})
        assert "Nothing has been saved yet" in coordinator.text
        coordinator.press("Yes, save 3 pupils")
        coordinator.go("/")
        coordinator.follow(EVENT)
        coordinator.follow("Ask for places")
        coordinator.press("Ask for places", {"wanted": "2"})
    return home, away


def run_round(stage: Stage) -> None:
    """After the deadline the host runs the round; each school learns its reason."""
    host = stage.sign_in(HOST)
    host.go("/host/")
    host.follow("Run the round")
    host.follow("Check and run the round")
    host.press("Run the round")
    anybody = stage.walker()
    anybody.go("/")
    anybody.follow(EVENT)
    anybody.follow("See what each school received")
    assert "asked for 2 places and received 1" in anybody.text


def name_pupils(stage: Stage, email: str) -> Walker:
    """A coordinator names one pupil and ranks another as a reserve."""
    coordinator = stage.sign_in(email)
    coordinator.go("/school/")
    coordinator.follow(EVENT)
    pupils = coordinator.choices("pupils")
    amara = next(value for words, value in pupils.items() if "Amara" in words)
    coordinator.press("Give them places", {"pupils": [amara]})
    pupils = coordinator.choices("pupils")
    bela = next(value for words, value in pupils.items() if "Bela" in words)
    coordinator.press("Add as reserves", {"pupils": [bela]})
    stage.work()
    return coordinator


def say_yes(stage: Stage, parent: str, *, photo: str = "none") -> Walker:
    """A parent gives consent, says what the child needs on the day, and sends the answers."""
    phone = stage.walker()
    phone.go(stage.postbox.link(parent, "/parent/"))
    phone.press(
        "I agree",
        {
            "given_by": "A parent",
            "health": "Nut allergy: pen in the red bag",
            "photo": photo,
            "emergency_name": "Gran",
            "emergency_phone": "07700 900456",
        },
    )
    return phone


def contribute(phone: Walker) -> None:
    """The parent gives the suggested amount, at the demo card processor."""
    assert "There is no obligation" in phone.text
    phone.press("Contribute £6")
    phone.press("Pay")
    assert "£6.00 was received" in phone.text


def decline(stage: Stage, parent: str) -> None:
    """A parent declines; nobody asks for a reason."""
    phone = stage.walker()
    phone.go(stage.postbox.link(parent, "/parent/"))
    phone.follow("No, not this time")
    phone.press("Yes, decline")
    assert "You have declined the place" in phone.text
    stage.work()


def hold_the_day(stage: Stage) -> None:
    """The host looks at the roster and takes the register."""
    host = stage.sign_in(HOST)
    host.go("/host/")
    host.follow(EVENT)
    host.follow("Roster")
    assert "Amara Okoro" in host.text
    assert "Bela Price" in host.text
    assert "Nut allergy: pen in the red bag" in host.text
    assert "Ngozi" not in host.text
    host.follow("Register")
    host.press("Here", near="Amara Okoro")
    host.press("Not here", near="Bela Price")
    assert "To mark 0" in host.text


def settle_the_account(stage: Stage) -> None:
    """The treasurer pays the speaker and closes the event; what is left goes to the CPD fund."""
    treasurer = stage.sign_in(TREASURER)
    treasurer.go("/fund/")
    assert "CPD fund £0.60" in treasurer.text
    treasurer.follow("A payout of card payments")
    treasurer.press("Record", {"pence": "5.71"})
    treasurer.go("/fund/")
    treasurer.follow("A cost of an event")
    chosen = next(value for words, value in treasurer.choices("event").items() if EVENT in words)
    treasurer.press("Record", {"event": chosen, "pence": "3", "description": "Puzzles lent"})
    treasurer.go("/fund/events")
    treasurer.follow(EVENT)
    treasurer.press("Close the event")
    treasurer.go("/fund/")
    assert "CPD fund £3.00" in treasurer.text


def look_from_outside(stage: Stage) -> None:
    """Everybody can find the day in the calendar and among the past events."""
    anybody = stage.walker()
    anybody.go("/?past=1")
    anybody.follow(EVENT)
    feed = stage.app.test_client().get("/calendar/network.ics")
    assert f"SUMMARY:{EVENT}" in feed.text
    assert "STATUS:CONFIRMED" in feed.text
