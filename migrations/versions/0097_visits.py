"""Visits between schools: what a school opens, and who asked to come."""

import sqlalchemy as sa
from alembic import op

revision = "0097_visits"
down_revision = "0096_life_digests"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
VISITS, ASKS = "staff_visits", "visit_asks"
KINDS = ("lesson", "practice", "week")
STATES = (
    *("opened", "cancelled", "took_place"),
    *("asked", "agreed", "turned_down", "withdrawn"),
)


def _id_of(column: str, table: str, on: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{on}_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, **more)


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _flags(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _ids(*names: str, nullable: bool = True) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def _moments(*names: str, nullable: bool = True) -> list[sa.Column]:
    return [sa.Column(name, MOMENT, nullable=nullable) for name in names]


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the tables; no school has opened anything yet."""
    op.create_table(
        VISITS,
        *_ids("id", nullable=False),
        *_text("public_id"),
        *_ids("school_id", nullable=False),
        *_ids("opened_by_id"),
        sa.Column("state", _words("visitstate", *STATES), nullable=False),
        *_text("title"),
        sa.Column("kind", _words("visitkind", *KINDS), nullable=False),
        *_text("subject"),
        *_moments("starts_at", "ends_at", nullable=False),
        *_flags("whole_days"),
        *_ids("room", nullable=False),
        *_text("about"),
        *_flags("for_partners"),
        *_moments("opened_at", nullable=False),
        *_ids("sequence", nullable=False),
        *_moments("modified_at", nullable=False),
        *_moments("cancelled_at"),
        *_text("cancelled_reason"),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_staff_visits_times_in_order")),
        sa.CheckConstraint("room >= 1", name=op.f("ck_staff_visits_has_room")),
        sa.CheckConstraint(
            "state IN ('opened', 'cancelled')", name=op.f("ck_staff_visits_of_a_visit")
        ),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)",
            name=op.f("ck_staff_visits_cancelled_at"),
        ),
        _id_of("school_id", "schools", VISITS),
        _id_of("opened_by_id", "people", VISITS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_visits")),
        sa.UniqueConstraint("public_id", name=op.f("uq_staff_visits_public_id")),
    )
    for column in ("ends_at", "opened_by_id", "school_id", "starts_at"):
        op.create_index(f"ix_{VISITS}_{column}", VISITS, [column])
    op.create_table(
        ASKS,
        *_ids("id", nullable=False),
        *_text("public_id"),
        *_ids("visit_id", "visitor_id", nullable=False),
        *_ids("school_id"),
        sa.Column("state", _words("visitstate", *STATES), nullable=False),
        *_text("hope", "answer"),
        *_moments("asked_at", "moved_at", nullable=False),
        *_text("note"),
        *_flags("note_shared"),
        *_moments("noted_at"),
        sa.CheckConstraint(
            "state NOT IN ('opened', 'took_place')", name=op.f("ck_visit_asks_of_a_colleague")
        ),
        sa.CheckConstraint("(note = '') = (noted_at IS NULL)", name=op.f("ck_visit_asks_noted_at")),
        sa.CheckConstraint(
            "NOT note_shared OR note != ''", name=op.f("ck_visit_asks_something_shared")
        ),
        _id_of("visit_id", VISITS, ASKS, ondelete="CASCADE"),
        _id_of("visitor_id", "people", ASKS),
        _id_of("school_id", "schools", ASKS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_asks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_visit_asks_public_id")),
        sa.UniqueConstraint(
            "visit_id", "visitor_id", name=op.f("uq_visit_asks_visit_id_visitor_id")
        ),
    )
    for column in ("school_id", "visitor_id"):
        op.create_index(f"ix_{ASKS}_{column}", ASKS, [column])


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table(ASKS)
    op.drop_table(VISITS)
