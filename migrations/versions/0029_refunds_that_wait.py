"""When the card processor last held too little of the network's money for a refund."""

import sqlalchemy as sa
from alembic import op

revision = "0029_refunds_that_wait"
down_revision = "0028_year_groups_of_a_year"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment."""
    op.add_column("refunds", sa.Column("short_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("refunds", "short_at")
