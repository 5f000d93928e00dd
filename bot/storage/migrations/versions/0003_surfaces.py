"""Follow-ups in threads, channel settings, greetings, and which passage a reader reported."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables, and the column."""
    op.create_table(
        "conversation",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("thread", sa.String(32), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", "thread", name="pk_conversation"),
    )
    op.create_index("ix_conversation_at", "conversation", ["at"])
    op.create_table(
        "channel",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("sharers", sa.String(16), nullable=False),
        sa.Column("outsiders", sa.Boolean, nullable=False),
        sa.Column("set_by", sa.String(32), nullable=False),
        sa.Column("set_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", name="pk_channel"),
    )
    op.create_table(
        "greeting",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("user", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("team", "user", "channel", name="pk_greeting"),
    )
    op.add_column("feedback", sa.Column("passage", sa.String(160), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("feedback", "passage")
    op.drop_table("greeting")
    op.drop_table("channel")
    op.drop_table("conversation")
