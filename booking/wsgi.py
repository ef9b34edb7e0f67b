"""The WSGI entry point, for web servers and for commands."""

from click import ClickException

from booking import create_app
from booking.foundation.settings import BadSetting

try:
    app = create_app()
except BadSetting as error:
    # Commands then print this one sentence, and gunicorn ends with it.
    raise ClickException(f"Fairplace cannot start. {error}") from error
