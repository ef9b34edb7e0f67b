"""Whether a site is set up for real use: its settings, and the machine that it runs on."""

import logging
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app
from sqlalchemy import func, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from booking.domain import english
from booking.foundation import clock, contacts, folders, schema
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.foundation.files import viruses
from booking.foundation.notifications import transports
from booking.foundation.notifications.transports import mail_servers
from booking.foundation.notifications.transports.mail_servers import Encryption
from booking.foundation.settings import DEFAULT_FIELD_KEY, DEFAULT_SECRET, BadSetting
from booking.people.openid import providers
from booking.people.openid.fetching import ProviderClient
from booking.people.openid.refusals import OpenidRefused
from booking.upkeep import cautions, copies, database_account, queries, records
from booking.upkeep.details import Level, Sign
from booking.upkeep.records import Resolving

#: With less free space than this, mail, files and copies cannot be kept.
SPACE_NEEDED = 200_000_000
#: With less than this, somebody should look.
SPACE_WISHED = 1_000_000_000
#: A clock that differs by more makes deadlines and links wrong.
CLOCK_MAY_DIFFER = timedelta(minutes=1)
#: Under which name an application may keep something else to ask than this machine's DNS.
RESOLVER = "dns resolver"

log = logging.getLogger(__name__)
Settings = Mapping[str, Any]


def signs(now: datetime) -> list[Sign]:
    """Return what settings, machine and database say; none of it asks another machine."""
    settings = current_app.config
    found = [safely(name, partial(ask, settings)) for name, ask in OF_SETTINGS.items()]
    found.append(safely("old copies", partial(_old_copies, now)))
    if _database_fits():
        found.append(safely("clock", partial(_clock, now)))
        found.append(safely(database_account.NAME, database_account.sign))
    return found


def at_start(app: Flask) -> None:
    """Refuse the demonstration's database in production, and say what else is odd.

    Nothing here waits for a database: if it does not answer, the pages and the worker say so.
    Raises BadSetting.
    """
    if app.config["APP_ENV"] != "production":
        return
    with app.app_context():
        try:
            _refuse_demonstration()
            forwarded = queries.refusals(clock.now()).forwarded_at is not None
            if forwarded and not int(app.config["TRUSTED_PROXIES"]):
                log.warning("%s. %s", cautions.FORWARDED, cautions.SET_PROXIES)
        except SQLAlchemyError:
            db.session.rollback()
        finally:
            db.session.remove()
            db.engine.dispose()  # processes that are forked later open their own


def _refuse_demonstration() -> None:
    if queries.is_demonstration():
        raise BadSetting(
            "The database holds the demonstration, whose passwords everybody knows: begin with an "
            "empty one (DATABASE_URL)."
        )


def for_lead(now: datetime) -> list[Sign]:
    """Return the same where the site is in earnest; a demonstration is not set up for use."""
    if current_app.config["APP_ENV"] != "production":
        return []
    return [*signs(now), *(queries.record_signs() if _database_fits() else ())]


def with_mail_server(now: datetime) -> list[Sign]:
    """Return the same, and what the mail server and the DNS answer."""
    settings = current_app.config
    found = [*signs(now), safely("mail server", partial(_mail_server, settings))]
    found += [safely(each, partial(_provider, client)) for each, client in _providers().items()]
    return [*found, *of_others()]


def of_others() -> list[Sign]:
    """Return what other programs answer, so never within a page: virus checker, sender's DNS."""
    settings = current_app.config
    found = [safely("virus check", partial(_virus_check, settings))] if settings["CLAMD"] else []
    if contacts.is_pretend(settings["MAIL_FROM"]):
        return found
    return found + records.signs(settings, current_app.extensions.get(RESOLVER, Resolving()))


def safely(name: str, ask: Callable[[], Sign]) -> Sign:
    """Return a sign, or one that says why there is none; the others are wanted all the same."""
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not hide the others
        return _unasked(name, error)


def _unasked(name: str, error: Exception) -> Sign:
    title = f"The {name} could not be checked"
    return Sign(name, Level.BROKEN, title, f"{type(error).__name__}.", "The log may say more.")


def _environment(settings: Settings) -> Sign:
    if settings["APP_ENV"] == "production":
        return Sign("environment", Level.WELL, "APP_ENV is production")
    title = f"APP_ENV is {settings['APP_ENV']}"
    story = "Unsafe settings are not refused, and cookies may travel in clear."
    return Sign("environment", Level.BROKEN, title, story, "Set APP_ENV=production.")


def _keys(settings: Settings) -> Sign:
    pretend = [
        name
        for name, default in (
            ("SECRET_KEY", DEFAULT_SECRET),
            ("FIELD_KEY", DEFAULT_FIELD_KEY),
        )
        if settings[name] == default
    ]
    if not pretend:
        return Sign("keys", Level.WELL, "The keys are your own")
    title = f"{' and '.join(pretend)} can be read in the source code"
    return Sign("keys", Level.BROKEN, title, "", "Make your own: docs/OPERATIONS.md says how.")


def _address(settings: Settings) -> Sign:
    address = str(settings["BASE_URL"])
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or contacts.is_pretend(parts.hostname):
        title = f"Links in mail would begin with {address}"
        return Sign("address", Level.BROKEN, title, "", "Set BASE_URL to the site's own https://…")
    return Sign("address", Level.WELL, f"Links in mail begin with {address}")


def _proxies(settings: Settings) -> Sign:
    hops = int(settings["TRUSTED_PROXIES"])
    if hops or urlsplit(str(settings["BASE_URL"])).scheme != "https":
        return Sign("proxies", Level.WELL, f"TRUSTED_PROXIES is {hops}")
    title = "No reverse proxy is trusted, though one must add the https"
    return Sign("proxies", Level.BROKEN, title, cautions.ALL_ALIKE, cautions.SET_PROXIES)


def _sender(settings: Settings) -> Sign:
    pretend = [
        name for name in ("MAIL_FROM", "CONTACT_EMAIL") if contacts.is_pretend(settings[name])
    ]
    if pretend:
        name = english.agree(len(pretend), "names", "name")
        title = f"{' and '.join(pretend)} {name} no address that exists"
        advice = "Use an address of the network's own domain."
        return Sign("sender", Level.BROKEN, title, "", advice)
    return Sign("sender", Level.WELL, f"Mail comes from {settings['MAIL_FROM']}")


def _payments(settings: Settings) -> Sign:
    if settings["PAYMENTS"] == "demo":
        title = "PAYMENTS is demo: nobody's money would move"
        return Sign("payments", Level.BROKEN, title, "", "docs/OPERATIONS.md lists the choices.")
    return Sign("payments", Level.WELL, f"PAYMENTS is {settings['PAYMENTS']}")


def _disk(settings: Settings) -> Sign:
    database = make_url(settings["DATABASE_URL"])
    is_file = database.get_backend_name() == "sqlite" and database.database
    folder = Path(database.database).parent if is_file else folders.DATA  # type: ignore[arg-type]
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    title = f"{free / 1_000_000_000:.1f} GB are free on the disk of {folder}"
    if free >= SPACE_WISHED:
        return Sign("disk", Level.WELL, title)
    level = Level.WATCH if free >= SPACE_NEEDED else Level.BROKEN
    return Sign("disk", level, title, "", "Delete old copies and logs, or get a larger disk.")


def _old_copies(now: datetime) -> Sign:
    """Say whether copies lie there for a day longer than the privacy page promises."""
    where, days = copies.folder(), int(current_app.config["BACKUP_DAYS"])
    old = copies.older(where, now - timedelta(days=days + 1)) if where.is_dir() else []
    if not old:
        return Sign("old copies", Level.WELL, f"No copy in {where} is older than {days} days")
    title = f"{english.plural(len(old), 'copy', 'copies')} in {where} should be gone"
    story = f"The privacy page says that copies are kept for {days} days. The first is {old[0]}."
    return Sign("old copies", Level.BROKEN, title, story, "Delete them, with their checksums.")


def _clock(now: datetime) -> Sign:
    known = [latest] if (latest := db.session.scalar(select(func.max(AuditEntry.at)))) else []
    if db.engine.dialect.name == "postgresql":
        databases = db.session.scalars(select(func.clock_timestamp())).one()
        if abs(databases - now) > CLOCK_MAY_DIFFER:
            known.append(max(databases, now + 2 * CLOCK_MAY_DIFFER))
    if any(moment - now > CLOCK_MAY_DIFFER for moment in known):
        title = "This machine's clock is wrong"
        story = "It does not agree with the database, or with what was written down before."
        return Sign("clock", Level.BROKEN, title, story, "Let it be set over the network (NTP).")
    return Sign("clock", Level.WELL, "The clock agrees with the database")


def _mail_server(settings: Settings) -> Sign:
    if not settings["SMTP_URL"]:
        title, advice = "No mail is sent: SMTP_URL is empty", "Set it to your mail server."
        return Sign("mail server", Level.BROKEN, title, "", advice)
    server = mail_servers.read(settings["SMTP_URL"], production=True)
    carrier = transports.transport(settings)
    try:
        carrier.ready()
    except transports.CannotSend as error:
        title, advice = "The mail server takes no mail", "Check SMTP_URL, and the firewall."
        return Sign("mail server", Level.BROKEN, title, f"It is {server.host}: {error}.", advice)
    finally:
        carrier.close()
    if server.encryption is Encryption.OPTIONAL and "tls=optional" in settings["SMTP_URL"]:
        title = "Mail may travel to the mail server in clear"
        advice = "Take ?tls=optional from SMTP_URL, unless the server is in the same building."
        return Sign("mail server", Level.WATCH, title, f"It is {server.host}.", advice)
    advice = "Try one: “outbox test” with your own address."
    return Sign("mail server", Level.WELL, f"The mail server {server.host} answers", "", advice)


def _virus_check(settings: Settings) -> Sign:
    if viruses.answers(settings["CLAMD"]):
        return Sign("virus check", Level.WELL, "Files are checked for viruses")
    title = "No file is taken: the virus checker does not answer"
    story = f"CLAMD is {settings['CLAMD']}."
    advice = "Start ClamAV’s daemon, or leave CLAMD empty to take files unchecked."
    return Sign("virus check", Level.BROKEN, title, story, advice)


def _providers() -> dict[str, ProviderClient]:
    return {f"sign-in with {each.provider.title}": each for each in providers.clients().values()}


def _provider(client: ProviderClient) -> Sign:
    title = client.provider.title
    name = f"sign-in with {title}"
    try:
        client.look()
    except OpenidRefused as error:
        advice = "docs/SIGN_IN.md says which machines this server has to reach."
        return Sign(name, Level.BROKEN, f"Nobody can sign in with {title}", str(error), advice)
    advice = f"It must know where to send people back to: {providers.address_back(client.provider)}"
    return Sign(name, Level.WELL, f"{title} is there, for sign-in", "", advice)


def _database_fits() -> bool:
    try:
        return not schema.problem()
    except SQLAlchemyError:
        db.session.rollback()
        return False


OF_SETTINGS: dict[str, Callable[[Settings], Sign]] = {
    "environment": _environment,
    "keys": _keys,
    "address": _address,
    "proxies": _proxies,
    "sender": _sender,
    "payments": _payments,
    "disk": _disk,
}
