"""One table, written as CSV or LaTeX."""
