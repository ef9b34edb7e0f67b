"""Rules of money that one person proposed and a second confirms."""

import sqlalchemy as sa
from alembic import op

revision = "0073_rule_changes"
down_revision = "0072_glass_openings"
branch_labels = None
depends_on = None

BOOKS = ("ledger_rules", "bid_rules")
STATES = ("asked", "confirmed", "refused", "withdrawn", "lapsed")


def _words(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "rule_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("book", _words("rulebook", BOOKS), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("state", _words("rulechangestate", STATES), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state = 'withdrawn' OR decided_by_id IS NULL OR decided_by_id <> asked_by_id",
            name=op.f("ck_rule_changes_second_person"),
        ),
        sa.CheckConstraint(
            "(state IN ('asked', 'lapsed')) = (decided_at IS NULL)",
            name=op.f("ck_rule_changes_decided_or_not"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_rule_changes_asked_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_rule_changes_decided_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_changes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rule_changes_public_id")),
    )
    op.create_index(op.f("ix_rule_changes_state"), "rule_changes", ["state"])
    op.create_index(
        "uq_rule_changes_open_book",
        "rule_changes",
        ["book"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("rule_changes")
