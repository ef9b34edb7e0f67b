"""What circulars add to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.days.events import ports as event_ports
from booking.days.places import ports as place_ports
from booking.foundation import chores, holdings
from booking.foundation.audit import ports as audit_ports
from booking.foundation.files import ports as file_ports
from booking.foundation.web import navigation
from booking.network.circulars import (
    demonstration,
    doors,
    held,
    history,
    jobs,
    retention,
    routes,
    service,
    shelf,
)
from booking.people.pupils import announcements as pupil_announcements
from booking.people.schools import scene


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the pages, the links to them and the worker's jobs."""
    app.register_blueprint(routes.blueprint)
    event_ports.work_links.provide(doors.work_link, order=70)
    event_ports.work_links.provide(doors.coordinators, order=75)
    place_ports.panels.provide(doors.of_school, order=40)
    navigation.network_doors.provide(doors.of_network, order=45)
    file_ports.owner.provide(shelf.owner)
    chores.rules.provide(retention.rules)
    chores.jobs.provide(jobs.jobs, order=chores.Turn.PLACES)
    audit_ports.acts.provide(history.acts)
    pupil_announcements.forgotten.subscribe(service.forget_parent)
    scene.opened.subscribe(demonstration.put_into)
    audit_ports.namers.provide(history.namers)
    holdings.parts.provide(held.parts)
