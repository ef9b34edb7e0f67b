"""Logs: one line for each thing that happens, as text or as JSON, and no secret in any of them.

Whatever writes a line, these formatters have the last word: they mask addresses that are secrets,
leave out the values that PostgreSQL repeats in its errors, and let nothing in a message begin a
line of its own.
"""

import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import Any

from flask import g, has_request_context, request
from pythonjsonlogger.json import JsonFormatter

from booking.foundation import folders, security
from booking.foundation.settings import BadSetting
from booking.foundation.web import log_masks

FORMATS = ("text", "json")
#: What PostgreSQL adds to an error: "Key (email)=(somebody@…) already exists."
_VALUES = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)
#: What ends a line, for whoever reads a log by lines.
_LINE_ENDS = {ord(end): f"\\x{ord(end):02x}" for end in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029\x00"}
#: The mark of a handler that `set_up` has added.
OURS = "_fairplace"


class _Lines(logging.Formatter):
    """What both formats have in common."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - the library's name
        """Return when it was written, in UTC."""
        moment = datetime.fromtimestamp(record.created, UTC)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's name
        """Return what was raised, without the values of rows."""
        return _VALUES.sub(r"\1: …", super().formatException(ei))


class TextLines(_Lines):
    """For people: time, level, logger, the request's number, the message, and facts if any."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and what was raised below it."""
        message = _VALUES.sub(r"\1: …", record.getMessage()).translate(_LINE_ENDS)
        facts = {**_of_request(), **getattr(record, "security", {}), **getattr(record, "facts", {})}
        number = facts.pop("request_id", "") or "-"
        told = " ".join(f"{name}={value}" for name, value in facts.items() if value is not None)
        line = f"{self.formatTime(record)} {record.levelname} {record.name} [{number}] {message}"
        line = f"{line} {told}".rstrip().translate(_LINE_ENDS)
        if record.exc_info:
            line = f"{line}\n{self.formatException(record.exc_info)}"
        return log_masks.mask(line)


class JsonLines(_Lines, JsonFormatter):
    """For programs: one object a line."""

    def __init__(self) -> None:
        super().__init__("%(message)s", json_ensure_ascii=True)  # a line has no odd line ends then

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        """Put what every line has first, and the facts of this one beside it."""
        log_data.update(
            time=self.formatTime(record),
            level=record.levelname.lower(),
            logger=record.name,
            **_of_request(),
        )
        super().add_fields(log_data, record, message_dict)
        log_data["message"] = _VALUES.sub(r"\1: …", str(log_data.get("message", "")))
        for name in ("security", "facts"):
            log_data.update(log_data.pop(name, {}))
        for name, value in log_data.items():
            if isinstance(value, str):
                log_data[name] = log_masks.mask(value)


class PrivateFile(WatchedFileHandler):
    """A file that its owner alone reads; it is opened again after it has been rotated."""

    def _open(self) -> Any:
        with folders.ours_alone():
            return super()._open()


def formatter(kind: str) -> logging.Formatter:
    """Return what writes lines of a LOG_FORMAT."""
    return JsonLines() if kind == "json" else TextLines()


def check(values: Mapping[str, Any]) -> None:
    """Refuse a LOG_FORMAT that there is not. Raises BadSetting."""
    if values["LOG_FORMAT"] not in FORMATS:
        raise BadSetting(f"LOG_FORMAT is '{values['LOG_FORMAT']}'; use {' or '.join(FORMATS)}.")


def set_up(settings: Mapping[str, Any]) -> None:
    """Let this process write its logs as the settings say; asked again, it begins afresh.

    The security log is always JSON: in a file of its own, or among the other lines. Raises
    BadSetting if that file cannot be written.
    """
    path = settings["SECURITY_LOG"]
    try:
        handler = PrivateFile(path) if path else logging.StreamHandler(sys.stderr)
    except OSError as error:
        raise BadSetting(f"SECURITY_LOG cannot be written: {error.strerror}.") from error
    _only(logging.getLogger(), logging.StreamHandler(sys.stderr), formatter(settings["LOG_FORMAT"]))
    logger = logging.getLogger(security.LOGGER)
    _only(logger, handler, JsonLines())
    logger.setLevel(logging.INFO)
    logger.propagate = False


def _only(logger: logging.Logger, handler: logging.Handler, lines: logging.Formatter) -> None:
    for each in [each for each in logger.handlers if getattr(each, OURS, False)]:
        logger.removeHandler(each)
        each.close()
    setattr(handler, OURS, True)
    handler.setFormatter(lines)
    logger.addHandler(handler)


def _of_request() -> dict[str, Any]:
    if not has_request_context():
        return {}
    return {"request_id": g.get("request_id", ""), "path": request.path}
