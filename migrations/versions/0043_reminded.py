"""When a school was last reminded of an invoice that is late."""

import sqlalchemy as sa
from alembic import op

revision = "0043_reminded"
down_revision = "0042_drafts_as_typed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has been reminded yet."""
    op.add_column("invoices", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("invoices", "reminded_at")
