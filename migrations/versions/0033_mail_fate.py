"""What a mail is about, until when it is worth sending, who is answered, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0033_mail_fate"
down_revision = "0032_two_parents"
branch_labels = None
depends_on = None

STATES = ("queued", "sending", "sent", "failed")


def _words(*states: str) -> sa.Enum:
    return sa.Enum(
        *states, name="messagestate", native_enum=False, create_constraint=True, length=40
    )


def upgrade() -> None:
    """Add them."""
    with op.batch_alter_table("messages") as messages:
        for name in ("about", "reply_to"):
            messages.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        for name in ("keep_until", "failed_at"):
            messages.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        messages.alter_column(
            "state", existing_type=_words(*STATES), type_=_words(*STATES, "refused")
        )
        messages.create_index("ix_messages_about", ["about"])
    op.execute("UPDATE messages SET failed_at = next_attempt_at WHERE state = 'failed'")


def downgrade() -> None:
    """Remove them; a refused address counts as a mail given up."""
    op.execute("UPDATE messages SET state = 'failed' WHERE state = 'refused'")
    with op.batch_alter_table("messages") as messages:
        messages.drop_index("ix_messages_about")
        messages.alter_column(
            "state", existing_type=_words(*STATES, "refused"), type_=_words(*STATES)
        )
        for name in ("failed_at", "keep_until", "reply_to", "about"):
            messages.drop_column(name)
