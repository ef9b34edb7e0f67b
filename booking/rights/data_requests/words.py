"""What requests about what is held are called."""

from booking.domain.data_rights import AskedChannel, AskedState, DataRight, RestrictionGround
from booking.rights.data_requests.models import DataRequest

#: For whoever asks, on their own page.
RIGHTS = {
    DataRight.ACCESS: "A copy of everything you hold",
    DataRight.RECTIFICATION: "Something wrong put right",
    DataRight.ERASURE: "Everything deleted",
    DataRight.RESTRICTION: "It only kept, and not used, for now",
    DataRight.OBJECTION: "I object to its being used",
}
#: In a list, and in the middle of a sentence.
SHORT = {
    DataRight.ACCESS: "a copy",
    DataRight.RECTIFICATION: "a correction",
    DataRight.ERASURE: "erasure",
    DataRight.RESTRICTION: "a restriction",
    DataRight.OBJECTION: "an objection",
}
#: What to do about each, for whoever answers.
ADVICE = {
    DataRight.ACCESS: "Take the copy on the page of the pupil or the person, and give it to who "
    "asked. Choose who asks there, so that a copy never has the other parent’s address.",
    DataRight.RECTIFICATION: "Correct it on its own page: the pupil, the parent, the answers. An "
    "incident gets an addition, where everybody reads it who reads the incident; the treasurer "
    "reverses what is wrong in the ledger, with the reason.",
    DataRight.ERASURE: "Take a copy first if one is wanted, then erase on the page of the pupil or "
    "the person. It says what stays, and why.",
    DataRight.RESTRICTION: "If you grant it, what is held is kept and not used: nobody is named "
    "for anything new, and no mail or file is made but for a day that is already agreed.",
    DataRight.OBJECTION: "Stop, unless you have reasons that weigh more than the person’s. Those "
    "reasons go into the answer. While you weigh them, or if you stop altogether, restrict it.",
}
#: Why something is only kept and not used.
GROUNDS = {
    RestrictionGround.ACCURACY: "It may be wrong, and is being checked",
    RestrictionGround.UNLAWFUL: "It should not have been used, and they want it kept",
    RestrictionGround.CLAIM: "They need it for a legal claim: nothing of it is deleted meanwhile",
    RestrictionGround.OBJECTION: "They object to its being used",
}
STATES = {
    AskedState.OPEN: ("To answer", "info"),
    AskedState.DONE: ("Done", "good"),
    AskedState.REFUSED: ("Not done", "neutral"),
}
LATE, SOON = ("Late", "bad"), ("Soon", "warn")
CHANNELS = {
    AskedChannel.POST: "By post",
    AskedChannel.EMAIL: "By e-mail",
    AskedChannel.TELEPHONE: "By telephone",
    AskedChannel.IN_PERSON: "In person",
    AskedChannel.PAGE: "On their own page",
}
EMPTIED = "No longer kept"


def why(request: DataRequest) -> str:
    """Return why something is restricted; what was granted in earlier versions has no reason."""
    return GROUNDS[request.ground] if request.ground else "The reason was not written down"
