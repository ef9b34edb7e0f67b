"""Say “payment fees” of what administration bears: some networks take no cards."""

from alembic import op

revision = "0063_payment_fees"
down_revision = "0062_day_closings"
branch_labels = None
depends_on = None

BEFORE = "Pays for running the network: card fees, postage, deficits."
AFTER = "Pays for running the network: payment fees, postage, deficits."


def upgrade() -> None:
    """Change the fund's purpose where nobody has written another."""
    _change(BEFORE, AFTER)


def downgrade() -> None:
    """Change it back."""
    _change(AFTER, BEFORE)


def _change(before: str, after: str) -> None:
    op.execute(f"UPDATE funds SET purpose = '{after}' WHERE purpose = '{before}'")  # noqa: S608 - constants
