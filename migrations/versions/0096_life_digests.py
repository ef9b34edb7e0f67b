"""One mail a week about network life: where each person's stands, and that it may be stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0096_life_digests"
down_revision = "0095_colleague_groups"
branch_labels = None
depends_on = None

OLD = ("new_events", "reminders", "ideas")
NEW = (*OLD, "network_life")


def upgrade() -> None:
    """Make the table, and let people stop such mail."""
    op.create_table(
        "life_digests",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tasks_digest", sa.String(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_life_digests_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_life_digests")),
    )
    op.create_index(op.f("ix_life_digests_at"), "life_digests", ["at"])
    _allow(NEW)


def downgrade() -> None:
    """Drop it; such mail is stopped no more."""
    stops = sa.table("mail_stops", sa.column("kind"))
    op.execute(sa.delete(stops).where(stops.c.kind == "network_life"))
    _allow(OLD)
    op.drop_table("life_digests")


def _allow(kinds: tuple[str, ...]) -> None:
    known = {rule["name"] for rule in sa.inspect(op.get_bind()).get_check_constraints("mail_stops")}
    said = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("mail_stops") as batch:
        for name in known:
            batch.drop_constraint(op.f(name), type_="check")
        batch.create_check_constraint(op.f("ck_mail_stops_stoppablemail"), f"kind IN ({said})")
