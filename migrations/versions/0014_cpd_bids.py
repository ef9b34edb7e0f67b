"""Bids for CPD money, and what the fund has promised."""

revision = "0014_cpd_bids"
down_revision = "0013_disputes_and_payouts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove the tables."""
