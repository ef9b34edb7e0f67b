"""Domains of e-mail addresses: which can never get mail, and which look like a slip of the hand."""

#: Endings that the public Internet will never have: RFC 2606, RFC 6761, RFC 6762 (appendix G) and
#: the name that ICANN keeps for private networks. Mail to them goes nowhere.
UNREACHABLE = frozenset(
    [
        "arpa",
        "corp",
        "home",
        "internal",
        "intranet",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "onion",
        "private",
        "test",
        "workgroup",
    ]
)
#: Names kept for examples: invented people have them, and nobody else.
INVENTED = frozenset({"example", "example.com", "example.net", "example.org"})
#: Where most families in Britain have their mailbox.
COMMON = frozenset(
    [
        "aol.com",
        "blueyonder.co.uk",
        "btinternet.com",
        "btopenworld.com",
        "gmail.com",
        "googlemail.com",
        "hotmail.co.uk",
        "hotmail.com",
        "icloud.com",
        "live.co.uk",
        "live.com",
        "ntlworld.com",
        "outlook.com",
        "protonmail.com",
        "talktalk.net",
        "tiscali.co.uk",
        "virginmedia.com",
        "yahoo.co.uk",
        "yahoo.com",
    ]
)
#: Real ones that look like a slip, and what nobody is asked about.
ALSO_REAL = frozenset(
    [
        "email.com",
        "fmail.co.uk",
        "gmx.com",
        "hotmail.ca",
        "hotmail.de",
        "hotmail.es",
        "hotmail.fr",
        "hotmail.it",
        "live.ca",
        "live.de",
        "live.fr",
        "live.ie",
        "live.it",
        "live.nl",
        "mail.com",
        "me.com",
        "outlook.co.uk",
        "outlook.de",
        "outlook.es",
        "outlook.fr",
        "outlook.ie",
        "yahoo.ca",
        "yahoo.com.au",
        "yahoo.de",
        "yahoo.es",
        "yahoo.fr",
        "yahoo.ie",
        "yahoo.in",
        "yahoo.it",
        "ymail.com",
    ]
)
#: Slips of more than one letter that people do make.
_FAMILIAR = {
    "gmail.co.uk": "gmail.com",
    "gmail.uk": "gmail.com",
    "googlemail.co.uk": "googlemail.com",
    "btinternet.co.uk": "btinternet.com",
    "icloud.co.uk": "icloud.com",
    "hotmail.uk": "hotmail.co.uk",
    "yahoo.uk": "yahoo.co.uk",
}


def is_unreachable(domain: str, *, but_invented: bool) -> bool:
    """Return whether no mail can ever reach `domain`.

    Names kept for examples count as reachable if `but_invented`: in demonstrations and tests.
    """
    name = domain.lower().rstrip(".")
    if "." not in name or not name[-1].isalpha():
        return True  # a computer's own name, or its number
    if _ends(name, UNREACHABLE):
        return True
    return not but_invented and _ends(name, INVENTED)


def meant(domain: str) -> str:
    """Return the common domain that `domain` was probably meant to be, or "".

    It is a question to ask, never a reason to refuse: a real domain may look like a slip.
    """
    name = domain.lower().rstrip(".")
    if name in COMMON or name in ALSO_REAL:
        return ""
    if name in _FAMILIAR:
        return _FAMILIAR[name]
    return min((common for common in COMMON if is_one_slip(name, common)), default="")


def is_one_slip(typed: str, other: str) -> bool:
    """Return whether one letter too few, too many or wrong, or two swapped, make the difference."""
    if typed == other or abs(len(typed) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(typed), len(other)) and typed[same] == other[same]:
        same += 1
    left, right = typed[same:], other[same:]
    return (
        left[1:] == right[1:]  # a wrong letter
        or left[1:] == right  # one too many
        or left == right[1:]  # one too few
        or (left[:2] == right[1::-1] and left[2:] == right[2:])  # two swapped
    )


def _ends(name: str, endings: frozenset[str]) -> bool:
    return any(name == ending or name.endswith(f".{ending}") for ending in endings)
