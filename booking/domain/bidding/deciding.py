"""Who may decide on a bid, and how many people must approve it.

Nobody decides on money for themselves or for a school where they hold a role; above a limit two
different people approve, as small charities are advised to do with payments (dual authority).
"""

from collections.abc import Collection

from booking.domain.bidding.rules import Rules


class NotYours(ValueError):
    """This person may not decide on this bid; the message says who may."""


class OwnBid(NotYours):
    """The person applied for it."""


class OwnSchool(NotYours):
    """The money is for a school where the person holds a role."""


class ApprovedBefore(NotYours):
    """The person has already approved it: the second approval must come from somebody else."""


def approvals_needed(pence: int, rules: Rules) -> int:
    """Return how many different people must approve this amount (pence)."""
    return 2 if pence > rules.two_above_pence else 1


def check_decider(
    *,
    person_id: int | None,
    person_schools: Collection[int],
    applicant_id: int | None,
    school_id: int,
    approved_by: Collection[int],
) -> None:
    """Raise OwnBid, OwnSchool or ApprovedBefore unless the person may decide."""
    if person_id is not None and person_id == applicant_id:
        raise OwnBid("You made this bid, so the network's other lead or treasurer decides on it.")
    if school_id in person_schools:
        raise OwnSchool(
            "This bid is for a school where you hold a role, so the network's other lead or "
            "treasurer decides on it."
        )
    if person_id in approved_by:
        raise ApprovedBefore(
            "You have approved this bid. A second person must approve it too: it is above the "
            "amount that one person may approve."
        )


def decision_barred(
    *,
    person_id: int | None,
    person_schools: Collection[int],
    applicant_id: int | None,
    school_id: int,
    approved_by: Collection[int],
) -> str:
    """Return why the person may not decide, or return an empty text."""
    try:
        check_decider(
            person_id=person_id,
            person_schools=person_schools,
            applicant_id=applicant_id,
            school_id=school_id,
            approved_by=approved_by,
        )
    except NotYours as barred:
        return str(barred)
    return ""
