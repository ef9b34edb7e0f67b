"""What the command line adds to the application: its commands, and waking the worker."""

from flask import Flask
from flask_wtf import CSRFProtect

from booking import worker
from booking.cli import operations
from booking.cli.check import check
from booking.cli.doctor import doctor
from booking.cli.keys import keys
from booking.cli.moving import move_database
from booking.cli.outbox import outbox
from booking.cli.prove import prove
from booking.cli.seed import seed
from booking.foundation.notifications import wake
from booking.upkeep import ports as upkeep_ports


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Add the commands, and wake the worker when a mail is committed."""
    wake.worker.provide(worker.call)
    upkeep_ports.jobs_in_queue.provide(worker.jobs_in_queue)
    for command in (
        operations.run_worker,
        outbox,
        operations.retention,
        operations.backup,
        operations.backup_key,
        operations.restore,
        move_database,
        doctor,
        keys,
        prove,
        check,
        seed,
    ):
        app.cli.add_command(command)
