"""The ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0007_fund"
down_revision = "0006_payments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "funds",
        sa.Column(
            "name",
            sa.Enum(
                "events",
                "admin",
                "cpd",
                name="fund",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_funds")),
    )
    op.create_table(
        "ledger_seals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_seals")),
        sa.UniqueConstraint("first_id", name=op.f("uq_ledger_seals_first_id")),
        sa.UniqueConstraint("hash", name=op.f("uq_ledger_seals_hash")),
        sa.UniqueConstraint("last_id", name=op.f("uq_ledger_seals_last_id")),
    )
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("line_count >= 2", name=op.f("ck_entries_two_lines_at_least")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_entries_event_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_entries_made_by_id")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["entries.id"], name=op.f("fk_entries_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("key", name=op.f("uq_entries_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_entries_reverses_id")),
    )
    op.create_index(op.f("ix_entries_entered_on"), "entries", ["entered_on"], unique=False)
    op.create_index(op.f("ix_entries_event_id"), "entries", ["event_id"], unique=False)
    op.create_index(op.f("ix_entries_kind"), "entries", ["kind"], unique=False)
    op.create_table(
        "entry_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column(
            "fund",
            sa.Enum(
                "events",
                "admin",
                "cpd",
                name="fund",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("memo", sa.String(), nullable=False),
        sa.CheckConstraint("pence != 0", name=op.f("ck_entry_lines_not_zero")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_entry_lines_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_lines")),
    )
    op.create_index("ix_entry_lines_account", "entry_lines", ["account"], unique=False)
    op.create_index(op.f("ix_entry_lines_entry_id"), "entry_lines", ["entry_id"], unique=False)
    op.create_index("ix_entry_lines_fund_account", "entry_lines", ["fund", "account"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("entry_lines")
    op.drop_table("entries")
    op.drop_table("ledger_seals")
    op.drop_table("funds")
