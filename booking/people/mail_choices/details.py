"""Which mails are of a kind that may be stopped, and the signed token of the link for that."""

from itsdangerous import BadSignature, URLSafeSerializer

from booking.people.mail_choices.models import StoppableMail

#: The mails of each kind, by their templates. Whatever is not here cannot be stopped.
KIND_OF = {
    "event_published": StoppableMail.NEW_EVENTS,
    "idea_news": StoppableMail.IDEAS,
    "life_digest": StoppableMail.NETWORK_LIFE,
    "requests_closing": StoppableMail.REMINDERS,
    "wishes_closing": StoppableMail.REMINDERS,
}


def token(person: str, kind: StoppableMail, *, secret: list[str]) -> str:
    """Return the token of the link in somebody's mail. It opens nothing but this choice."""
    return str(_signer(secret).dumps([person, kind.value]))


def read(said: str, *, secret: list[str]) -> tuple[str, StoppableMail] | None:
    """Return whose link a token is, by public id, and for which kind; None if it is not ours."""
    try:
        person, kind = _signer(secret).loads(said)
        return str(person), StoppableMail(kind)
    except (BadSignature, TypeError, ValueError):
        return None


def _signer(secret: list[str]) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="mail to stop")
