"""Pages of the register: issues, advice, actors, comparison, timeline, publications."""
