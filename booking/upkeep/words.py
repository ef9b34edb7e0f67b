"""How the site runs, in sentences that say since when, and what to do."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from booking.domain import english, terms
from booking.domain.running import JobState, Life, MailState
from booking.upkeep.details import PURGE, KnownRun, Level, Sign, Vitals

START = "Ask whoever runs the server to start it (fairplace worker)."
STANDS_STILL = "Until then no mail is sent, no place moves on and no refund is paid."
#: A copy is made every night; one that is older than this was forgotten.
COPY_OLD_AFTER = timedelta(hours=26)
#: What is done every few minutes has been forgotten once it has waited for so long.
UNDONE_AFTER = timedelta(hours=2)


def signs(vitals: Vitals) -> list[Sign]:
    """Return what the site's vital signs say, the worker first."""
    # Without a worker nothing else can be expected of its jobs.
    jobs = [] if vitals.life in {Life.NEVER, Life.DEAD} else [_jobs(vitals)]
    return [_worker(vitals), *jobs, _mail(vitals), _copies(vitals), *_purge(vitals)]


def _purge(vitals: Vitals) -> list[Sign]:
    """Return what a purge that failed says: once is enough, for nothing that should go may stay."""
    failed = [run for run in vitals.runs if run.name == PURGE and run.failures]
    story = "What should have been deleted is still there."
    advice = "Ask whoever runs the server: the worker's log says why. It tries again every hour."
    return [Sign("purge", Level.WATCH, "The last purge failed", story, advice) for _ in failed]


def out_of_date(problem: str) -> Sign:
    """Return what a database says that has not been migrated; nothing else can be read then."""
    return Sign("database", Level.BROKEN, "The database does not fit this version", problem)


def unreachable(kind: str) -> Sign:
    """Return what a database says that does not answer, with the kind of error."""
    advice = "Check that it runs, and that DATABASE_URL is right."
    return Sign("database", Level.BROKEN, "The database does not answer", f"{kind}.", advice)


def fits(version: str) -> Sign:
    """Return what a database says that answers and has been migrated."""
    return Sign("database", Level.WELL, "The database answers", f"It is at {version}.")


def claims(pupils: int, adults: int) -> list[Sign]:
    """Return of how many people everything is kept for a legal claim: known, and no fault."""
    whom = [
        english.plural(count, word)
        for count, word in ((pupils, "pupil"), (adults, "adult"))
        if count
    ]
    if not whom:
        return []
    story = "They asked for it, so no rule deletes anything of them until that is lifted."
    title = f"Everything of {english.listed(whom)} is kept for a legal claim"
    return [Sign("claims", Level.WELL, title, story)]


def keys(values: int, outdated: int, ids: Sequence[str]) -> Sign:
    """Return under which key everything encrypted is, and how much `keys roll` would change."""
    if not outdated:
        older = [f"“{each}”" for each in ids[1:]]
        needless = f"Nothing needs {english.listed(older)} any more" if older else ""
        story = f"{needless}: take it out of FIELD_KEY." if older else ""
        whole = english.plural(values, "encrypted value is", "encrypted values are")
        return Sign("keys", Level.WELL, f"{whole} under the newest key", story)
    old = english.plural(outdated, "encrypted value is", "encrypted values are")
    title = f"{old} still under an older key, or of an earlier version"
    story = f"Of {values:,} in all. Run `fairplace keys roll`; the site may run meanwhile."
    return Sign("keys", Level.WELL, title, story)


def queue(waiting: int | None) -> Sign:
    """Return how much waits in the queue of jobs; None if the queue does not answer."""
    if waiting is None:
        story = "Mail waits for the worker's next turn."
        return Sign("queue", Level.WATCH, "The queue of jobs does not answer", story)
    count = english.plural(waiting, "job waits", "jobs wait")
    return Sign("queue", Level.WELL, f"{count} in the queue")


def since(moment: datetime, now: datetime) -> str:
    """Return "Friday 4 December 2026, 3:12pm (3 days ago)"."""
    return f"{terms.deadline_text(moment)} ({ago(now - moment)})"


def ago(span: timedelta) -> str:
    """Return how long ago something was, in its largest whole unit."""
    minutes = int(span.total_seconds()) // 60
    if minutes < 0:
        return "in the future"
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            return f"{english.plural(minutes // size, unit)} ago"
    return "just now"


def _worker(vitals: Vitals) -> Sign:
    if vitals.seen_at is None:
        level = Level.WATCH if vitals.for_real else Level.WELL
        return Sign("worker", level, "No worker has run here yet", "", f"{START} {STANDS_STILL}")
    seen = f"It was last seen on {since(vitals.seen_at, vitals.now)}."
    if vitals.life is Life.DEAD:
        return Sign(
            "worker", Level.BROKEN, "The worker has stopped", seen, f"{START} {STANDS_STILL}"
        )
    if vitals.life is Life.LATE:
        advice = "It may be busy with a long job. If this lasts, restart it."
        return Sign("worker", Level.WATCH, "The worker is late", f"{seen}{_busy(vitals)}", advice)
    return Sign("worker", Level.WELL, "The worker is alive", seen)


def _busy(vitals: Vitals) -> str:
    """Return which job has begun and not ended since."""
    for run in vitals.runs:
        if run.ended_at is None or run.begun_at > run.ended_at:
            return f" It began to {run.name} on {since(run.begun_at, vitals.now)}."
    return ""


def _jobs(vitals: Vitals) -> Sign:
    told = [_of_job(run, vitals.now) for run in vitals.runs if run.state is not JobState.WELL]
    told += [
        f"Since {since(each.since, vitals.now)}, {each.what}."
        for each in vitals.undone
        if vitals.now - each.since > UNDONE_AFTER
    ]
    if not told:
        return Sign("jobs", Level.WELL, "Every job has run when it should")
    advice = "The worker's log says why. It tries again by itself."
    return Sign("jobs", Level.WATCH, "Some of the worker's jobs do not run", " ".join(told), advice)


def _of_job(run: KnownRun, now: datetime) -> str:
    if run.state is JobState.FAILING:
        times = english.plural(run.failures, "time")
        last = f", last on {since(run.failed_at, now)}" if run.failed_at else ""
        return f"“{run.name}” has failed {times} in a row{last}: {run.failure}."
    ended = f"has not ended since {since(run.ended_at, now)}" if run.ended_at else "has never ended"
    return f"“{run.name}” {ended}."


def _mail(vitals: Vitals) -> Sign:
    mail = vitals.mail
    if mail.oldest_at is None:
        return Sign("mail", Level.WELL, "No mail is waiting")
    count = english.plural(mail.waiting, "mail has", "mails have")
    title = f"{count} been waiting since {terms.deadline_text(mail.oldest_at)}"
    story = f"The oldest was written {ago(vitals.now - mail.oldest_at)}."
    if vitals.mail_state is MailState.WELL:
        return Sign("mail", Level.WELL, title, story)
    level = Level.BROKEN if vitals.mail_state is MailState.STUCK else Level.WATCH
    advice = (
        "Nothing has been lost: it is sent as soon as the mail server takes it. Ask whoever runs "
        "the server to check the worker and the mail server's name and password (SMTP_URL)."
    )
    return Sign("mail", level, title, story, advice)


def _copies(vitals: Vitals) -> Sign:
    if vitals.copied_at is None:
        level = Level.WATCH if vitals.for_real else Level.WELL
        advice = "Run “fairplace backup” every night, and copy the file elsewhere."
        return Sign("backup", level, "No copy of the database has been made", "", advice)
    story = f"It was made on {since(vitals.copied_at, vitals.now)}."
    if vitals.now - vitals.copied_at > COPY_OLD_AFTER:
        advice = "Check why the nightly “fairplace backup” does not run."
        title = "The last copy of the database is old"
        return Sign("backup", Level.WATCH, title, story, advice)
    return Sign("backup", Level.WELL, "The database has been copied", story)
