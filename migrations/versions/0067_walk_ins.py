"""Pupils who came to a date without being on its list."""

import sqlalchemy as sa
from alembic import op

revision = "0067_walk_ins"
down_revision = "0066_transfers"
branch_labels = None
depends_on = None

TABLE = "walk_ins"
REFERENCES = {
    "event_id": ("events", None),
    "date_id": ("event_dates", "CASCADE"),
    "school_id": ("schools", None),
    "instead_of_id": ("bookings", None),
    "place_id": ("places", None),
    "pupil_id": ("pupils", "SET NULL"),
    "added_by_id": ("people", None),
    "asked_by_id": ("people", None),
    "settled_by_id": ("people", None),
    "undone_by_id": ("people", None),
}
NEEDED = ("event_id", "date_id", "school_id")
INDEXED = ("event_id", "school_id", "instead_of_id", "place_id", "pupil_id")
HERE = sa.text("undone_at IS NULL")


def upgrade() -> None:
    """Create the table; nobody has been written down yet."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "ours",
                "not_ours",
                name="walkinoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        *(sa.Column(name, sa.Integer(), nullable=name not in NEEDED) for name in REFERENCES),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("asked_at", "settled_at", "undone_at")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_ins")),
        sa.UniqueConstraint("public_id", name=op.f("uq_walk_ins_public_id")),
        sa.CheckConstraint(
            "place_id IS NOT NULL OR reason IS NOT NULL",
            name=op.f("ck_walk_ins_a_place_or_a_reason"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [name],
                [f"{table}.id"],
                name=op.f(f"fk_walk_ins_{name}_{table}"),
                ondelete=ondelete,
            )
            for name, (table, ondelete) in REFERENCES.items()
        ),
    )
    for name in INDEXED:
        op.create_index(op.f(f"ix_walk_ins_{name}"), TABLE, [name])
    for name, columns in (
        ("uq_walk_ins_same_name", ["date_id", "school_id", "folded"]),
        ("uq_walk_ins_same_place", ["date_id", "place_id"]),
    ):
        op.create_index(name, TABLE, columns, unique=True, sqlite_where=HERE, postgresql_where=HERE)


def downgrade() -> None:
    """Drop the table."""
    op.drop_table(TABLE)
