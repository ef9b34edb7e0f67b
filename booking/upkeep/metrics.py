"""How the site runs, as numbers for Prometheus: ages in seconds, counts, and each sign's level."""

from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from booking.upkeep.details import Level, Sign, Vitals

#: What a sign's level is as a number: an alarm asks for more than 0, or for more than 1.
LEVELS = {Level.WELL: 0, Level.WATCH: 1, Level.BROKEN: 2}


def text(signs: Sequence[Sign], vitals: Vitals | None, *, jobs_waiting: int | None) -> bytes:
    """Return the numbers in Prometheus' text format; `vitals` is None if nothing can be read."""
    registry = CollectorRegistry(auto_describe=False)
    level = Gauge(
        "fairplace_sign", "0: well, 1: look at it, 2: broken", ["name"], registry=registry
    )
    for sign in signs:
        level.labels(sign.name).set(LEVELS[sign.level])
    if jobs_waiting is not None:
        Gauge("fairplace_jobs_waiting", "Jobs in the queue", registry=registry).set(jobs_waiting)
    if vitals is not None:
        _of_vitals(vitals, registry)
    return generate_latest(registry)


def _of_vitals(vitals: Vitals, registry: CollectorRegistry) -> None:
    ages = {
        "worker_seen": ("since a worker began or ended a job", vitals.seen_at),
        "mail_oldest": ("that the oldest unsent mail has waited", vitals.mail.oldest_at),
        "copy": ("since the database was last copied", vitals.copied_at),
    }
    for name, (what, moment) in ages.items():
        if moment is not None:
            age = Gauge(f"fairplace_{name}_age_seconds", f"Seconds {what}", registry=registry)
            age.set((vitals.now - moment).total_seconds())
    Gauge("fairplace_mail_waiting", "Mails not sent yet", registry=registry).set(
        vitals.mail.waiting
    )
    failures = Gauge("fairplace_job_failures", "Failures in a row", ["job"], registry=registry)
    ended = Gauge(
        "fairplace_job_ended_timestamp_seconds", "When it last ended", ["job"], registry=registry
    )
    for run in vitals.runs:
        failures.labels(run.name).set(run.failures)
        if run.ended_at is not None:
            ended.labels(run.name).set(run.ended_at.timestamp())
