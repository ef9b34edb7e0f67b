"""Which hints for a first visit somebody has read."""

import sqlalchemy as sa
from alembic import op

revision = "0070_hints"
down_revision = "0069_announced_roles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Whoever has an account already has made their first visit."""
    op.add_column("people", sa.Column("hints_read", sa.String(), server_default="", nullable=False))
    people = sa.table("people", sa.column("hints_read", sa.String()))
    op.execute(people.update().values(hints_read="*"))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("people", "hints_read")
