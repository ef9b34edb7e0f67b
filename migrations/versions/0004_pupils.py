"""Pupils and their parents."""

import sqlalchemy as sa
from alembic import op

revision = "0004_pupils"
down_revision = "0003_events_and_roles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "parents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_parents_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parents")),
        sa.UniqueConstraint("school_id", "email", name=op.f("uq_parents_school_id_email")),
    )
    op.create_table(
        "pupils",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("forename", sa.String(), nullable=False),
        sa.Column("surname", sa.String(), nullable=False),
        sa.Column("year_group", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("year_group BETWEEN -1 AND 13", name=op.f("ck_pupils_year_group_known")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_pupils_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupils")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pupils_public_id")),
    )
    op.create_index(
        "ix_pupils_school_id_surname", "pupils", ["school_id", "surname", "forename"], unique=False
    )
    op.create_table(
        "year_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("school_year", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_year_moves_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_moves")),
        sa.UniqueConstraint(
            "school_id", "school_year", name=op.f("uq_year_moves_school_id_school_year")
        ),
    )
    op.create_table(
        "pupil_parents",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["parents.id"], name=op.f("fk_pupil_parents_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupils.id"], name=op.f("fk_pupil_parents_pupil_id")
        ),
        sa.PrimaryKeyConstraint("pupil_id", "parent_id", name=op.f("pk_pupil_parents")),
    )
    op.create_index(
        op.f("ix_pupil_parents_parent_id"), "pupil_parents", ["parent_id"], unique=False
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("pupil_parents")
    op.drop_table("year_moves")
    op.drop_table("pupils")
    op.drop_table("parents")
