"""What Alembic runs: the migrations, over the connection that `bot.storage.engine.migrate` opened."""

from alembic import context
from sqlalchemy import text

from bot.storage.schema import metadata

# Two replicas that start together must not both create the tables; the lock ends with the transaction.
_LOCK = 4_919_114

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    context.run_migrations()
