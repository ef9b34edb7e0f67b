"""When each job last ran, so that a worker that has died is noticed."""

import sqlalchemy as sa
from alembic import op

revision = "0034_job_runs"
down_revision = "0033_mail_fate"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add one row for each job."""
    op.create_table(
        "job_runs",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_runs")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("job_runs")
