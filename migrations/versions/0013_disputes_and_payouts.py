"""Disputes, payouts and the card processor's balance transactions."""

revision = "0013_disputes_and_payouts"
down_revision = "0012_family_payments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove the tables."""
