"""The web server's own log and its log of requests, in the format of all others.

A request's line has no query, because people search for names, and no page that it came from.
"""

import logging
from typing import Any

from gunicorn.glogging import Logger

from booking.foundation import folders
from booking.foundation.web import log_masks, logs

#: The header by which an answer says its request's number.
NUMBER = "x-request-id"


class ServerLog(Logger):
    """What gunicorn asks to write its logs."""

    #: LOG_FORMAT, as `serving.py` read it.
    kind = "text"

    def setup(self, cfg: Any) -> None:
        """Set gunicorn's logs up, and let them write lines like ours."""
        with folders.ours_alone():
            super().setup(cfg)
        for logger in (self.error_log, self.access_log):
            for handler in logger.handlers:
                handler.setFormatter(logs.formatter(self.kind))

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        """Write that a request was answered."""
        if not self.access_log_enabled:
            return
        atoms = self.atoms(resp, req, environ, request_time)
        facts = {
            "request_id": atoms.get(f"{{{NUMBER}}}o", ""),
            "address": atoms["h"],
            "status": int(atoms["s"]) if str(atoms["s"]).isdecimal() else 0,
            "bytes": atoms["B"],
            "milliseconds": atoms["M"],
        }
        # Masked here too: a filter of the logger sees the message before its parts are put in.
        path = log_masks.mask(str(atoms["U"]))
        self.access_log.log(logging.INFO, "%s %s", atoms["m"], path, extra={"facts": facts})
