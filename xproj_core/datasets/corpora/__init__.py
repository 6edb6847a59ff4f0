"""The corpora of the literature by their published layout: one file each."""
