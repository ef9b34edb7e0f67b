"""Bank statements and what their lines were matched with."""

revision = "0016_bank_statements"
down_revision = "0015_ledger_balances"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove the tables."""
