"""A minimum number of pupils, the day on which a host decides, and that it goes ahead."""

import sqlalchemy as sa
from alembic import op

revision = "0058_minimum_numbers"
down_revision = "0057_circulars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; every event so far runs with any number."""
    op.add_column("events", sa.Column("min_pupils", sa.Integer(), nullable=True))
    for name in ("decide_at", "goes_ahead_at"):
        op.add_column("events", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop them."""
    for name in ("goes_ahead_at", "decide_at", "min_pupils"):
        op.drop_column("events", name)
