"""How gunicorn serves Fairplace: every name here that gunicorn knows is one of its settings.

What a site may want to change is a setting of ours (docs/OPERATIONS.md); the rest has a reason.
"""

import gc
import sys
from typing import Any

from booking import settings
from booking.foundation.db import db
from booking.foundation.settings import BadSetting
from booking.foundation.web.patience import PatientWorker
from booking.foundation.web.server_log import ServerLog

try:
    values = settings.load()
except BadSetting as error:
    sys.exit(f"Error: Fairplace cannot start. {error}")
bind = values["WEB_BIND"]
workers = int(values["WEB_WORKERS"])
# Threads: a worker of the class "sync" does one thing at a time, and is killed in the middle of it
# if it waits for longer than `timeout`, for instance for a card processor. Ours besides lets nobody
# wait for those who send slowly (web/patience.py).
worker_class = PatientWorker
threads = int(values["WEB_THREADS"])
# With threads, this is only how long a process may be stuck as a whole. Large exports keep the
# interpreter busy, and a machine may be slow to start; none of that is a reason to kill anybody.
timeout = 60
# A deployment waits for requests that have begun: longer than anybody waits for the processor.
graceful_timeout = int(values["WEB_STOP_SECONDS"])
# The application is built once, and the processes share its memory: 100 MB less for two of them.
preload_app = True
# No `max_requests`: memory stays the same from the 10,000th request on.
# Addresses contain secrets, so requests are logged only on demand, and masked (web/log_masks.py).
accesslog = values["WEB_ACCESS_LOG"] or None
ServerLog.kind = values["LOG_FORMAT"]
logger_class = ServerLog
loglevel = "warning"
# Whom to believe about addresses and https is for TRUSTED_PROXIES alone to say.
forwarded_allow_ips = ""
secure_scheme_headers = dict[str, str]()
control_socket_disable = True


def on_starting(_server: Any) -> None:
    """Set aside what was built: collecting it would copy the shared memory, and delay each end."""
    gc.collect()
    gc.freeze()


def post_fork(server: Any, _worker: Any) -> None:
    """Let no process use a database connection that another has too."""
    application = server.app.wsgi()
    if "sqlalchemy" not in application.extensions:
        return  # not ours, such as the floor that the benchmark compares us with
    with application.app_context():
        for engine in db.engines.values():
            engine.dispose(close=False)
