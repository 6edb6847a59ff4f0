"""The page that scores runs, finds what failed and says why."""
