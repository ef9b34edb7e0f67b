"""Season plans: one allocation proposed over a term's events."""

revision = "0011_season_plans"
down_revision = "0010_append_only"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove the tables."""
