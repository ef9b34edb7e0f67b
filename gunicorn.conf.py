"""A door to how gunicorn serves Fairplace, for `gunicorn wsgi:app` in a checkout.

gunicorn looks for this file in the folder that it is started in, so nobody can serve the site and
forget it. What it says stands in `booking/serving.py`.
"""

from booking.serving import *  # noqa: F403 - gunicorn reads every name of this file
