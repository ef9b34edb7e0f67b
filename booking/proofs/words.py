"""What is proved, what came of it and why not, in words for everybody."""

from collections.abc import Callable, Mapping
from datetime import date

from booking.domain.english import plural
from booking.domain.proving import ProofPart, Standing
from booking.proofs.details import WhyNot

TITLES = {
    ProofPart.CHECKS: "What must always hold, holds",
    ProofPart.TRAIL: "The record of acts is as it was written",
    ProofPart.LEDGER: "The accounts are as they were written, and add up",
    ProofPart.ROUNDS: "Every published sharing of places comes out the same again",
    ProofPart.COPY: "The newest copy can be restored, and is whole",
}
#: What it means: for a parent, and for a head teacher.
MEANINGS = {
    ProofPart.CHECKS: (
        "The program goes through its own data and looks for anything that must never be: a place "
        "given to two children, a consent without its words, a payment without its event.",
        "Each promise that the program makes is asked of all the data, one after another. If any "
        "does not hold, the network lead is told the same night.",
    ),
    ProofPart.TRAIL: (
        "Whoever does something here leaves a line in a record. Nobody, not even we, can change or "
        "remove such a line later without this turning red.",
        "Each line is sealed with a fingerprint of all lines before it. We work the fingerprints "
        "out again, each night for what is new and once a week for all of it.",
    ),
    ProofPart.LEDGER: (
        "Every penny that families and schools paid is in the accounts, once. They add up, and "
        "what was written stays as it was written.",
        "Every entry balances, every total is the sum of its entries, and closed years end as they "
        "were closed. The entries are sealed like the record of acts.",
    ),
    ProofPart.ROUNDS: (
        "How places are shared is drawn by a rule that anybody can check. We check each one again: "
        "the same wishes and the same lots give the same places.",
        "From the inputs that were published with it, each round is worked out again and compared "
        "with its result, with the promise made beforehand, and with what your school received.",
    ),
    ProofPart.COPY: (
        "If the computer breaks, nothing is lost for longer than a day. We do not only make a copy "
        "each night; we open it and see that all is there.",
        "The newest copy is restored into a database of its own, which is then thrown away. Its "
        "rows are counted, both records end where they ended, and all checks hold in it too.",
    ),
}
REASONS: Mapping[str, str] = {
    WhyNot.NO_COPY: "No copy of the database has been made yet.",
    WhyNot.ELSEWHERE: "Another program makes the copies, so they are tried out elsewhere.",
    WhyNot.AWAY: "The newest copy is no longer where it was made.",
    WhyNot.LOCKED: "The newest copy is encrypted, and its key is kept elsewhere, as it should be.",
    WhyNot.OTHER_VERSION: "The newest copy is from before the last upgrade.",
    WhyNot.NO_ROOM: "The server does not let us make a database to be thrown away.",
}
#: What to do about it, for whoever runs the server.
ADVICE: Mapping[str, str] = {
    WhyNot.NO_COPY: "Run “fairplace backup” every night.",
    WhyNot.ELSEWHERE: "Where the copies are, restore one now and then, and run “fairplace doctor”.",
    WhyNot.AWAY: "Leave the newest copy where “fairplace backup” wrote it, for the worker to read.",
    WhyNot.LOCKED: "Where the key is, run “fairplace prove --copy COPY --key KEY”.",
    WhyNot.OTHER_VERSION: "The next copy is tried out again.",
    WhyNot.NO_ROOM: "Let the role make databases: ALTER ROLE … CREATEDB.",
}
STANDINGS = {
    Standing.PROVED: ("Proved", "good"),
    Standing.OLD: ("Proved, but too long ago", "warn"),
    Standing.FAILED: ("Failed", "bad"),
    Standing.WORTHLESS: ("Not proved for days", "bad"),
    Standing.UNPROVED: ("Not proved here", "neutral"),
}
WHAT_IS_COUNTED = {
    ProofPart.TRAIL: "act",
    ProofPart.LEDGER: "entry",
    ProofPart.ROUNDS: "round",
    ProofPart.COPY: "row",
}


#: What is said to everybody of a part that cannot be proved here; of other reasons only that.
WHY_NOT: Mapping[str, str] = {
    WhyNot.NO_COPY: REASONS[WhyNot.NO_COPY],
    WhyNot.ELSEWHERE: REASONS[WhyNot.ELSEWHERE],
    WhyNot.LOCKED: f"{REASONS[WhyNot.LOCKED]} Whoever has the key tries it out there, with "
    "“fairplace prove --copy COPY --key KEY”.",
}
NOT_NOW = "It could not be tried out lately; whoever runs the network knows."
NOT_YET = "It has not been proved here yet."
ASK_WHAT = (
    "Ask whoever runs the server to run “fairplace prove”: it names what does not hold. Until you "
    "know why, keep all copies of the database, and change nothing in it by hand."
)
ASK_LOG = (
    "Ask whoever runs the server: the worker’s log says why. “fairplace prove” proves it at once."
)
#: How a whole page is summed up, by the worst of its parts: heading, sentence, tone. Given "4 of
#: 5", and whether that is all of them.
SUMMARIES: dict[Standing, Callable[[str, bool], tuple[str, str, str]]] = {
    Standing.PROVED: lambda count, all_: (
        ("Everything is proved", "It was proved last night or today.", "good")
        if all_
        else (f"{count} are proved", "The rest cannot be proved here, as is said below.", "good")
    ),
    Standing.OLD: lambda count, _: (
        f"{count} are proved",
        "The rest was proved, but too long ago to say much.",
        "warn",
    ),
    Standing.WORTHLESS: lambda count, _: (
        f"{count} are proved",
        "The rest has not been proved for days.",
        "bad",
    ),
    Standing.FAILED: lambda count, _: (
        f"{count} are proved",
        "Something did not hold. Whoever runs the network has been told.",
        "bad",
    ),
    Standing.UNPROVED: lambda _, __: (
        "Nothing has been proved yet",
        "The first proof follows within minutes of the start of a new site.",
        "info",
    ),
}


def counts(part: ProofPart, *, checks: int, counted: int, reached: int = 0) -> str:
    """Return "2 checks of 12,000 acts", and how many of these were new since the last proof."""
    said = plural(checks, "check")
    if part not in WHAT_IS_COUNTED:
        return said
    new = "" if counted == max(counted, reached) else f", {counted:,} of them new"
    return f"{said} of {plural(max(counted, reached), WHAT_IS_COUNTED[part])}{new}"


def night(at: date, standing: Standing | None) -> str:
    """Return what a night's square says to who cannot see it."""
    told = STANDINGS[standing][0].lower() if standing else "nothing was proved"
    return f"{at.day} {at:%B}: {told}"
