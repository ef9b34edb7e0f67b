"""Feeds by school and parent, what calendars must remember, and partners' calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0017_partner_feeds"
down_revision = "0016_bank_statements"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables and columns."""
    _remember_removed_dates()
    for name in ("easting", "northing"):
        op.add_column("schools", sa.Column(name, sa.Integer(), nullable=True))
    _let_parents_have_feeds()
    _keep_partners()


def _remember_removed_dates() -> None:
    op.add_column(
        "events", sa.Column("deadline_changes", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "removed_dates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("removed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_removed_dates_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_dates")),
        sa.UniqueConstraint("event_id", "number", name="uq_removed_dates_event_id_number"),
    )
    op.create_index(op.f("ix_removed_dates_removed_at"), "removed_dates", ["removed_at"])


def _let_parents_have_feeds() -> None:
    # A feed made before terms could be in one stays without them.
    with op.batch_alter_table("feeds") as feeds:
        feeds.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        feeds.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        feeds.add_column(
            sa.Column("leaves_out", sa.JSON(), nullable=False, server_default='["school_days"]')
        )
        feeds.create_foreign_key(
            op.f("fk_feeds_parent_id"), "parents", ["parent_id"], ["id"], ondelete="CASCADE"
        )
        feeds.create_check_constraint(
            op.f("ck_feeds_one_owner"), "(person_id IS NULL) != (parent_id IS NULL)"
        )
        feeds.create_index(op.f("ix_feeds_parent_id"), ["parent_id"])


def _keep_partners() -> None:
    op.create_table(
        "partner_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.Column("read_whole_at", INSTANT, nullable=True),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("last_modified", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["people.id"], name=op.f("fk_partner_feeds_added_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_feeds")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partner_feeds_public_id")),
        sa.UniqueConstraint("url", name=op.f("uq_partner_feeds_url")),
    )
    op.create_index(op.f("ix_partner_feeds_due_at"), "partner_feeds", ["due_at"])
    op.create_table(
        "partner_dates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=True),
        sa.Column("ends_at", INSTANT, nullable=True),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_partner_dates_days_in_order")),
        sa.CheckConstraint(
            "(starts_at IS NULL) = (ends_at IS NULL)", name=op.f("ck_partner_dates_both_times")
        ),
        sa.ForeignKeyConstraint(
            ["feed_id"],
            ["partner_feeds.id"],
            name=op.f("fk_partner_dates_feed_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_dates")),
    )
    op.create_index(op.f("ix_partner_dates_feed_id"), "partner_dates", ["feed_id"])
    op.create_index("ix_partner_dates_last_on_first_on", "partner_dates", ["last_on", "first_on"])


def downgrade() -> None:
    """Remove the tables and columns; parents' feeds go with them."""
    op.drop_table("partner_dates")
    op.drop_table("partner_feeds")
    op.execute("DELETE FROM feeds WHERE person_id IS NULL")
    with op.batch_alter_table("feeds") as feeds:
        feeds.drop_index(op.f("ix_feeds_parent_id"))
        feeds.drop_constraint(op.f("ck_feeds_one_owner"), type_="check")
        feeds.drop_constraint(op.f("fk_feeds_parent_id"), type_="foreignkey")
        feeds.drop_column("leaves_out")
        feeds.drop_column("parent_id")
        feeds.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
    for name in ("northing", "easting"):
        op.drop_column("schools", name)
    op.drop_table("removed_dates")
    op.drop_column("events", "deadline_changes")
