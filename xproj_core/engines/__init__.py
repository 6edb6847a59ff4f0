"""Which translator, aligner and tagger go together, and digests of what they are made of."""
