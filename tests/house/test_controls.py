"""`docs/CONTROLS.md` says what the code does: its figures, keys and connections are compared."""

import importlib
import re
from datetime import timedelta

import pytest

from booking.domain import second_factors
from booking.domain.permissions import Role
from tests.house import tree

CONTROLS = "docs/CONTROLS.md"
#: A row of a table whose last two cells are a figure and where it is: `module:NAME`.
FIGURE = re.compile(r"^\|.*\| ([^|]+) \| `([\w.]+):([\w.]+)` \|$", re.MULTILINE)
FIGURES_MIN = 25
#: Modules by which something is encrypted, signed or hashed with a key, or a connection is secured.
CRYPTOGRAPHY = {
    *("argon2", "authlib", "cryptography", "hmac", "itsdangerous", "fido2", "joserfc", "nacl"),
    *("pyotp", "pyrage", "ssl"),
}
#: Modules by which another machine, or another program, is asked.
CONNECTIONS = {
    *("dns", "http.client", "httpx", "imaplib", "ldap3", "poplib", "redis", "requests"),
    *("smtplib", "socket", "stripe", "urllib.request"),
}
#: Where somebody is let in, after their own proof: each is a row of the table of ways.
WAYS_IN = ("booking/people/schools/routes/", "booking/people/openid/", "booking/people/factors/")
#: Settings that hold a secret, or may.
SECRET_SETTING = re.compile(r"KEY$|SECRET$|TOKEN$|PASSWORD$|_URL$")
HOLDS_NONE = {"BASE_URL"}
UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


def in_words(value):
    """Return a figure as the document writes it."""
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        unit, size = next(pair for pair in UNITS if seconds % pair[1] == 0)
        count = seconds // size
        return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def section(heading):
    """Return one section of the document."""
    [text] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", tree.document(CONTROLS), re.M | re.S)
    return text


def libraries(known):
    """Return which of these modules our code imports."""
    imported = {
        module for source in tree.under("booking/") for module in tree.imported(source.tree)
    }
    return {each for each in known for module in imported if f"{module}.".startswith(f"{each}.")}


def test_every_figure_is_the_one_in_the_code():
    figures = FIGURE.findall(tree.document(CONTROLS))
    wrong = []
    for said, module, name in figures:
        value = importlib.import_module(module)
        for part in name.split("."):
            value = getattr(value, part)
        if said != in_words(value):
            wrong.append(f"{CONTROLS} says {said} for {module}:{name}; write {in_words(value)}")

    assert len(figures) >= FIGURES_MIN
    assert wrong == []


@pytest.mark.parametrize(
    ("value", "words"),
    [(10_000, "10,000"), (timedelta(minutes=90), "90 minutes"), (timedelta(days=1), "1 day")],
)
def test_a_figure_is_written_as_people_do(value, words):
    assert in_words(value) == words


def test_every_key_and_algorithm_is_in_the_inventory():
    told = section("Keys and algorithms")
    from booking import settings

    secret = {s.name for s in settings.SETTINGS if SECRET_SETTING.search(s.name)} - HOLDS_NONE
    assert [name for name in sorted(secret) if f"`{name}`" not in told] == []
    assert [name for name in sorted(libraries(CRYPTOGRAPHY)) if f"`{name}`" not in told] == []


def test_every_way_of_signing_in_ends_in_one_place():
    """Nobody begins a session elsewhere, so no way in can do without what that place asks for."""
    beginning = [
        source.path
        for source in tree.under("booking/")
        if re.search(r"\blogin_user\(|\bsessions\.renew\(|\[PERSON_KEY\] =", source.text)
    ]

    assert beginning == ["booking/people/schools/routes/letting_in.py"]
    leading = [
        source.path
        for source in tree.under("booking/")
        if re.search(r"\bletting_in\.(?:admit|begin)\(", source.text)
    ]
    assert [path for path in leading if not path.startswith(WAYS_IN)] == []
    listed = section("Signing in")
    for way in ("sign-in", "Google, Microsoft", "invitation", "private link", "private calendar"):
        assert re.search(rf"^\| {way}", listed, re.MULTILINE), way


def test_who_needs_no_second_factor_is_told_with_the_reason_and_what_stands_against_it():
    """ASVS 6.3.3 may be relaxed where both are written down."""
    told = section("Signing in")
    without = {Role.COORDINATOR, Role.HOST} - second_factors.NEEDING

    assert without == {Role.COORDINATOR, Role.HOST}
    for reason in ("a parent’s one factor is enough", "coordinators and hosts may do with one"):
        [words] = re.findall(rf"^\*\*Why {reason}[^*]*\*\* (.+?)(?=\n\n|\Z)", told, re.M | re.S)
        assert len(words) > 400, reason


def test_every_way_to_another_machine_is_in_the_table():
    told = section("Connections")
    ways = libraries(CONNECTIONS)

    assert len(ways) > 4
    assert [name for name in sorted(ways) if f"`{name}`" not in told] == []


def test_every_file_that_is_named_is_there():
    named = set(re.findall(r"`(booking/[\w/.]+)`", tree.document(CONTROLS)))

    assert [path for path in sorted(named) if not (tree.ROOT / path).exists()] == []


def test_the_document_has_every_section():
    assert re.findall(r"^## (.+)$", tree.document(CONTROLS), re.MULTILINE) == [
        "What may be typed",
        "Limits",
        "Every way money leaves",
        "Files",
        "Signing in",
        "Sessions",
        "Keys and algorithms",
        "Connections",
        "Data",
        "What takes long",
        "Logs",
        "Libraries",
    ]
