"""What each parent answered is their own, consent is for a day and place, and a parent may object.

Whose answer an older one is, is known where only one parent ever had a private link to the booking
and answered by it. To which facts an older consent was given is not known; it is compared by its
words.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032_two_parents"
down_revision = "0031_taken_back"
branch_labels = None
depends_on = None

OF_PARENTS = (("consents", "parent_id"), ("needs", "told_by_id"), ("needs", "day_by_id"))
CONSENTS_BY_ONE = (
    "UPDATE consents SET parent_id = (SELECT MIN(parent_links.parent_id) FROM parent_links "
    "WHERE parent_links.booking_id = consents.booking_id "
    "HAVING COUNT(DISTINCT parent_links.parent_id) = 1) WHERE channel = 'link'"
)
NEEDS_BY_ONE = (
    "UPDATE needs SET told_by_id = (SELECT MIN(consents.parent_id) FROM consents "
    "WHERE consents.booking_id = needs.booking_id "
    "HAVING COUNT(*) = COUNT(consents.parent_id))"
)


def upgrade() -> None:
    """Add whose answers they are, the questions asked again, and objections."""
    for table, column in OF_PARENTS:
        _add_parent(table, column)
    op.add_column(
        "consents", sa.Column("facts_digest", sa.String(), nullable=False, server_default="")
    )
    op.create_table(
        "consent_questions",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("facts_digest", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply_by_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_consent_questions_booking_id_bookings")
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_consent_questions")),
    )
    op.create_index("ix_consent_questions_reply_by_at", "consent_questions", ["reply_by_at"])
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("took_back", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_objections_booking_id_bookings")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["parents.id"], name=op.f("fk_objections_parent_id_parents")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["people.id"], name=op.f("fk_objections_settled_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("public_id", name=op.f("uq_objections_public_id")),
    )
    op.create_index("ix_objections_booking_id_parent_id", "objections", ["booking_id", "parent_id"])
    op.create_index("ix_objections_parent_id", "objections", ["parent_id"])
    op.create_index("ix_objections_settled_at", "objections", ["settled_at"])
    op.execute(CONSENTS_BY_ONE)
    op.execute(NEEDS_BY_ONE)
    op.execute("UPDATE needs SET day_by_id = told_by_id")


def downgrade() -> None:
    """Drop all of it."""
    op.drop_table("objections")
    op.drop_table("consent_questions")
    op.drop_column("consents", "facts_digest")
    for table, column in reversed(OF_PARENTS):
        if op.get_bind().dialect.name != "sqlite":
            op.drop_constraint(op.f(f"fk_{table}_{column}_parents"), table)
        op.drop_column(table, column)


def _add_parent(table: str, column: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        # SQLite adds a column with its reference in one go, and no constraint of its own.
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER REFERENCES parents (id)")
        return
    op.add_column(table, sa.Column(column, sa.Integer(), nullable=True))
    op.create_foreign_key(op.f(f"fk_{table}_{column}_parents"), table, "parents", [column], ["id"])
