"""Where one date of an event is, if not at the event's own place."""

import sqlalchemy as sa
from alembic import op

revision = "0056_stays"
down_revision = "0055_mail_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; every date so far is at its event's place."""
    for name in ("venue", "venue_address"):
        op.add_column(
            "event_dates", sa.Column(name, sa.String(), nullable=False, server_default="")
        )


def downgrade() -> None:
    """Drop them."""
    for name in ("venue_address", "venue"):
        op.drop_column("event_dates", name)
