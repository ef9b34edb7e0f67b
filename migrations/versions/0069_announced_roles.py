"""When a new role was announced to those concerned."""

import sqlalchemy as sa
from alembic import op

revision = "0069_announced_roles"
down_revision = "0068_circular_templates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; roles that were given before were announced to nobody."""
    op.add_column(
        "role_grants", sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_column("role_grants", "announced_at")
