"""How the desk behaves in a channel: what its members set, and what that forbids."""
