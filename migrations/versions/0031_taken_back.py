"""What was recorded by mistake says when and why it was taken back; the audit trail has by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0031_taken_back"
down_revision = "0030_since_when"
branch_labels = None
depends_on = None

TABLES = ("invoice_payments", "pay_ins", "payments")


def upgrade() -> None:
    """Add when and why."""
    for table in TABLES:
        op.add_column(table, sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        why = sa.Column("undo_reason", sa.String(), nullable=False, server_default="")
        op.add_column(table, why)


def downgrade() -> None:
    """Drop both."""
    for table in TABLES:
        op.drop_column(table, "undo_reason")
        op.drop_column(table, "undone_at")
