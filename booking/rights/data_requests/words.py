"""What requests about what is held are called."""

from booking.domain.data_rights import AskedChannel, AskedState, DataRight

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
    DataRight.RESTRICTION: "While it is checked whether something is right or needed, keep it and "
    "do not use it. Name the pupil for nothing new, and tell whoever works with the list.",
    DataRight.OBJECTION: "Stop, unless you have reasons that weigh more than the person’s. Those "
    "reasons go into the answer.",
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
