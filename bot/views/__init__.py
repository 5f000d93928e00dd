"""What a reader sees: pure functions from models to Block Kit."""
