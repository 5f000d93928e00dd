"""Alembic's scripts: `env.py` runs them over an open connection, `versions/` holds one file a change."""
