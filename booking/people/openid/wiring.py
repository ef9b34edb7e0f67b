"""What sign-in with Google and Microsoft adds to the application."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking.people.openid import providers
from booking.people.openid.fetching import ProviderClient


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Set up the providers that the settings name; none is asked anything yet."""
    found = {each.kind: ProviderClient(each) for each in providers.of_settings(app.config)}
    app.extensions[providers.EXTENSION] = found
