"""A host's claims: one waits, one was sent back; payee and receipt are marked."""

from booking.days.events.models import Event
from tests.builders import claims
from tests.builders.schools import person_of

#: For those who run the event, and those who look after the fund; the receipt for fewer.
PAYEE_WORD, RECEIPT_WORD = "Zqpayee", "Zqreceipt"


def build(event: Event, emails: dict[str, str]) -> dict[str, str]:
    """Claim two costs, and ask for more about one."""
    host, treasurer = person_of(emails["host"]), person_of(emails["treasurer"])
    waiting = claims.make_claim(event, by=host, payee=PAYEE_WORD, receipt=RECEIPT_WORD)
    back = claims.make_claim(event, by=host, what="Glue")
    claims.send_back(back, by=treasurer)
    return {"claim": waiting.public_id, "claim_back": back.public_id}
