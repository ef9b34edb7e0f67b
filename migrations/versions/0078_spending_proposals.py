"""Payments by hand that one person proposed and a second decides on; refusals by the second."""

import sqlalchemy as sa
from alembic import op

revision = "0078_spending_proposals"
down_revision = "0077_record_readings"
branch_labels = None
depends_on = None

WHY = ("above", "own_school", "together")
STATES = ("asked", "approved", "refused", "withdrawn", "lapsed")


def _words(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "spending_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("why", _words("whytwo", WHY), nullable=False),
        sa.Column("bank_line", sa.String(), nullable=False),
        sa.Column("state", _words("spendingstate", STATES), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("made_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state = 'withdrawn' OR decided_by_id IS NULL OR decided_by_id <> asked_by_id",
            name=op.f("ck_spending_proposals_second_person"),
        ),
        sa.CheckConstraint(
            "(state IN ('asked', 'lapsed')) = (decided_at IS NULL)"
            " AND (state = 'approved') = (made_id IS NOT NULL)",
            name=op.f("ck_spending_proposals_decided_or_not"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_spending_proposals_{column}_{table}"),
            )
            for column, table in (
                ("school_id", "schools"),
                ("asked_by_id", "people"),
                ("decided_by_id", "people"),
                ("made_id", "entries"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending_proposals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_spending_proposals_public_id")),
        sa.UniqueConstraint("made_id", name=op.f("uq_spending_proposals_made_id")),
    )
    for column in ("school_id", "state"):
        op.create_index(op.f(f"ix_spending_proposals_{column}"), "spending_proposals", [column])
    op.create_index(
        "uq_spending_proposals_open_key",
        "spending_proposals",
        ["key"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )


def downgrade() -> None:
    """Drop it; what was approved stays in the ledger."""
    op.drop_table("spending_proposals")
