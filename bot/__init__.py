"""Every door to the outside: Slack, the database, the command line, settings and logs."""
