"""Who gets a digest, every message of every digest, and how fast they leave."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the four tables."""
    op.create_table(
        "subscription",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("frequency", sa.String(8), nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("form", sa.String(8), nullable=False),
        sa.Column("skip_unchanged", sa.Boolean, nullable=False),
        sa.Column("assurance", sa.String(16), nullable=False),
        sa.Column("paused", sa.Text, nullable=True),
        sa.Column("since", sa.Double, nullable=False),
        sa.Column("notice", sa.String(8), nullable=True),
        sa.PrimaryKeyConstraint("team", "channel", name="pk_subscription"),
    )
    op.create_index("ix_subscription_notice", "subscription", ["notice"])
    op.create_table(
        "delivery",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("due_at", sa.Double, nullable=False),
        sa.Column("next_at", sa.Double, nullable=True),
        sa.Column("lease_until", sa.Double, nullable=False),
        sa.Column("owner", sa.String(64), nullable=True),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("first_send_at", sa.Double, nullable=True),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("ts", sa.String(32), nullable=True),
        sa.Column("payload", sa.Text, nullable=True),
        sa.Column("manifest", sa.String(64), nullable=True),
        sa.Column("issues", sa.Text, nullable=True),
        sa.Column("error", sa.Text, nullable=True),
        sa.Column("sweep_at", sa.Double, nullable=True),
        sa.Column("sweeps", sa.Integer, nullable=False),
        sa.Column("extras", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", "period", "part", name="pk_delivery"),
    )
    op.create_index("ix_delivery_state_next_at", "delivery", ["state", "next_at"])
    op.create_index("ix_delivery_sweep_at", "delivery", ["sweep_at"])
    op.create_table(
        "manifest",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("contents", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_manifest"),
    )
    op.create_table(
        "bucket",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("rate", sa.Double, nullable=False),
        sa.Column("free_at", sa.Double, nullable=False),
        sa.Column("blocked_until", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", name="pk_bucket"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("bucket")
    op.drop_table("manifest")
    op.drop_table("delivery")
    op.drop_table("subscription")
