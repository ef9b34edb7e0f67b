"""When a lead allowed a post to be handed over to somebody at another school.

Earlier offers keep their links: on acceptance, it is checked again who may take the post.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023_handed_over_by_consent"
down_revision = "0022_say_which_bank"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column(
        "invitations", sa.Column("lead_allowed_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("invitations", "lead_allowed_at")
