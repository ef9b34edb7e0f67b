"""How money, dates, year groups and mistakes are written on pages, in mails and on paper."""

from datetime import date, datetime, time

from flask import Flask

from booking.domain import english, money, terms, year_groups
from booking.foundation.clock import LONDON
from booking.foundation.web.mistakes import mistakes


def init_app(app: Flask) -> None:
    """Register the template filters."""
    app.add_template_filter(money.pounds, "money")
    app.add_template_filter(year_groups.name, "year_group")
    app.add_template_filter(day, "day")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(in_sentence, "in_sentence")
    app.add_template_filter(short_moment, "short_moment")
    app.add_template_filter(hour, "hour")
    app.add_template_filter(english.plural, "plural")
    app.add_template_filter(english.agree, "agree")
    app.add_template_filter(english.ordinal, "ordinal")
    app.add_template_filter(mistakes, "mistakes")


def day(value: date | datetime | None) -> str:
    """Return "Friday 12 June 2026"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(LONDON).date()
    return terms.day_text(value)


def moment(value: datetime | None) -> str:
    """Return "Friday 12 June 2026, 4pm"."""
    return "" if value is None else terms.deadline_text(value)


def in_sentence(value: datetime | None) -> str:
    """Return "4pm on Friday 12 June 2026", to stand after "by", "until" or "at"."""
    return "" if value is None else terms.in_sentence(value)


def short_moment(value: datetime | None) -> str:
    """Return "12 Jun 2026, 4:05pm", for tables."""
    if value is None:
        return ""
    local = value.astimezone(LONDON)
    return f"{local:%-d %b %Y}, {terms.time_text(local.time())}"


def hour(value: str) -> str:
    """Return "8:50am" for a time of day that is kept as "08:50"."""
    return terms.time_text(time.fromisoformat(value))
