"""What the kinds of mail are called, and why others cannot be stopped."""

from booking.people.mail_choices.models import StoppableMail

#: Title, and what is missed without it.
KINDS = {
    StoppableMail.NEW_EVENTS: (
        "New events",
        "A mail for each event that is published for your school. All are on the listing.",
    ),
    StoppableMail.REMINDERS: (
        "Reminders of deadlines",
        "A mail before requests or choices close. Your home page says the same.",
    ),
    StoppableMail.IDEAS: (
        "News about ideas",
        "What becomes of an idea that you proposed or seconded. Its page says the same.",
    ),
    StoppableMail.NETWORK_LIFE: (
        "Network life, once a week",
        "One mail on Mondays, if something is new or waits for you. The page about network life "
        "says the same.",
    ),
}
#: Every other mail, and why it comes whatever somebody chooses.
ALWAYS = (
    (
        "Places, and changes of an event",
        "A pupil could stand at a closed door, or lose a place, if you did not know.",
    ),
    ("Circulars and meetings", "Somebody of the network writes these to you, and may need you."),
    ("Money, decisions and claims", "Somebody waits for what you do about it."),
    ("Your account and your roles", "You have to know if somebody else changes them."),
    ("Alarms about the running site", "Without them, nobody would notice that mail has stopped."),
)


def title(kind: StoppableMail) -> str:
    """Return what a kind is called."""
    return KINDS[kind][0]
