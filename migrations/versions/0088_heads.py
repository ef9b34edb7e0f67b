"""The head of each school, who confirms what colleagues offer."""

import sqlalchemy as sa
from alembic import op

revision = "0088_heads"
down_revision = "0087_resources"
branch_labels = None
depends_on = None

COLUMNS = ("head_name", "head_email")


def upgrade() -> None:
    """Add the columns; no school has given them yet."""
    for name in COLUMNS:
        op.add_column("schools", sa.Column(name, sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop them."""
    for name in reversed(COLUMNS):
        op.drop_column("schools", name)
