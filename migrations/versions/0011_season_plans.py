"""Season plans: one allocation proposed for a term's events; its record is append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0011_season_plans"
down_revision = "0010_append_only"
branch_labels = None
depends_on = None

#: The function comes with migration 0010.
POSTGRESQL = (
    "CREATE TRIGGER season_plan_records_no_change BEFORE UPDATE OR DELETE ON season_plan_records "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER season_plan_records_no_truncate BEFORE TRUNCATE ON season_plan_records "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
)
SQLITE = (
    "CREATE TRIGGER season_plan_records_no_update BEFORE UPDATE ON season_plan_records "
    "BEGIN SELECT RAISE(ABORT, 'season_plan_records is append-only'); END",
    "CREATE TRIGGER season_plan_records_no_delete BEFORE DELETE ON season_plan_records "
    "BEGIN SELECT RAISE(ABORT, 'season_plan_records is append-only'); END",
    # The hidden delete of INSERT OR REPLACE fires no delete trigger.
    "CREATE TRIGGER season_plan_records_no_replace BEFORE INSERT ON season_plan_records "
    "WHEN EXISTS (SELECT 1 FROM season_plan_records WHERE id = NEW.id OR plan_id = NEW.plan_id) "
    "BEGIN SELECT RAISE(ABORT, 'season_plan_records is append-only'); END",
)


def upgrade() -> None:
    """Create the tables, and protect what was accepted from changes."""
    op.create_table(
        "season_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column(
            "weighting",
            sa.Enum(
                "equal",
                "by_roll",
                name="weighting",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at_most", sa.Integer(), nullable=False),
        sa.Column("wishes_close_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "withdrawn",
                name="planstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("seed_commitment", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("at_most >= 1", name=op.f("ck_season_plans_at_most_some")),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_season_plans_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["people.id"], name=op.f("fk_season_plans_ended_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["people.id"], name=op.f("fk_season_plans_opened_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season_plans")),
        sa.UniqueConstraint("slug", name=op.f("uq_season_plans_slug")),
    )
    op.create_table(
        "season_plan_events",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("requests_close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_season_plan_events_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["season_plans.id"], name=op.f("fk_season_plan_events_plan_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", "event_id", name=op.f("pk_season_plan_events")),
    )
    op.create_index(
        "uq_season_plan_events_live_event",
        "season_plan_events",
        ["event_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "season_plan_schools",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("at_most >= 1", name=op.f("ck_season_plan_schools_at_most_some")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["season_plans.id"], name=op.f("fk_season_plan_schools_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_season_plan_schools_school_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", "school_id", name=op.f("pk_season_plan_schools")),
    )
    op.create_table(
        "season_plan_pupils",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=True),
        sa.CheckConstraint("at_most >= 1", name=op.f("ck_season_plan_pupils_at_most_some")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["season_plans.id"], name=op.f("fk_season_plan_pupils_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupils.id"], name=op.f("fk_season_plan_pupils_pupil_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season_plan_pupils")),
        sa.UniqueConstraint(
            "plan_id", "pupil_id", name=op.f("uq_season_plan_pupils_plan_id_pupil_id")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_season_plan_pupils_reference")),
    )
    op.create_index(
        op.f("ix_season_plan_pupils_pupil_id"), "season_plan_pupils", ["pupil_id"], unique=False
    )
    op.create_table(
        "season_plan_wishes",
        sa.Column("planned_pupil_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_season_plan_wishes_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["planned_pupil_id"],
            ["season_plan_pupils.id"],
            name=op.f("fk_season_plan_wishes_planned_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("planned_pupil_id", "event_id", name=op.f("pk_season_plan_wishes")),
    )
    op.create_index(
        op.f("ix_season_plan_wishes_event_id"), "season_plan_wishes", ["event_id"], unique=False
    )
    op.create_table(
        "season_plan_proposals",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("inputs_digest", sa.String(), nullable=False),
        sa.Column("is_trial", sa.Boolean(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["people.id"], name=op.f("fk_season_plan_proposals_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["season_plans.id"], name=op.f("fk_season_plan_proposals_plan_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_season_plan_proposals")),
    )
    op.create_table(
        "season_plan_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["people.id"], name=op.f("fk_season_plan_records_accepted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["season_plans.id"], name=op.f("fk_season_plan_records_plan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season_plan_records")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_season_plan_records_plan_id")),
    )
    _refuse_changes()


def _refuse_changes() -> None:
    """Refuse every change to an accepted plan, as migration 0010 does for the ledger."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
        return
    for statement in POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Remove the tables; their triggers go with them."""
    op.drop_table("season_plan_records")
    op.drop_table("season_plan_proposals")
    op.drop_table("season_plan_wishes")
    op.drop_table("season_plan_pupils")
    op.drop_table("season_plan_schools")
    op.drop_table("season_plan_events")
    op.drop_table("season_plans")
