"""What colleagues ask one another, and their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0091_colleague_questions"
down_revision = "0090_directory"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
QUESTIONS, ANSWERS = "colleague_questions", "colleague_answers"


def _id_of(column: str, table: str, on: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{on}_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, **more)


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _ids(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=True) for name in names]


def _moments(*names: str, nullable: bool = True) -> list[sa.Column]:
    return [sa.Column(name, MOMENT, nullable=nullable) for name in names]


def upgrade() -> None:
    """Make the tables; nobody has asked yet."""
    op.create_table(
        QUESTIONS,
        sa.Column("id", sa.Integer(), nullable=False),
        *_text("public_id", "title", "about", "area"),
        *_ids("author_id", "school_id"),
        sa.Column("without_name", sa.Boolean(), nullable=False),
        *_moments("asked_at", "said_at", nullable=False),
        *_moments("closed_at", "hidden_at"),
        *_text("hidden_reason", "told"),
        *_ids("told_by_id"),
        *_moments("told_at"),
        sa.CheckConstraint(
            "(told = '') = (told_at IS NULL)", name=op.f("ck_colleague_questions_told_at")
        ),
        _id_of("author_id", "people", QUESTIONS),
        _id_of("school_id", "schools", QUESTIONS),
        _id_of("told_by_id", "people", QUESTIONS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colleague_questions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_colleague_questions_public_id")),
    )
    for column in ("area", "author_id", "closed_at", "said_at", "told_at"):
        op.create_index(f"ix_{QUESTIONS}_{column}", QUESTIONS, [column])
    op.create_table(
        ANSWERS,
        sa.Column("id", sa.Integer(), nullable=False),
        *_text("public_id"),
        sa.Column("question_id", sa.Integer(), nullable=False),
        *_ids("author_id", "school_id"),
        *_text("words"),
        *_moments("written_at", nullable=False),
        *_moments("helped_at", "hidden_at"),
        *_text("hidden_reason"),
        _id_of("question_id", QUESTIONS, ANSWERS, ondelete="CASCADE"),
        _id_of("author_id", "people", ANSWERS),
        _id_of("school_id", "schools", ANSWERS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colleague_answers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_colleague_answers_public_id")),
    )
    for column in ("author_id", "question_id"):
        op.create_index(f"ix_{ANSWERS}_{column}", ANSWERS, [column])


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table(ANSWERS)
    op.drop_table(QUESTIONS)
