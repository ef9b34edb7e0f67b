"""The site that is tried: the real application with a clock that the driver moves.

`gunicorn bench.chaos.site:app` and `flask --app bench.chaos.site worker`. Nothing of this is part
of the application, so no setting of a real site can move its clock or take its guards away.
"""

import os
from pathlib import Path

from bench.chaos import guards, moved
from booking import create_app

moved.follow(Path(os.environ["CHAOS_FOLDER"]))
app = create_app()
assert app.config["APP_ENV"] == "development", "no real child is here"
guards.take_away(os.environ.get("CHAOS_WITHOUT", ""))
