"""Bank statements, what their lines are matched with, and whether the public sees the money.

Nothing here is append-only: a match can be undone if it was wrong, and the newest statement if it
was for another account. The ledger knows nothing about it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016_bank_statements"
down_revision = "0015_ledger_balances"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _create_statements()
    _create_matches()
    _create_lines()
    op.create_table(
        "fund_publicity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_fund_publicity_one_row")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["people.id"], name=op.f("fk_fund_publicity_changed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_publicity")),
    )


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("fund_publicity")
    for table in ("bank_lines", "bank_matched_entries", "bank_matches", "bank_statements"):
        op.drop_table(table)


def _create_statements() -> None:
    op.create_table(
        "bank_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("closing_pence", sa.BigInteger(), nullable=False),
        sa.Column("known_count", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_bank_statements_in_order")),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["people.id"], name=op.f("fk_bank_statements_imported_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statements")),
        sa.UniqueConstraint("file_hash", name=op.f("uq_bank_statements_file_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_statements_public_id")),
    )


def _create_matches() -> None:
    op.create_table(
        "bank_matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["people.id"], name=op.f("fk_bank_matches_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_matches")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_matches_public_id")),
    )
    op.create_table(
        "bank_matched_entries",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_bank_matched_entries_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["match_id"], ["bank_matches.id"], name=op.f("fk_bank_matched_entries_match_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_bank_matched_entries")),
    )
    op.create_index(op.f("ix_bank_matched_entries_match_id"), "bank_matched_entries", ["match_id"])


def _create_lines() -> None:
    op.create_table(
        "bank_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("brought_forward", sa.Boolean(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_bank_lines_counted_from_one")),
        sa.CheckConstraint("pence <> 0", name=op.f("ck_bank_lines_moves_money")),
        sa.ForeignKeyConstraint(
            ["match_id"], ["bank_matches.id"], name=op.f("fk_bank_lines_match_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["bank_statements.id"], name=op.f("fk_bank_lines_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_lines")),
        sa.UniqueConstraint("fingerprint", "number", name="uq_bank_lines_fingerprint_number"),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_lines_public_id")),
    )
    for column in ("match_id", "moved_on", "statement_id"):
        op.create_index(op.f(f"ix_bank_lines_{column}"), "bank_lines", [column])
    op.create_index(
        "uq_bank_lines_brought_forward",
        "bank_lines",
        ["brought_forward"],
        unique=True,
        sqlite_where=sa.text("brought_forward"),
        postgresql_where=sa.text("brought_forward"),
    )
