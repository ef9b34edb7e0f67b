"""A door to the application in a checkout: `gunicorn wsgi:app` and `flask --app wsgi`.

Where Fairplace is installed, `fairplace serve` and `fairplace` do the same.
"""

from booking.wsgi import app

__all__ = ["app"]
