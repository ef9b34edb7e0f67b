"""Ideas for events, and the schools that second them."""

import sqlalchemy as sa
from alembic import op

revision = "0046_ideas"
down_revision = "0045_groups"
branch_labels = None
depends_on = None


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _id_of(column: str, table: str, on: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{on}_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, **more)


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("kind", _words("ideakind", "offered", "wanted"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("roughly_when", sa.String(), nullable=False),
        sa.Column("low_year", sa.Integer(), nullable=False),
        sa.Column("high_year", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", _words("ideastate", "open", "declined", "closed"), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_word", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("taken_up_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("low_year <= high_year", name=op.f("ck_ideas_years_in_order")),
        _id_of("school_id", "schools", "ideas"),
        _id_of("proposed_by_id", "people", "ideas"),
        _id_of("event_id", "events", "ideas", ondelete="SET NULL"),
        _id_of("taken_up_by_id", "people", "ideas"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ideas_public_id")),
        sa.UniqueConstraint("event_id", name=op.f("uq_ideas_event_id")),
    )
    op.create_index("ix_ideas_school_id", "ideas", ["school_id"])
    op.create_index("ix_ideas_touched_at", "ideas", ["touched_at"])
    op.create_table(
        "idea_seconds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("pupils", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("seconded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("pupils >= 1", name=op.f("ck_idea_seconds_some_pupils")),
        _id_of("idea_id", "ideas", "idea_seconds", ondelete="CASCADE"),
        _id_of("school_id", "schools", "idea_seconds"),
        _id_of("person_id", "people", "idea_seconds"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_seconds")),
        sa.UniqueConstraint("idea_id", "school_id", name=op.f("uq_idea_seconds_idea_id_school_id")),
    )
    op.create_index("ix_idea_seconds_school_id", "idea_seconds", ["school_id"])


def downgrade() -> None:
    """Drop them, and what was proposed."""
    op.drop_table("idea_seconds")
    op.drop_table("ideas")
