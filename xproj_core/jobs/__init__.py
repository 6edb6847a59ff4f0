"""Work that goes on while nobody looks at it: runs, sweeps, teaching, counting.

`job` says what a job is, `ledger` by which rules it changes hands, wherever it is kept: in a
`folder`, or in the database (`store.runs`). A `Worker` does the jobs of one kind, in turn for what
they need, each in a `process` of its own. The modules named `*_job` say what each kind does, what
it needs and what comes of it.
"""
