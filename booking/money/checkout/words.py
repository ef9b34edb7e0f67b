"""The words that a parent agrees to, and the words for the status of a fee."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from booking.domain.payment_states import FundingStatus


@dataclass(frozen=True)
class ConsentWords:
    """What a parent agrees to, sentence by sentence."""

    sentences: tuple[str, ...]

    @property
    def hash(self) -> str:
        """Return the SHA-256 that is kept with the answer, to show which words they were."""
        return hashlib.sha256("\n".join(self.sentences).encode()).hexdigest()


def consent(
    *,
    forename: str,
    title: str,
    when: Sequence[str],
    venue: str,
    led_by: str,
    host: str,
    school: str,
) -> ConsentWords:
    """Return the words for one pupil at one event."""
    return ConsentWords(
        (
            f"I agree that {forename} takes part in “{title}” ({'; '.join(when)}) at {venue}.",
            f"The event is led by {led_by} and hosted by {host}.",
            f"In an emergency, staff may give first aid and call for medical help for {forename}.",
            f"{school} passes on to the host what I tell on the next pages, and nothing else.",
        )
    )


#: The status of a fee, for the pupil's own school only. The same neutral words for every family.
FUNDING = {
    FundingStatus.REQUESTED: "Asked",
    FundingStatus.PROMISED: "Promised",
    FundingStatus.RECEIVED: "Received",
    FundingStatus.PARTLY: "Partly received",
    FundingStatus.DECLINED_NO_REASON_ASKED: "Not this time",
    FundingStatus.REMITTED: "Remitted",
    FundingStatus.SCHOOL_PAID: "School pays",
    FundingStatus.REFUNDED: "Refunded",
}
