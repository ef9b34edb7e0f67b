"""Running balances, closed years and reversals by two people."""

revision = "0015_ledger_balances"
down_revision = "0014_cpd_bids"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove the tables."""
