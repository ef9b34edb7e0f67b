"""A calendar's file is answered with its digest and since when it has been so.

Both move with the file's bytes and with nothing else, whoever asks and however often the site is
started again, so they are kept here. Until a file is asked for, nothing is known of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030_since_when"
down_revision = "0029_refunds_that_wait"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both to private feeds, and a table for public files."""
    op.add_column("feeds", sa.Column("digest", sa.String(), nullable=False, server_default=""))
    op.add_column("feeds", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "public_calendars",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_public_calendars"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("public_calendars")
    op.drop_column("feeds", "changed_at")
    op.drop_column("feeds", "digest")
