"""What was proved each night, and where the newest copy of the database is."""

import sqlalchemy as sa
from alembic import op

revision = "0081_proofs"
down_revision = "0080_counts_by_second"
branch_labels = None
depends_on = None


def _words(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "proofs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            _words("checks", "trail", "ledger", "rounds", "copy", name="proofpart"),
            nullable=False,
        ),
        sa.Column(
            "outcome", _words("proved", "failed", "unproved", name="proofoutcome"), nullable=False
        ),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("broken", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("reached_id", sa.Integer(), nullable=False),
        sa.Column("reached_hash", sa.String(), nullable=False),
        sa.Column("reached_rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proofs")),
    )
    op.create_index("ix_proofs_part_ended_at", "proofs", ["part", "ended_at"])
    op.create_index(op.f("ix_proofs_ended_at"), "proofs", ["ended_at"])
    op.create_table(
        "made_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_made_copies_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_copies")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("made_copies")
    op.drop_table("proofs")
