"""Keep a text to start circulars from, change it, delete it."""

from datetime import datetime

from booking.domain import circulars
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.network.circulars import queries
from booking.network.circulars.details import TemplateDetails
from booking.network.circulars.models import CircularTemplate
from booking.network.circulars.refusals import CircularRefused, TooManyTemplates


def keep_template(
    *, actor: Actor, now: datetime, school_id: int | None, details: TemplateDetails
) -> CircularTemplate:
    """Keep a text for a school, or for the network. Raises CircularRefused, TooManyTemplates."""
    _check(details)
    if queries.count_templates(school_id) >= circulars.TEMPLATES_MAX:
        raise TooManyTemplates(
            f"There are {circulars.TEMPLATES_MAX} templates already. Delete one that nobody needs."
        )
    template = CircularTemplate(school_id=school_id, kept_at=now, used_at=now)
    _copy(details, template)
    db.session.add(template)
    db.session.flush()
    _record(actor, "keep_template", template, now)
    return template


def change_template(
    *, actor: Actor, now: datetime, template: CircularTemplate, details: TemplateDetails
) -> None:
    """Rename it or change its words. Circulars written from it stay. Raises CircularRefused."""
    _check(details)
    _copy(details, template)
    template.kept_at = template.used_at = now
    _record(actor, "change_template", template, now)


def delete_template(*, actor: Actor, now: datetime, template: CircularTemplate) -> None:
    """Delete it. Circulars written from it stay."""
    _record(actor, "delete_template", template, now)
    db.session.delete(template)


def _check(details: TemplateDetails) -> None:
    found = tuple(
        circulars.template_problems(
            readership=details.readership,
            name=details.name,
            subject=details.subject,
            text=details.text,
        )
    )
    if found:
        raise CircularRefused(found)


def _copy(details: TemplateDetails, template: CircularTemplate) -> None:
    template.readership, template.name = details.readership, details.name.strip()
    template.subject, template.text = details.subject.strip(), details.text.strip()


def _record(actor: Actor, action: str, template: CircularTemplate, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=template,
        school_id=template.school_id,
        now=now,
        readership=template.readership.value,
    )
