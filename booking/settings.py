"""Every setting of Fairplace: its name, its default and what it is for."""

import os
import re
from collections.abc import Mapping
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from textwrap import wrap
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from booking.domain import payee
from booking.foundation import contacts, folders
from booking.foundation.encryption import read_keys
from booking.foundation.files import viruses
from booking.foundation.notifications.bounces import inbox
from booking.foundation.notifications.transports import mail_servers
from booking.foundation.notifications.transports.mail_servers import Encryption
from booking.foundation.settings import DEFAULT_FIELD_KEY, DEFAULT_SECRET, BadSetting, Setting
from booking.foundation.web import logs
from booking.money.payments import providers
from booking.people.openid import providers as openid_providers
from booking.upkeep import age

BARE_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")
DEFAULT_SENDER = "Fairplace <bookings@fairplace.example>"
DEFAULT_CONTACT = "hello@fairplace.example"
#: How many characters a key that signs has at least.
SECRET_MIN = 32
#: A key with fewer different characters, or bytes, was typed and not drawn by lot.
CHARACTERS_MIN = 10


SETTINGS = (
    Setting("APP_ENV", "development", "development, testing or production", "production"),
    Setting(
        "DATABASE_URL",
        f"sqlite:///{folders.DATA / 'fairplace.db'}",
        "where the data lives: sqlite:///path or postgresql+psycopg://…",
        "sqlite:////var/lib/fairplace/fairplace.db",
    ),
    Setting("SECRET_KEY", DEFAULT_SECRET, "signs form tokens; any long random text", ""),
    Setting(
        "SECRET_KEY_FALLBACKS",
        "",
        "earlier SECRET_KEYs whose signatures still count, newest first, separated by commas",
    ),
    Setting(
        "FIELD_KEY",
        DEFAULT_FIELD_KEY,
        "encrypts health text and unsent mail: id:base64 of 32 bytes; several, newest first, "
        "are separated by commas",
        "",
    ),
    Setting(
        "BASE_URL",
        "http://localhost:8000",
        "the address at the start of links in e-mails, such as https://bookings.your.network",
        "",
    ),
    Setting("PAYMENTS", "demo", f"the card processor: {' or '.join(providers.PROVIDERS)}", "none"),
    Setting("PROCESSOR_SECONDS", "8", "how long a web page waits for the card processor in all"),
    *providers.settings(),
    Setting(
        "SMTP_URL",
        "",
        "smtps://user:password@host:port, smtp+starttls://… or smtp://…; empty prints mail",
        "",
    ),
    Setting(
        "MAIL_FROM",
        DEFAULT_SENDER,
        "the sender of all mail, such as Our network <bookings@your.network>",
        "",
    ),
    Setting("BOUNCE_ADDRESS", "", "where mail that cannot be delivered is returned to"),
    Setting(
        "DKIM_SELECTOR",
        "",
        "which key signs our mail, as your mail provider calls it, such as s1; only looked up",
    ),
    Setting(
        "BOUNCE_IMAP_URL",
        "",
        "the mailbox where such reports are read: imaps://user:password@host/INBOX; may be empty",
    ),
    Setting(
        "ERASED_LIST",
        "",
        "a file that lists who was erased, by number; if empty, beside the database",
    ),
    Setting("QUEUE_URL", "", "where background jobs wait; if empty, beside the database"),
    Setting("RATE_LIMIT_URL", "database://", "where throttle counts live"),
    Setting(
        "FEED_FETCHES_PER_HOUR",
        "120",
        "how often each web process sends a private calendar in full; a 304 does not count",
    ),
    Setting(
        "NETWORK_NAME",
        "The Fairplace network",
        "the network's name on every page",
        "",
    ),
    Setting(
        "NETWORK_BODY",
        "",
        "who is responsible for the network, such as “Aldermere Schools Trust”; on a public page",
    ),
    Setting(
        "CONTACT_EMAIL",
        DEFAULT_CONTACT,
        "where people write to the network, such as hello@your.network",
        "",
    ),
    Setting("FILES_MB_PER_SCHOOL", "200", "how many megabytes of files each school may keep"),
    Setting("CLAMD", "", "a virus checker for files: tcp://host:port or unix:///path; empty: none"),
    Setting("PAYEE_NAME", "", "the name of the bank account that schools pay invoices into"),
    Setting("PAYEE_SORT_CODE", "", "its sort code"),
    Setting("PAYEE_ACCOUNT_NUMBER", "", "its account number"),
    Setting("PAYEE_IBAN", "", "its IBAN, besides or in place of the two"),
    Setting("PAYEE_ADDRESS", "", "the sender's address on invoices; commas separate its lines"),
    Setting("PAYEE_CONTACT", "", "whom schools ask about an invoice; if empty, CONTACT_EMAIL"),
    Setting(
        "BACKUP_ENCRYPT_TO",
        "",
        "whom copies of the database are encrypted for: the public key age1… of `fairplace "
        "backup-key`; several, separated by commas; empty: they are not encrypted",
    ),
    Setting(
        "BACKUP_DAYS", "35", "how many days a copy is kept: `backup` deletes older ones beside it"
    ),
    Setting(
        "BACKUP_FOLDER",
        "",
        "where copies lie, so that old ones are noticed; if empty, backups beside the database",
    ),
    *openid_providers.SETTINGS,
    Setting("METRICS_TOKEN", "", "what Prometheus brings to read /metrics; empty: nobody reads it"),
    Setting("LOG_FORMAT", "text", "how every log is written: text for people, or json"),
    Setting("SECURITY_LOG", "", "a file for the security log; if empty, among the other lines"),
    Setting(
        "SECOND_FACTOR",
        "",
        "whether lead, treasurer and auditor must sign in with a second factor: required or "
        "offered; empty: required in production, else offered",
    ),
    Setting("TRUSTED_PROXIES", "0", "how many reverse proxies are in front", "1"),
    Setting("WEB_BIND", "127.0.0.1:8000", "where gunicorn listens"),
    Setting("WEB_WORKERS", "2", "how many processes serve pages"),
    Setting("WEB_THREADS", "4", "how many pages each of them serves at a time"),
    Setting("WEB_STOP_SECONDS", "15", "how long a stopping web server lets requests end"),
    Setting("WEB_ACCESS_LOG", "", "a file for gunicorn's log of requests, or - for its output"),
)

#: The pretend account of the demonstration and of tests, where none is set; never in production.
#: No bank has the sort code 00-00-00.
PRETEND_PAYEE = {
    "PAYEE_NAME": "The Fairplace network (pretend account)",
    "PAYEE_SORT_CODE": "00-00-00",
    "PAYEE_ACCOUNT_NUMBER": "01234567",
    "PAYEE_ADDRESS": "The Old Library, Market Place, Aldermere, AL1 2FP",
    "PAYEE_CONTACT": "treasurer@fairplace.example",
}
#: The settings that are whole numbers, and the smallest that makes sense.
NUMBERS = {
    "BACKUP_DAYS": 1,
    "PROCESSOR_SECONDS": 1,
    "FEED_FETCHES_PER_HOUR": 1,
    "FILES_MB_PER_SCHOOL": 1,
    "TRUSTED_PROXIES": 0,
    "WEB_WORKERS": 1,
    "WEB_THREADS": 1,
    "WEB_STOP_SECONDS": 1,
}


ABOUT_EXAMPLE = """
# The settings of Fairplace on a server; docs/INSTALL.md says where this file goes. `make settings`
# writes it from the table in booking/settings.py. Each value is between single quotes, where a
# shell, systemd and Docker look for nothing else, so a value may have no single quote in it.
"""


def example() -> str:
    """Return an example of all settings: those that every server chooses, then their defaults."""
    chosen = [_lines(each, each.on_server) for each in SETTINGS if each.on_server is not None]
    others = [_lines(each, each.default, "#") for each in SETTINGS if each.on_server is None]
    rest = "# Everything below may stay as it is. To change one, remove the mark before its name.\n"
    return "\n".join([ABOUT_EXAMPLE.lstrip(), *chosen, rest, *others])


def _lines(setting: Setting, value: str, mark: str = "") -> str:
    comment = "\n".join(f"# {line}" for line in wrap(setting.purpose, 98))
    return f"{comment}\n{mark}{setting.name}='{value}'\n"


def load(overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return Flask's configuration from the environment, then `overrides`.

    Raises BadSetting if production would start with an unsafe value.
    """
    values: dict[str, Any] = {s.name: _set(s.name) or s.default for s in SETTINGS}
    values.update(overrides or {})
    check(values)
    production = values["APP_ENV"] == "production"
    if not production and not any(values[name] for name in payee.SETTINGS):
        values.update(PRETEND_PAYEE)
    values["SECOND_FACTOR"] = values["SECOND_FACTOR"] or ("required" if production else "offered")
    return {
        "TESTING": values["APP_ENV"] == "testing",
        "SQLALCHEMY_DATABASE_URI": values["DATABASE_URL"],
        "SESSION_COOKIE_NAME": "__Host-sid" if production else "sid",
        "SESSION_COOKIE_SECURE": production,
        "MAX_CONTENT_LENGTH": 1_200_000,
        "MAX_FORM_MEMORY_SIZE": 1_200_000,
        "MAX_FORM_PARTS": 3000,
        "BOOTSTRAP_SERVE_LOCAL": True,
        # Private pages send no referrer, so we cannot require one; web/origins.py checks instead.
        "WTF_CSRF_SSL_STRICT": False,
        # Oldest first, as itsdangerous has it: the last one signs.
        "SIGNING_KEYS": signing_keys(values),
        "WTF_CSRF_SECRET_KEY": signing_keys(values),
        "WTF_CSRF_TIME_LIMIT": None,  # a token is valid for as long as the session it belongs to
        **values,
    }


def _set(name: str) -> str:
    """Return a setting from the environment, or else from a file of its name, or "".

    CREDENTIALS_DIRECTORY is systemd's own name for the folder in which it hands over secrets;
    Docker's is /run/secrets.
    """
    if said := os.environ.get(name):
        return said
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    file = Path(folder, name) if folder else None
    return file.read_text(encoding="utf-8").strip() if file and file.is_file() else ""


def signing_keys(values: Mapping[str, Any]) -> list[str]:
    """Return the keys whose signatures count, oldest first: SECRET_KEY is the last, and signs."""
    earlier = [each.strip() for each in values["SECRET_KEY_FALLBACKS"].split(",")]
    return [*filter(None, reversed(earlier)), values["SECRET_KEY"]]


def check(values: Mapping[str, Any]) -> None:
    """Raise if a value would put children's data or other people's money at risk."""
    environment = values["APP_ENV"]
    if environment not in {"development", "testing", "production"}:
        raise BadSetting(f"APP_ENV is '{environment}'; use development, testing or production.")
    if values["PAYMENTS"] not in providers.PROVIDERS:
        known = " or ".join(providers.PROVIDERS)
        raise BadSetting(f"PAYMENTS is '{values['PAYMENTS']}'; use {known}.")
    if values["SECOND_FACTOR"] not in {"", "required", "offered"}:
        raise BadSetting(f"SECOND_FACTOR is '{values['SECOND_FACTOR']}'; use required or offered.")
    _check_numbers(values)
    logs.check(values)
    _check_address(values["BASE_URL"])
    providers.settings_of(values["PAYMENTS"]).check(values)
    _check_payee(values)
    openid_providers.check(values)
    viruses.check_setting(values["CLAMD"])
    age.recipients(values["BACKUP_ENCRYPT_TO"])
    _check_database("DATABASE_URL", values["DATABASE_URL"])
    _check_database("QUEUE_URL", values["QUEUE_URL"])
    _check_mail(values, production=environment == "production")
    if environment == "production":
        _check_production(values)


def _check_production(values: Mapping[str, Any]) -> None:
    if 0 < len(values["METRICS_TOKEN"]) < 20:
        raise BadSetting("METRICS_TOKEN must have 20 characters or more, or be empty.")
    if values["SECOND_FACTOR"] == "offered":
        raise BadSetting("SECOND_FACTOR must be required in production: money and pupils are real.")
    _check_keys(values)
    if not values["BASE_URL"].startswith("https://"):
        raise BadSetting("BASE_URL must begin with https:// in production.")
    for name in ("DATABASE_URL", "QUEUE_URL", "RATE_LIMIT_URL"):
        _check_line(name, values[name])
    if not values["SMTP_URL"]:
        raise BadSetting("SMTP_URL is empty: parents would never receive their invitations.")
    _check_production_mail(values)


def _check_keys(values: Mapping[str, Any]) -> None:
    if values["SECRET_KEY"] == DEFAULT_SECRET or len(values["SECRET_KEY"]) < SECRET_MIN:
        raise BadSetting("SECRET_KEY must be your own random text of 32 characters or more.")
    if len(set(values["SECRET_KEY"])) < CHARACTERS_MIN:
        raise BadSetting("SECRET_KEY repeats a few characters: use random text (docs/INSTALL.md).")
    if any(len(each) < SECRET_MIN for each in signing_keys(values)):
        raise BadSetting("SECRET_KEY_FALLBACKS must be keys that were SECRET_KEY before.")
    if values["FIELD_KEY"] == DEFAULT_FIELD_KEY:
        raise BadSetting("FIELD_KEY must be your own key: see docs/INSTALL.md.")
    # Only the one that encrypts: older ones are needed for as long as what they encrypted is kept.
    if len(set(next(iter(read_keys(values["FIELD_KEY"]).values())))) < CHARACTERS_MIN:
        raise BadSetting("FIELD_KEY is not random: make a key as docs/INSTALL.md says.")


def _check_production_mail(values: Mapping[str, Any]) -> None:
    server = mail_servers.read(values["SMTP_URL"], production=True)
    if server.encryption is Encryption.OPTIONAL and not mail_servers.is_here(server.host):
        raise BadSetting(
            "SMTP_URL lets mail travel in clear: use smtps:// or smtp+starttls://. Only a server "
            "on this machine may be spoken to without encryption."
        )
    if contacts.is_pretend(values["MAIL_FROM"]):
        raise BadSetting("MAIL_FROM must be an address of your own that your mail server may use.")
    if contacts.is_pretend(values["CONTACT_EMAIL"]):
        raise BadSetting("CONTACT_EMAIL must be an address where somebody reads what people write.")


def _check_address(address: str) -> None:
    """Refuse a BASE_URL that links in e-mails cannot begin with."""
    parts = urlsplit(address)
    ours = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    if not ours or parts.path.strip("/") or parts.query or parts.fragment:
        raise BadSetting(
            "BASE_URL must be the site's address alone, such as https://bookings.your.network."
        )


def _check_numbers(values: Mapping[str, Any]) -> None:
    for name, smallest in NUMBERS.items():
        if not str(values[name]).isdecimal() or int(values[name]) < smallest:
            raise BadSetting(f"{name} is '{values[name]}'; use a whole number from {smallest} up.")


def _check_database(name: str, address: str) -> None:
    """Refuse another kind of database, and PostgreSQL without its driver."""
    if not address or address.startswith("sqlite://"):
        return
    if not address.startswith(("postgresql://", "postgresql+psycopg://")):
        # Without the address itself, because there may be a password in it.
        raise BadSetting(f"{name} must begin with sqlite:/// or postgresql+psycopg://.")
    if find_spec("psycopg") is None:
        raise BadSetting(
            f"{name} names PostgreSQL, whose driver is not installed: "
            "pip install 'fairplace[postgresql]'."
        )


def _check_line(name: str, address: str) -> None:
    """Refuse to speak in clear, or to whoever answers, with a database on another machine.

    A name without a dot is a container beside this one.
    """
    parts = urlsplit(address or "")
    host = parts.hostname or ""
    if "." not in host or mail_servers.is_here(host):
        return
    mode = dict(parse_qsl(parts.query)).get("sslmode")
    if parts.scheme.startswith("postgresql") and mode != "verify-full":
        raise BadSetting(
            f"{name} is on another machine: end it with ?sslmode=verify-full&sslrootcert=system, "
            "so that the line is encrypted and that machine proves which it is."
        )
    if parts.scheme == "redis":
        raise BadSetting(f"{name} is on another machine: use rediss://, which is encrypted.")


def _check_payee(values: Mapping[str, Any]) -> None:
    try:
        payee.of_settings(values)
    except payee.PayeeWrong as error:
        raise BadSetting(str(error)) from error


def _check_mail(values: Mapping[str, Any], *, production: bool) -> None:
    if not BARE_ADDRESS.fullmatch(parseaddr(values["MAIL_FROM"])[1]):
        raise BadSetting("MAIL_FROM must be an address, such as Our network <us@your.network>.")
    if values["SMTP_URL"]:
        mail_servers.read(values["SMTP_URL"], production=production)
    if values["BOUNCE_IMAP_URL"]:
        inbox.read_address(values["BOUNCE_IMAP_URL"])
    if values["BOUNCE_ADDRESS"] and not BARE_ADDRESS.fullmatch(values["BOUNCE_ADDRESS"]):
        raise BadSetting("BOUNCE_ADDRESS must be a bare address, such as returns@your.network.")
