"""Why nobody is signed in by Google or Microsoft. Each has a page that says what to do next."""

from booking.domain.identity_claims import ProviderKind


class OpenidRefused(Exception):
    """It came to nothing; the message is a sentence for the person, `why` a word for the log."""

    status = 403
    #: What the page is called.
    title = "You are not signed in"
    why = "refused"


class AttemptGone(OpenidRefused):
    """The answer fits nothing that this browser asked for, or not any more."""

    status = 400
    title = "Please begin again"
    why = "state"

    def __init__(self) -> None:
        super().__init__(
            "This answer was used before, is older than ten minutes, or belongs to another browser."
            " Begin again; if you did not begin at all, close this page."
        )


class ProviderSilent(OpenidRefused):
    """The provider could not be reached, or did not answer in time, or said that it is broken."""

    status = 503
    why = "silent"

    def __init__(self, provider: str) -> None:
        self.title = f"{provider} does not answer"
        super().__init__(f"{provider} did not answer in time. Try again in a minute.")


class NotUnderstood(OpenidRefused):
    """What the provider sent is not what OpenID Connect says."""

    status = 502
    why = "not_understood"

    def __init__(self, provider: str) -> None:
        self.title = f"{provider} sent something that we cannot use"
        super().__init__(
            f"What {provider} sent cannot be used. Try again; if it stays like this, tell the "
            "network: the settings of this site, or theirs, may be wrong."
        )


class ProviderDeclined(OpenidRefused):
    """The person changed their mind, or the provider does not let them."""

    why = "declined"

    def __init__(self, provider: str) -> None:
        super().__init__(
            f"{provider} did not sign you in: you turned back, or your organisation does not allow "
            "it. Try again, or ask whoever looks after your school’s accounts."
        )


class CodeRefused(OpenidRefused):
    """The provider does not take the code that came with the answer: used before, or too old."""

    status = 400
    title = "Please begin again"
    why = "code"

    def __init__(self, provider: str) -> None:
        super().__init__(f"{provider} no longer knows this attempt. Begin again.")


class NotProven(OpenidRefused):
    """The ID token does not prove anything to us. `why` says which part of it."""

    title = "We could not make sure that it is you"

    def __init__(self, provider: str, why: str) -> None:
        self.why = why
        super().__init__(
            f"What {provider} said could not be verified, so it was not believed. Try again; if it "
            "stays like this, tell the network."
        )


class OtherOrganisation(OpenidRefused):
    """The account belongs to nobody's school here."""

    title = "This is an account of another organisation"
    why = "organisation"

    def __init__(self, provider: str) -> None:
        super().__init__(
            f"Choose the {provider} account that your school gave you. Only accounts of certain "
            "organisations can be used here."
        )


class NothingProven(OpenidRefused):
    """The provider does not say that the address is the person's."""

    title = "Your address is not verified"
    why = "not_verified"

    def __init__(self, kind: ProviderKind, provider: str) -> None:
        advice = {
            ProviderKind.GOOGLE: "Use the account that your school gave you, or an address at "
            "Gmail: of other addresses, Google does not know whose they are today.",
            ProviderKind.MICROSOFT: "Ask whoever looks after your school’s accounts to let it send "
            "“email” and “xms_edov”.",
        }[kind]
        super().__init__(
            f"{provider} does not say that it has verified your e-mail address. {advice}"
        )


class NobodyKnown(OpenidRefused):
    """Nobody who may sign in has this address: unknown, closed, or somebody else's by now.

    One answer for all, because the address alone must not tell which.
    """

    title = "There is no account for this address"
    why = "nobody"

    def __init__(self, provider: str, address: str) -> None:
        super().__init__(
            f"{provider} says that you are {address}, and nobody signs in here like that. Choose "
            "another account. If you have been invited, open the link in that mail first. If you "
            "have a password here, sign in with it."
        )


class OtherPerson(OpenidRefused):
    """It is somebody else's account than that of the person or invitation at hand."""

    title = "This is somebody else’s account"
    why = "other_person"

    def __init__(self, provider: str, wanted: str) -> None:
        super().__init__(
            f"The {provider} account that you chose has another address. Choose that of {wanted}."
        )


class LinkRefused(ValueError):
    """This link cannot be made or removed; the message says why and what to do."""


class LastWay(LinkRefused):
    """Without it, the person could not sign in at all."""

    def __init__(self) -> None:
        super().__init__(
            "This is your only way to sign in. Choose a password first: “Forgotten your password?” "
            "on the sign-in page sends you a link."
        )


class AlreadyGone(LinkRefused):
    """It was removed before."""

    def __init__(self) -> None:
        super().__init__("This was removed already.")
