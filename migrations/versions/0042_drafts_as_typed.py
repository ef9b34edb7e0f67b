"""Drafts as they were typed: what an event's columns cannot hold, such as no number of places."""

import sqlalchemy as sa
from alembic import op

revision = "0042_drafts_as_typed"
down_revision = "0041_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; events so far say everything in their others."""
    op.add_column("events", sa.Column("drafted", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Remove it; a draft without a number of places then says 1."""
    op.drop_column("events", "drafted")
