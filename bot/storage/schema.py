"""The tables, as the newest migration leaves them. Times are whole seconds since 1970 in UTC.

Every table is keyed by workspace (`team`), and no query goes without it.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text

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
    Index(None, "team", "at"),
)
