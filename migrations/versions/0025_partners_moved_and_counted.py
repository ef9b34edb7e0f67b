"""Where a partner's calendar has moved to, and what happened to each of its entries."""

import sqlalchemy as sa
from alembic import op

revision = "0025_partners_moved_and_counted"
down_revision = "0024_who_is_who"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; they are filled when a calendar is next read."""
    op.add_column(
        "partner_feeds", sa.Column("moved_to", sa.String(), nullable=False, server_default="")
    )
    op.add_column(
        "partner_feeds", sa.Column("outcome", sa.JSON(), nullable=False, server_default="{}")
    )


def downgrade() -> None:
    """Remove the columns."""
    with op.batch_alter_table("partner_feeds") as feeds:
        feeds.drop_column("outcome")
        feeds.drop_column("moved_to")
