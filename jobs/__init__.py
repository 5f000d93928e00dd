"""The calendar: what is due, what a digest says, and the protocol that delivers it once."""
