"""What calls Slack: replies, look-ups, agent features, digests; and what takes its requests in."""
