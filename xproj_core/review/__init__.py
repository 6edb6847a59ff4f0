"""Correcting what projection got wrong: documents, commands on them, and their log."""
