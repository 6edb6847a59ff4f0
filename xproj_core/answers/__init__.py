"""Questions answered: one sentence or many items, by every system asked for."""
