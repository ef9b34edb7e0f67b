"""The school year of a pupil's year group, and what is needed to undo moving up for a day.

What we know is filled in: the school year in which the pupil was added, or the last one that the
school moved its pupils up into. For a pupil added in August, nobody can say whether the list was
for the old year or the new one, so it stays empty unless the school has moved up since.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0028_year_groups_of_a_year"
down_revision = "0027_pointed_columns"
branch_labels = None
depends_on = None

LONDON = ZoneInfo("Europe/London")
AUGUST, SEPTEMBER = 8, 9

pupils = sa.table(
    "pupils",
    sa.column("id", sa.Integer),
    sa.column("school_id", sa.Integer),
    sa.column("added_at", sa.DateTime(timezone=True)),
    sa.column("school_year", sa.String),
)
moves = sa.table(
    "year_moves",
    sa.column("school_id", sa.Integer),
    sa.column("school_year", sa.String),
    sa.column("moved_at", sa.DateTime(timezone=True)),
    sa.column("settled_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Add the year of the year group, and what a move changed; earlier moves are final."""
    op.add_column("pupils", sa.Column("school_year", sa.String(), nullable=True))
    op.add_column("year_moves", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_year_moves_settled_at", "year_moves", ["settled_at"])
    op.create_table(
        "moved_pupils",
        sa.Column("move_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("year_group_before", sa.Integer(), nullable=False),
        sa.Column("school_year_before", sa.String(), nullable=True),
        sa.Column("class_name_before", sa.String(), nullable=False),
        sa.Column("year_group_after", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["move_id"], ["year_moves.id"], name=op.f("fk_moved_pupils_move_id_year_moves")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupils.id"], name=op.f("fk_moved_pupils_pupil_id_pupils")
        ),
        sa.PrimaryKeyConstraint("move_id", "pupil_id", name=op.f("pk_moved_pupils")),
    )
    op.create_index("ix_moved_pupils_pupil_id", "moved_pupils", ["pupil_id"])
    op.execute(moves.update().values(settled_at=moves.c.moved_at))
    _fill_in(op.get_bind())


def downgrade() -> None:
    """Drop all of it; moves that could still be undone become final."""
    op.drop_index("ix_moved_pupils_pupil_id", table_name="moved_pupils")
    op.drop_table("moved_pupils")
    op.drop_index("ix_year_moves_settled_at", table_name="year_moves")
    op.drop_column("year_moves", "settled_at")
    op.drop_column("pupils", "school_year")


def _fill_in(connection: sa.Connection) -> None:
    moved: dict[int, str] = {}
    found = connection.execute(sa.select(moves.c.school_id, moves.c.school_year))
    for school_id, school_year in found:
        moved[school_id] = max(moved.get(school_id, ""), school_year)
    ids: dict[str, list[int]] = {}
    for row in connection.execute(sa.select(pupils.c.id, pupils.c.school_id, pupils.c.added_at)):
        known = _school_year(row.added_at, moved.get(row.school_id, ""))
        if known is not None:
            ids.setdefault(known, []).append(row.id)
    for school_year, all_ids in ids.items():
        for start in range(0, len(all_ids), 500):
            some = pupils.c.id.in_(all_ids[start : start + 500])
            connection.execute(pupils.update().where(some).values(school_year=school_year))


def _school_year(added_at: datetime, moved_into: str) -> str | None:
    """Return the school year that a year group belongs to, or None if nobody can say."""
    added_at = added_at if added_at.tzinfo else added_at.replace(tzinfo=UTC)
    on = added_at.astimezone(LONDON)
    first = on.year if on.month >= SEPTEMBER else on.year - 1
    added_in = f"{first}/{(first + 1) % 100:02d}"
    if moved_into > added_in:
        return moved_into
    return None if on.month == AUGUST else added_in
