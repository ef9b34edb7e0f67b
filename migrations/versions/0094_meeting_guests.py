"""Who is invited to a meeting by name, and what a meeting belongs to besides the network."""

import sqlalchemy as sa
from alembic import op

revision = "0094_meeting_guests"
down_revision = "0093_institutions_of_resources"
branch_labels = None
depends_on = None

GUESTS = "meeting_guests"


def upgrade() -> None:
    """Add the column, empty, and the table: every meeting so far is the network's."""
    op.add_column("meetings", sa.Column("circle", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_meetings_circle", "meetings", ["circle"])
    op.create_table(
        GUESTS,
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f(f"fk_{GUESTS}_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f(f"fk_{GUESTS}_person_id_people")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f(f"pk_{GUESTS}")),
    )
    op.create_index("ix_meeting_guests_person_id", GUESTS, ["person_id"])


def downgrade() -> None:
    """Remove both."""
    op.drop_table(GUESTS)
    op.drop_index("ix_meetings_circle", table_name="meetings")
    op.drop_column("meetings", "circle")
