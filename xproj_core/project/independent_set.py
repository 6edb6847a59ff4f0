"""Which of several candidates stay, when some exclude one another: the best total.

A maximum-weight independent set of a graph.

    maximise  sum of v(c) x(c)     x in {0, 1}
    such that x(a) + x(b) <= 1 for every two that are in conflict

Where conflict is overlap this is weighted interval scheduling. Here some spans may nest or cross,
and two places of one entity exclude each other wherever they are, so conflicts are any graph. The
candidates are gone through from left to right; a state is the set of those still to come that are
excluded already. Of overlapping spans alone there are as many states as ends of spans, as in the
dynamic programme for intervals. Where there are too many states, HiGHS solves the integer
programme.
"""

from __future__ import annotations

from collections.abc import Sequence

_DIGITS = 9
_MOST_STATES = 4096
_State = tuple[float, int, tuple[int, ...]]  # value, words, numbers of the chosen


def best_total(
    values: Sequence[float],
    sizes: Sequence[int],
    conflicts: Sequence[int],
    most_states: int = _MOST_STATES,
) -> tuple[int, ...]:
    """The numbers of the candidates with the highest total value, ascending.

    Equal totals (within 1e-9) are settled by more words, then by lower numbers; HiGHS settles
    them in its own, repeatable way.

    Args:
        values: all above 0; candidates are numbered from left to right.
        sizes: words of each.
        conflicts: for each, a bit mask of those that it excludes; symmetric.
        most_states: so many sets at one candidate are too many, and HiGHS takes over.
    """
    states: dict[int, _State] = {0: (0.0, 0, ())}
    for k, (value, size) in enumerate(zip(values, sizes, strict=True)):
        later = -1 << (k + 1)
        after: dict[int, _State] = {}
        for barred, (total, words, chosen) in states.items():
            _keep(after, barred & later, (total, words, chosen))
            if not barred >> k & 1:
                extended = (total + value, words + size, (*chosen, k))
                _keep(after, (barred | conflicts[k]) & later, extended)
        if len(after) > most_states:
            return _integer_programme(values, conflicts)
        states = after
    return states[0][2]


def _keep(states: dict[int, _State], barred: int, state: _State) -> None:
    known = states.get(barred)
    if known is None or _rank(state) < _rank(known):
        states[barred] = state


def _rank(state: _State) -> tuple[float, int, tuple[int, ...]]:
    return -round(state[0], _DIGITS), -state[1], state[2]


def _integer_programme(values: Sequence[float], conflicts: Sequence[int]) -> tuple[int, ...]:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    n = len(values)
    pairs = [(a, b) for a in range(n) for b in range(a + 1, n) if conflicts[a] >> b & 1]
    rows = np.repeat(np.arange(len(pairs)), 2)
    columns = np.array(pairs).ravel()
    matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(pairs), n))
    best = milp(
        -np.array(values),
        constraints=LinearConstraint(matrix, ub=1),
        integrality=np.ones(n),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    return tuple(np.flatnonzero(best.x > 0.5).tolist())
