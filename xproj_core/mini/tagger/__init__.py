"""Mini's tagger: English, languages that were taught, and others by glosses."""
