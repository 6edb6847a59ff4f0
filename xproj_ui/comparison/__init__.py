"""One drawing of a whole comparison: where methods differ, their columns, and why."""
