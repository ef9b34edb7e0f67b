"""The file shelf: contents and their bytes, whose files they are, and each school's shelf."""

import sqlalchemy as sa
from alembic import op

revision = "0050_file_shelf"
down_revision = "0049_looks"
branch_labels = None
depends_on = None

AUDIENCES = ("everybody", "members", "coming", "day_staff", "hosts")
KINDS = (
    "pdf",
    "jpeg",
    "png",
    "webp",
    "docx",
    "xlsx",
    "pptx",
    "odt",
    "ods",
    "odp",
    "text",
    "csv",
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "file_contents",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="filekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_file_contents_not_empty")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_contents")),
    )
    op.create_index("ix_file_contents_added_at", "file_contents", ["added_at"])
    op.create_table(
        "file_bytes",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_bytes")),
    )
    op.create_table(
        "file_shelves",
        sa.Column("school_key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("school_key", name=op.f("pk_file_shelves")),
    )
    _create_attached_files()


def _create_attached_files() -> None:
    op.create_table(
        "attached_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner_kind", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column(
            "audience",
            sa.Enum(
                *AUDIENCES,
                name="fileaudience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("with_invitation", sa.Boolean(), nullable=False),
        sa.Column("from_earlier", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["file_contents.sha256"],
            name=op.f("fk_attached_files_sha256_file_contents"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_attached_files_school_id_schools")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["attached_files.id"],
            name=op.f("fk_attached_files_replaces_id_attached_files"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["people.id"], name=op.f("fk_attached_files_added_by_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attached_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attached_files_public_id")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_attached_files_replaces_id")),
    )
    op.create_index(
        "ix_attached_files_owner_kind_owner_id", "attached_files", ["owner_kind", "owner_id"]
    )
    op.create_index("ix_attached_files_school_id", "attached_files", ["school_id"])
    op.create_index("ix_attached_files_sha256", "attached_files", ["sha256"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("attached_files")
    op.drop_table("file_shelves")
    op.drop_table("file_bytes")
    op.drop_table("file_contents")
