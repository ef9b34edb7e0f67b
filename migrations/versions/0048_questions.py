"""What a host asks besides, and what was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0048_questions"
down_revision = "0047_asked_on_paper"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create both tables; nothing is asked yet."""
    op.create_table(
        "event_questions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("public_id", sa.String, nullable=False),
        sa.Column("event_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("of", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("help", sa.String, nullable=False),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("low", sa.Integer, nullable=True),
        sa.Column("high", sa.Integer, nullable=True),
        sa.Column("required", sa.Boolean, nullable=False),
        sa.Column("for_staff", sa.Boolean, nullable=False),
        sa.Column("kept", sa.String(length=40), nullable=False),
        sa.Column("cleared", sa.JSON, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("asked_by_id", sa.Integer, nullable=True),
        sa.Column("withdrawn_at", AT, nullable=True),
        sa.CheckConstraint(
            "\"of\" IN ('parent', 'pupil', 'school')", name=op.f("ck_event_questions_askedof")
        ),
        sa.CheckConstraint(
            "kind IN ('choice', 'several', 'number', 'text', 'yes_no')",
            name=op.f("ck_event_questions_answerkind"),
        ),
        sa.CheckConstraint(
            "kept IN ('day_after', 'fortnight', 'school_year')",
            name=op.f("ck_event_questions_keptuntil"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
            name=op.f("fk_event_questions_event_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["people.id"], name=op.f("fk_event_questions_asked_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_questions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_questions_public_id")),
    )
    op.create_index(
        "ix_event_questions_event_id_position", "event_questions", ["event_id", "position"]
    )
    op.create_table(
        "question_answers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("booking_id", sa.Integer, nullable=True),
        sa.Column("school_id", sa.Integer, nullable=True),
        sa.Column("chosen", sa.JSON, nullable=False),
        sa.Column("number", sa.Integer, nullable=True),
        sa.Column("text", sa.Text, nullable=True),
        sa.Column("answered_at", AT, nullable=False),
        sa.Column("parent_id", sa.Integer, nullable=True),
        sa.Column("person_id", sa.Integer, nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_question_answers_{column}"), **more
            )
            for column, target, more in (
                ("question_id", "event_questions.id", {"ondelete": "CASCADE"}),
                ("booking_id", "bookings.id", {}),
                ("school_id", "schools.id", {}),
                ("parent_id", "parents.id", {}),
                ("person_id", "people.id", {}),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_answers")),
        sa.UniqueConstraint(
            "question_id", "booking_id", name=op.f("uq_question_answers_question_id_booking_id")
        ),
        sa.UniqueConstraint(
            "question_id", "school_id", name=op.f("uq_question_answers_question_id_school_id")
        ),
        sa.CheckConstraint(
            "(booking_id IS NULL) != (school_id IS NULL)",
            name=op.f("ck_question_answers_of_a_booking_or_a_school"),
        ),
    )
    for column in ("booking_id", "school_id"):
        op.create_index(op.f(f"ix_question_answers_{column}"), "question_answers", [column])


def downgrade() -> None:
    """Drop both."""
    op.drop_table("question_answers")
    op.drop_table("event_questions")
