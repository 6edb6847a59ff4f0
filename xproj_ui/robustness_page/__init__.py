"""The robustness page: which sweep, its curves, and what noise did to a sentence."""
