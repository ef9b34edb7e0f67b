"""The card processor's tables are no longer called a bank's.

The bank is the network's own account and nothing else. The demo card processor's four tables, and
how far the card processor's messages have been read, get names that say whose they are. SQLite
cannot rename a constraint, so each table is made again under its new name; nothing refers to them.
"""

from collections.abc import Callable, Mapping

import sqlalchemy as sa
from alembic import op

revision = "0022_say_which_bank"
down_revision = "0021_index_of_reversals"
branch_labels = None
depends_on = None

RENAMED = {
    "bank_sessions": "demo_sessions",
    "bank_movements": "demo_movements",
    "bank_disputes": "demo_disputes",
    "bank_payouts": "demo_payouts",
    "bank_watch": "processor_watch",
}
ROW_KINDS = (
    "charge",
    "refund",
    "refund_failure",
    "dispute",
    "fee",
    "payout",
    "payout_failure",
    "other",
)
DISPUTE_STATES = ("needs_answer", "under_review", "won", "lost", "closed")
PAYOUT_STATES = ("coming", "paid", "failed")


def upgrade() -> None:
    """Give the tables the processor's name."""
    _rename(RENAMED)


def downgrade() -> None:
    """Give the tables their old names."""
    _rename({after: before for before, after in RENAMED.items()})


def _rename(names: Mapping[str, str]) -> None:
    for before, after in names.items():
        made = CREATE[after.rpartition("_")[2]](after)
        columns = ", ".join(column.name for column in made.columns)
        filled = f"INSERT INTO {after} ({columns}) SELECT {columns} FROM {before}"  # noqa: S608 - ours
        op.execute(filled)
        op.drop_table(before)


def _words(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _sessions(name: str) -> sa.Table:
    return op.create_table(
        name,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("success_url", sa.String(), nullable=False),
        sa.Column("cancel_url", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("pays_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("slow", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("refunds", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("idempotency_key", name=op.f(f"uq_{name}_idempotency_key")),
    )


def _movements(name: str) -> sa.Table:
    made = op.create_table(
        name,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", _words(*ROW_KINDS, name="rowkind"), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("fee_pence", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payout_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_made_at_id"), name, ["made_at", "id"])
    op.create_index(op.f(f"ix_{name}_payout_id"), name, ["payout_id"])
    op.create_index(op.f(f"ix_{name}_session_id"), name, ["session_id"])
    return made


def _disputes(name: str) -> sa.Table:
    return op.create_table(
        name,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("state", _words(*DISPUTE_STATES, name="disputestate"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("session_id", name=op.f(f"uq_{name}_session_id")),
    )


def _payouts(name: str) -> sa.Table:
    made = op.create_table(
        name,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("state", _words(*PAYOUT_STATES, name="payoutstate"), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_created_at"), name, ["created_at"])
    return made


def _watch(name: str) -> sa.Table:
    return op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("messages_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payouts_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("balance_pence", sa.Integer(), nullable=True),
        sa.Column("balance_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f(f"ck_{name}_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


CREATE: dict[str, Callable[[str], sa.Table]] = {
    "sessions": _sessions,
    "movements": _movements,
    "disputes": _disputes,
    "payouts": _payouts,
    "watch": _watch,
}
