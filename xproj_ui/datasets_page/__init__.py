"""Data brought in, runs over them."""
