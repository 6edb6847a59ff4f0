"""Correcting projected labels and links: the queue, the editor, and what follows from both."""
