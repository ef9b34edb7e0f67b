"""What the security log tells of: a fixed table, so that whoever reads it knows every event."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SecurityEvent:
    """One kind of event: its name in the log, what it means, and how it can end."""

    name: str
    meaning: str
    outcomes: frozenset[str]


def _event(name: str, meaning: str, *outcomes: str) -> SecurityEvent:
    return SecurityEvent(name, meaning, frozenset(outcomes))


SIGN_IN = _event(
    "sign_in",
    "Somebody tried to sign in: let in, led to the second step, with a wrong address, password or "
    "code, or too often.",
    "good",
    "second_step",
    "failed",
    "throttled",
)
SIGN_OUT = _event("sign_out", "Somebody signed out.", "done")
SESSIONS_ENDED = _event(
    "sessions_ended", "Sessions of a person were ended: one, or all but their own.", "one", "all"
)
LINK_ASKED = _event(
    "link_asked",
    "Somebody asked for a link by mail, such as to choose a new password.",
    "asked",
    "throttled",
)
PASSWORD = _event("password", "A person’s password was changed.", "changed")
IDENTITY = _event(
    "identity",
    "A Google or Microsoft account began to open an account, or no longer does.",
    "linked",
    "removed",
)
DENIED = _event(
    "denied",
    "A page or object was not given: there is none, or it is another’s. “unknown” is a visitor’s "
    "guess at a private link.",
    "refused",
    "unknown",
)
FORGED = _event(
    "forged",
    "A form came from another site, without its token, or for another name than the site’s own.",
    "other_site",
    "no_token",
    "other_name",
)
THROTTLED = _event("throttled", "Something was asked for too often.", "refused")
EXPORT = _event(
    "export", "A list of families, or papers made from it, left the site as a file.", "done"
)
MONEY_EXPORT = _event("money_export", "The books or a statement left the site as a file.", "done")
REFUND = _event(
    "refund",
    "A refund was asked for, answered, refused, or taken back; or a family gave the money instead.",
    *("asked", "answered", "failed", "withdrawn", "gift"),
)
HEALTH_READ = _event(
    "health_read", "Somebody read health data, an incident or an emergency contact.", "done"
)
BREAK_GLASS = _event(
    "break_glass",
    "Somebody opened another school’s family data, for a reason and a short time.",
    "opened",
)
FACTOR = _event(
    "second_factor",
    "A second factor was added, removed or reset, or a recovery code was made or used.",
    "added",
    "removed",
    "reset",
    "codes_made",
    "code_used",
)
ROLE = _event("role", "A role was given or taken away.", "given", "taken")
ACCOUNT = _event(
    "account", "An account was made, closed or opened again.", "made", "closed", "opened"
)
SETTINGS = _event("settings", "A rule of the network was changed.", "changed")
WEBHOOK = _event("webhook", "A message that is not the card processor’s was refused.", "refused")

#: Every event, by its name.
EVENTS = {
    event.name: event
    for event in (
        SIGN_IN,
        SIGN_OUT,
        SESSIONS_ENDED,
        LINK_ASKED,
        PASSWORD,
        IDENTITY,
        DENIED,
        FORGED,
        THROTTLED,
        EXPORT,
        MONEY_EXPORT,
        REFUND,
        HEALTH_READ,
        BREAK_GLASS,
        FACTOR,
        ROLE,
        ACCOUNT,
        SETTINGS,
        WEBHOOK,
    )
}
#: What the audit trail records is told in the security log too: which act is which event.
OF_ACTS: dict[str, tuple[SecurityEvent, str]] = {
    "sign_in": (SIGN_IN, "good"),
    "begin_sign_in": (SIGN_IN, "second_step"),
    "sign_out": (SIGN_OUT, "done"),
    "end_session": (SESSIONS_ENDED, "one"),
    "end_other_sessions": (SESSIONS_ENDED, "all"),
    "change_password": (PASSWORD, "changed"),
    "link_identity": (IDENTITY, "linked"),
    "unlink_identity": (IDENTITY, "removed"),
    "add_passkey": (FACTOR, "added"),
    "add_app": (FACTOR, "added"),
    "remove_passkey": (FACTOR, "removed"),
    "remove_app": (FACTOR, "removed"),
    "reset_factors": (FACTOR, "reset"),
    "new_recovery_codes": (FACTOR, "codes_made"),
    "use_recovery_code": (FACTOR, "code_used"),
    "export_pupils": (EXPORT, "done"),
    "copy_everything": (EXPORT, "done"),
    "download_roster": (EXPORT, "done"),
    "download_coach_list": (EXPORT, "done"),
    "download_day_paper": (EXPORT, "done"),
    "download_visit_pack": (EXPORT, "done"),
    "download_emergency_cards": (EXPORT, "done"),
    "export_books": (MONEY_EXPORT, "done"),
    "request_refund": (REFUND, "asked"),
    "record_refund": (REFUND, "answered"),
    "fail_refund": (REFUND, "failed"),
    "withdraw_refund": (REFUND, "withdrawn"),
    "give_instead": (REFUND, "gift"),
    "read_health": (HEALTH_READ, "done"),
    "read_incident": (HEALTH_READ, "done"),
    "open_contact": (HEALTH_READ, "done"),
    "open_pupils": (BREAK_GLASS, "opened"),
    "grant_role": (ROLE, "given"),
    "revoke_role": (ROLE, "taken"),
    "stop_role": (ROLE, "taken"),
    "add_person": (ACCOUNT, "made"),
    "disable_person": (ACCOUNT, "closed"),
    "enable_person": (ACCOUNT, "opened"),
    "keep_network_rules": (SETTINGS, "changed"),
    "keep_ledger_rules": (SETTINGS, "changed"),
    "keep_bid_rules": (SETTINGS, "changed"),
    "keep_host_places": (SETTINGS, "changed"),
    "offer_transfers": (SETTINGS, "changed"),
    "show_money": (SETTINGS, "changed"),
}
#: The acts by which families' data leaves as files.
EXPORT_ACTS = frozenset(act for act, (event, _outcome) in OF_ACTS.items() if event is EXPORT)
#: The acts by which another school's family data is opened.
OPENINGS = frozenset(act for act, told in OF_ACTS.items() if told == (BREAK_GLASS, "opened"))
#: The acts by which somebody reads about health or an emergency.
HEALTH_ACTS = frozenset(act for act, (event, _outcome) in OF_ACTS.items() if event is HEALTH_READ)
#: The outcomes by which something was refused.
BAD = frozenset(
    {"failed", "throttled", "refused", "unknown", "other_site", "no_token", "other_name"}
)
