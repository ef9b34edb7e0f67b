"""Refusals are counted by the second, so that any quarter of an hour can be added up."""

from alembic import op

revision = "0080_counts_by_second"
down_revision = "0079_identities"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename the column; counts of the last day stand at the beginning of their quarters."""
    _rename("quarter_at", "second_at")


def downgrade() -> None:
    """Name it back; counts of the last day go, because a quarter has one count."""
    op.execute("DELETE FROM security_counts")
    _rename("second_at", "quarter_at")


def _rename(old: str, new: str) -> None:
    op.drop_index(op.f(f"ix_security_counts_{old}"), "security_counts")
    op.execute(f"ALTER TABLE security_counts RENAME COLUMN {old} TO {new}")
    op.create_index(op.f(f"ix_security_counts_{new}"), "security_counts", [new])
