"""The library: the curated corpus and how to find a passage in it. No Slack, no SQL, no clock, no environment."""
