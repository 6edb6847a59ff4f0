"""Mini's aligner: word statistics, spelling and position."""
