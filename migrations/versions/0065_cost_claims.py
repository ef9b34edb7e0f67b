"""Claims of events' costs, and who approved them."""

import sqlalchemy as sa
from alembic import op

revision = "0065_cost_claims"
down_revision = "0064_adult_roles"
branch_labels = None
depends_on = None

STATES = ("claimed", "approved_once", "approved", "paid", "sent_back", "refused", "withdrawn")


def _key(table: str, column: str, of: str, **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [of], name=op.f(f"fk_{table}_{column}"), **more)


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "cost_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("claimant_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                *STATES,
                name="costclaimstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("payee", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("pence > 0", name=op.f("ck_cost_claims_above_zero")),
        sa.CheckConstraint(
            "(state = 'paid') = (entry_id IS NOT NULL)",
            name=op.f("ck_cost_claims_paid_has_its_entry"),
        ),
        _key("cost_claims", "event_id", "events.id"),
        _key("cost_claims", "claimant_id", "people.id"),
        _key("cost_claims", "entry_id", "entries.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_claims")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cost_claims_public_id")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_cost_claims_entry_id")),
    )
    for column in ("event_id", "state"):
        op.create_index(f"ix_cost_claims_{column}", "cost_claims", [column])
    op.create_index(op.f("ix_cost_claims_claimant_id"), "cost_claims", ["claimant_id"])
    op.create_table(
        "cost_claim_approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        _key("cost_claim_approvals", "claim_id", "cost_claims.id", ondelete="CASCADE"),
        _key("cost_claim_approvals", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_claim_approvals")),
        sa.UniqueConstraint(
            "claim_id", "person_id", name=op.f("uq_cost_claim_approvals_claim_id_person_id")
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("cost_claim_approvals")
    op.drop_table("cost_claims")
