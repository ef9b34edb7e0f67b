"""What a digest tells somebody: what needs them, and what is new since their last."""

from datetime import datetime
from itertools import chain

from booking.domain.permissions import Actor
from booking.foundation.notifications import render
from booking.foundation.web import network_life, task_lists
from booking.network.digest.details import DigestContents, DigestLine

TASKS_MAX, NEWS_MAX = 10, 20


def contents(actor: Actor, *, now: datetime, since: datetime) -> DigestContents:
    """Return what is for one person, from every feature of network life."""
    tasks = task_lists.soonest_first(network_life.needs_me(actor=actor, now=now))
    news = chain.from_iterable(network_life.what_is_new(actor=actor, now=now, since=since))
    newest = sorted(news, key=lambda one: one.when, reverse=True)
    return DigestContents(
        tasks=[DigestLine(each.title, each.tag, _whole(each.url)) for each in tasks[:TASKS_MAX]],
        news=[DigestLine(each.item, each.kind, _whole(each.link)) for each in newest[:NEWS_MAX]],
    )


def _whole(path: str) -> str:
    return render.base_url() + path
