"""Work that goes on while nobody looks at it: runs, sweeps, teaching.

A `Worker` does jobs one after another, each in a process of its own (`child`). How far a job is
stands where another process finds it after a crash: a run's in its row of the store, all others'
in a file (`files`).
"""
