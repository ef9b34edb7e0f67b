"""What second factors are called, in mail and in histories."""

APP = "an authenticator app"
#: What was done, as a sentence of the mail to its person.
CHANGED = {
    "add_passkey": "A passkey was added: “{name}”.",
    "remove_passkey": "A passkey was removed: “{name}”.",
    "add_app": "An authenticator app was added.",
    "remove_app": "The authenticator app was removed.",
    "new_recovery_codes": "New recovery codes were made. The old ones no longer work.",
    "use_recovery_code": "Somebody signed in with one of your recovery codes. {left} are left.",
    "reset_factors": (
        "All your passkeys, your authenticator app and your recovery codes were removed, because "
        "somebody said that you had lost them."
    ),
}


def who_resets(*, is_lead: bool, others: bool) -> str:
    """Return who can reset somebody's second factors, as the beginning of a sentence.

    `others` says whether there is a lead besides them: nobody resets their own.
    """
    if not others:
        return "Only whoever runs this site"
    return "Another network lead" if is_lead else "A network lead"
