"""The tables, as the newest migration leaves them. Times are seconds since 1970 in UTC, whole ones or doubles.

Every table is keyed by workspace (`team`), and no query on somebody's behalf goes without it; only the calendar looks at
all of them. `manifest` alone has no workspace: it holds what the corpus was.
"""

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, Integer, MetaData, String, Table, Text

metadata = MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"},
)

# What was delivered and is handled once: Slack delivers at least once (docs.slack.dev/apis/events-api).
seen = Table(
    "seen",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("state", String(8), nullable=False),  # claimed | done
    Column("at", BigInteger, nullable=False),
    Index(None, "at"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("team", String(32), nullable=False),
    Column("user", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("question", Text, nullable=False),
    Column("corpus_version", String(16), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String(16), nullable=True),
    Column("comment", Text, nullable=True),
    Column("passage", String(160), nullable=True),  # the one that was reported
    Index(None, "team", "at"),
)

# The last question of a thread, kept for a day: what a follow-up is read with.
conversation = Table(
    "conversation",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("thread", String(32), primary_key=True),  # the ts of its first message
    Column("question", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index(None, "at"),
)

# How the desk behaves in a channel; one without a row has the usual settings (bot.channels).
channel = Table(
    "channel",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("mode", String(16), nullable=False),
    Column("topics", Text, nullable=False),  # JSON
    Column("sharers", String(16), nullable=False),
    Column(
        "outsiders", Boolean, nullable=False
    ),  # whether it answers where another organisation listens (Slack Connect)
    Column("set_by", String(32), nullable=False),
    Column("set_at", BigInteger, nullable=False),
)

# Who was greeted, and where: nobody is twice.
greeting = Table(
    "greeting",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("user", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),  # "" for the welcome to the direct messages
    Column("at", BigInteger, nullable=False),
)

# One a channel (jobs.subscriptions.Subscription).
subscription = Table(
    "subscription",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("owner", String(32), nullable=False),
    Column("frequency", String(8), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("at", String(5), nullable=False),  # HH:MM by the wall clock of the zone
    Column("zone", String(64), nullable=False),
    Column("topics", Text, nullable=False),  # JSON
    Column("form", String(8), nullable=False),
    Column("skip_unchanged", Boolean, nullable=False),
    Column("assurance", String(16), nullable=False),
    Column("paused", Text, nullable=True),
    Column("since", Double, nullable=False),
    Column("notice", String(8), nullable=True),  # due | told: whether the owner knows that nothing can be posted
    Index(None, "notice"),
)

# One row a message; the states and who may go from one to the next: jobs.delivery.
delivery = Table(
    "delivery",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("period", String(8), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("state", String(8), nullable=False),
    # By the clock of whoever planned it. `next_at` is null while the part before is not posted.
    Column("due_at", Double, nullable=False),
    Column("next_at", Double, nullable=True),
    # By the database's clock: nobody takes the row before (a lease, or a rest after a refusal).
    Column("lease_until", Double, nullable=False),
    Column("owner", String(64), nullable=True),
    Column("fence", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_send_at", Double, nullable=True),
    Column("key", String(32), nullable=False),
    Column("ts", String(32), nullable=True),
    Column("payload", Text, nullable=True),  # JSON, from when it is composed until its end
    Column("manifest", String(64), nullable=True),
    Column("issues", Text, nullable=True),  # JSON
    Column("error", Text, nullable=True),
    # When a second copy is looked for, how often it was, and how many were removed.
    Column("sweep_at", Double, nullable=True),
    Column("sweeps", Integer, nullable=False),
    Column("extras", Integer, nullable=False),
    Index(None, "state", "next_at"),
    Index(None, "sweep_at"),
)

# What a digest was made from, id -> hash, as JSON under its SHA-256: the digests of one day share one.
manifest = Table(
    "manifest",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("contents", Text, nullable=False),
)

# How fast messages may leave (jobs.rates), by the database's clock; `channel` is "" for the whole workspace.
bucket = Table(
    "bucket",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("rate", Double, nullable=False),
    Column("free_at", Double, nullable=False),
    Column("blocked_until", Double, nullable=False),
)
