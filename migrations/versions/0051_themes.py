"""Themes from a list that the lead keeps; until now they were typed into each event.

The list begins with the themes in use: those that differ only in case and spacing are one, written
as most events write it. A network without events begins with the usual ones.
"""

import secrets
from collections import Counter, defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0051_themes"
down_revision = "0050_file_shelf"
branch_labels = None
depends_on = None

OTHER = "Other"
USUAL = (
    *("Art", "Computing", "Debating", "Design", "Drama", "Engineering", "English", "Games"),
    *("Geography", "History", "Languages", "Mathematics", "Music", "Nature", "Philosophy"),
    *("Science", "Sport", "Writing"),
)
FOREIGN_KEY = "fk_events_theme_themes"


def upgrade() -> None:
    """Make the list, and let events refer to it."""
    themes = op.create_table(
        "themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_themes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_themes_public_id")),
        sa.UniqueConstraint("name", name=op.f("uq_themes_name")),
        sa.UniqueConstraint("folded", name=op.f("uq_themes_folded")),
    )
    typed = op.get_bind().scalars(sa.text("SELECT theme FROM events")).all()
    chosen = listed(typed)
    names = {*chosen.values()} or {*USUAL}
    if OTHER.casefold() not in {name.casefold() for name in names}:
        names.add(OTHER)
    op.bulk_insert(
        themes,
        [
            {"public_id": secrets.token_urlsafe(12), "name": name, "folded": name.casefold()}
            for name in sorted(names, key=str.casefold)
        ],
    )
    op.execute("ALTER TABLE events RENAME COLUMN theme TO typed_theme")
    if op.get_bind().dialect.name == "sqlite":
        # SQLite adds a column with its reference in one go, and no constraint of its own.
        op.execute("ALTER TABLE events ADD COLUMN theme VARCHAR REFERENCES themes (name)")
    else:
        op.add_column("events", sa.Column("theme", sa.String(), nullable=True))
        op.create_foreign_key(op.f(FOREIGN_KEY), "events", "themes", ["theme"], ["name"])
    for was, name in chosen.items():
        op.get_bind().execute(
            sa.text("UPDATE events SET theme = :name WHERE typed_theme = :was"),
            {"name": name, "was": was},
        )
    op.drop_column("events", "typed_theme")
    op.create_index("ix_events_theme", "events", ["theme"])


def downgrade() -> None:
    """Type each event's theme into it again."""
    op.drop_index("ix_events_theme", "events")
    op.add_column(
        "events", sa.Column("typed_theme", sa.String(), nullable=False, server_default="")
    )
    op.execute("UPDATE events SET typed_theme = COALESCE(theme, '')")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(FOREIGN_KEY), "events")
    op.drop_column("events", "theme")
    op.execute("ALTER TABLE events RENAME COLUMN typed_theme TO theme")
    op.drop_table("themes")


def listed(typed: list[str]) -> dict[str, str]:
    """Return, for each theme as it was typed, how the list writes it."""
    ways: dict[str, Counter[str]] = defaultdict(Counter)
    for each in typed:
        if tidy := " ".join(each.split()):
            ways[tidy.casefold()][tidy] += 1
    best = {
        folded: min(found, key=lambda way: (-found[way], way.islower(), way))
        for folded, found in ways.items()
    }
    return {
        each: best[folded] for each in {*typed} if (folded := " ".join(each.split()).casefold())
    }
