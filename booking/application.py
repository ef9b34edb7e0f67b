"""The application: settings, database, web and features, put together in order."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from booking import __version__, features, settings
from booking.foundation import folders
from booking.foundation.db import db, engine_options
from booking.foundation.encryption import field_keys
from booking.foundation.web import (
    characters,
    errors,
    filters,
    headers,
    hosts,
    identity,
    navigation,
    once,
    origins,
    remembered,
    static_files,
    throttle,
    typed_again,
    watching,
)
from booking.foundation.web.application import Fairplace
from booking.foundation.web.sessions import DatabaseSessions

csrf = CSRFProtect()


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Assemble the application: settings, database, web, features, commands.

    Raises BadSetting if a setting is unsafe.
    """
    app = Fairplace(
        "booking",
        template_folder=str(folders.TEMPLATES),
        instance_path=str(folders.DATA),
    )
    app.config.update(settings.load(overrides))
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["DATABASE_URL"])
    field_keys.configure(app.config["FIELD_KEY"])
    app.session_interface = DatabaseSessions()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["fairplace_version"] = __version__

    db.init_app(app)
    Migrate(app, db, directory=str(folders.MIGRATIONS))
    # First, so that remembered pages are complete and refusals have a reference and a page.
    for part in (remembered, watching, errors, hosts, origins, characters):
        part.init_app(app)
    csrf.init_app(app)
    Bootstrap5(app)
    for part in (headers, filters, navigation, identity, static_files, throttle, once, typed_again):
        part.init_app(app)
    features.register(app, csrf)
    app.extensions["on_database"] = on_database
    hops = int(app.config["TRUSTED_PROXIES"])
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def on_database(address: str) -> Flask:
    """Assemble another application, with the settings of the current one, on another database."""
    same = {each.name: current_app.config[each.name] for each in settings.SETTINGS}
    return create_app({**same, "DATABASE_URL": address})
