"""Which candidate each entity gets: the best first, or the best total.

    maximise  sum of c(e, p) x(e, p)     x in {0, 1}
    such that every entity e gets at most one span p, and no two chosen spans share a word
              unless their entities may (`nesting`)

(the thesis's integer programme with at most one projection per entity). It contains the job
interval selection problem, so it is NP-hard in general; sentences are easy all the same. `exact`
falls into components of entities whose candidates can meet, and solves each by a dynamic
programme over word position x set of entities already placed. An entity is forgotten from that
set as soon as no candidate of it lies ahead, so that only entities that compete at one place cost
anything. Where that still leaves too many sets, HiGHS solves the integer programme. Entities that
may share words depend on one another only through others that may not; of such a component the
chosen candidates are an `independent_set`.

Equal scores (within 1e-9) are settled by the number of words as `ties` says, then further left,
then the order of the entities. With "leftmost" the number of words does not count; `greedy` looks
at the order of the entities first then, as the seed paper's code does. HiGHS settles the
number of words, and the rest in its own (repeatable) way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from xproj_core.project.independent_set import best_total
from xproj_core.project.nesting import NONE, Pairs

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Ties = Literal["longer", "shorter", "leftmost"]
Choice = tuple[float, int, int, int]  # score, start, end, entity
_Value = tuple[float, int, tuple[tuple[int, int, int], ...]]  # -score, cost, (start, end, entity)
_COST: dict[Ties, int] = {"longer": -1, "shorter": 1, "leftmost": 0}  # of each word
_DIGITS = 9
_MOST_STATES = 4096  # sets of entities at one position before HiGHS takes over


def greedy(choices: Iterable[Choice], ties: Ties = "longer", shared: Pairs = NONE) -> list[Choice]:
    """Take the best candidate, drop what it excludes, and so on; sorted by place.

    Args:
        shared: the entities that may share words, two by two (`nesting.sharing`).
    """
    solution: list[Choice] = []
    for choice in sorted(choices, key=_rank(ties)):
        if not any(_in_conflict(choice, other, shared) for other in solution):
            solution.append(choice)
    return sorted(solution, key=lambda c: c[1])


def _in_conflict(choice: Choice, other: Choice, shared: Pairs) -> bool:
    """True for two candidates of one entity, and where two entities would share a word."""
    if choice[3] == other[3]:
        return True
    meet = other[1] < choice[2] and choice[1] < other[2]
    return meet and (choice[3], other[3]) not in shared


def exact(
    choices: Sequence[Choice],
    ties: Ties = "longer",
    most_states: int = _MOST_STATES,
    shared: Pairs = NONE,
) -> list[Choice]:
    """The candidates with the highest total score; sorted by place.

    Args:
        shared: the entities that may share words, two by two (`nesting.sharing`).
        most_states: so many sets of placed entities at one position are too many, and HiGHS
            takes over.
    """
    solution: list[Choice] = []
    rank = _rank(ties)
    for component in _components(choices, shared):
        entities = {c[3] for c in component}
        if len(entities) == 1:
            solution.append(min(component, key=rank))
        elif any((a, b) in shared for a in entities for b in entities):
            solution += _independent(component, ties, most_states, shared)
        else:
            solved = _programme(component, ties, most_states)
            solution += integer_programme(component, ties) if solved is None else solved
    return sorted(solution, key=lambda c: c[1])


def _independent(
    component: Sequence[Choice], ties: Ties, most_states: int, shared: Pairs
) -> list[Choice]:
    """The same for entities of which some may share words."""
    candidates = sorted(_undominated(component), key=lambda c: (c[1], c[2], c[3]))
    conflicts = [
        sum(
            1 << n
            for n, other in enumerate(candidates)
            if other is not choice and _in_conflict(choice, other, shared)
        )
        for choice in candidates
    ]
    sizes = [-_COST[ties] * (c[2] - c[1]) for c in candidates]
    numbers = best_total([c[0] for c in candidates], sizes, conflicts, most_states)
    return [candidates[n] for n in numbers]


def _rank(ties: Ties) -> Callable[[Choice], tuple[float, int, int, int, int]]:
    cost = _COST[ties]

    def rank(choice: Choice) -> tuple[float, int, int, int, int]:
        score, start, end, entity = choice
        if cost == 0:
            return -round(score, _DIGITS), entity, start, end, 0
        return -round(score, _DIGITS), cost * (end - start), start, end, entity

    return rank


def _components(choices: Sequence[Choice], shared: Pairs) -> list[list[Choice]]:
    """Groups of entities that compete, directly or through others: their candidates' hulls meet,
    and they may not share words."""
    per_entity: dict[int, list[Choice]] = {}
    for choice in choices:
        if choice[0] > 0:
            per_entity.setdefault(choice[3], []).append(choice)
    if len(per_entity) < 2:
        return list(per_entity.values())
    hulls = sorted(
        (min(c[1] for c in own), max(c[2] for c in own), e) for e, own in per_entity.items()
    )
    groups: list[list[tuple[int, int, int]]] = []
    for start, end, entity in hulls:
        rivals = [
            group
            for group in (groups if shared else groups[-1:])
            if any(start < b and (entity, e) not in shared for _, b, e in group)
        ]
        groups = [group for group in groups if not any(group is r for r in rivals)]
        groups.append([*(hull for rival in rivals for hull in rival), (start, end, entity)])
    return [[c for _, _, e in group for c in per_entity[e]] for group in groups]


def _programme(component: Sequence[Choice], ties: Ties, most_states: int) -> list[Choice] | None:
    """Dynamic programme over positions; None when there would be too many states."""
    component = _undominated(component)
    number = {e: n for n, e in enumerate(sorted({c[3] for c in component}))}
    by_start: dict[int, list[Choice]] = {}
    last_start: dict[int, int] = {}
    for choice in component:
        by_start.setdefault(choice[1], []).append(choice)
        last_start[choice[3]] = max(last_start.get(choice[3], 0), choice[1])
    positions = sorted({p for c in component for p in c[1:3]})
    ahead = {
        p: sum(1 << number[e] for e, last in last_start.items() if last >= p) for p in positions
    }
    states: dict[int, dict[int, _Value]] = {p: {} for p in positions}
    states[positions[0]][0] = (0.0, 0, ())
    for here, following in zip(positions, [*positions[1:], -1], strict=True):
        if len(states[here]) > most_states:
            return None
        for placed, value in states[here].items():
            if following >= 0:
                _keep(states[following], placed & ahead[following], *value)
            for choice in by_start.get(here, ()):
                bit = 1 << number[choice[3]]
                if not placed & bit:
                    end = choice[2]
                    words = value[1] + _COST[ties] * (end - here)
                    after = (placed | bit) & ahead[end]
                    _keep(states[end], after, value[0] - choice[0], words, value[2], choice)
    best = min(states[positions[-1]].values(), key=_order)
    score_of = {(c[1], c[2], c[3]): c[0] for c in component}
    return [(score_of[chosen], *chosen) for chosen in best[2]]


def _order(value: _Value) -> tuple[float, int, tuple[tuple[int, int, int], ...]]:
    return round(value[0], _DIGITS), value[1], value[2]


def _keep(
    states: dict[int, _Value],
    placed: int,
    loss: float,
    words: int,
    before: tuple[tuple[int, int, int], ...],
    choice: Choice | None = None,
) -> None:
    """Note a way to get to a state, unless a better one is known."""
    known = states.get(placed)
    if known is not None and loss - known[0] > 10.0**-_DIGITS:
        return
    value = (loss, words, (*before, choice[1:]) if choice else before)
    if known is None or _order(value) < _order(known):
        states[placed] = value


def _undominated(component: Sequence[Choice]) -> list[Choice]:
    """Without candidates that hold a candidate of the same entity which scores more."""
    per_entity: dict[int, list[Choice]] = {}
    for choice in component:
        per_entity.setdefault(choice[3], []).append(choice)
    return [choice for own in per_entity.values() for choice in _best_of_their_size(own)]


def _best_of_their_size(own: Sequence[Choice]) -> list[Choice]:
    """One entity's candidates that score no less than every candidate within them."""
    scores = {(c[1], c[2]): c[0] for c in own}
    ends = sorted({c[2] for c in own})
    within = dict.fromkeys(ends, 0.0)  # best score from any later start up to this end
    candidates: list[Choice] = []
    for start in sorted({c[1] for c in own}, reverse=True):
        best = 0.0  # of this start, up to ends before the present one
        for end in ends:
            score = scores.get((start, end), 0.0)
            inside = max(best, within[end])
            if score and round(inside - score, _DIGITS) <= 0:
                candidates.append((score, start, end, own[0][3]))
            best = within[end] = max(inside, score)
    return candidates


def integer_programme(component: Sequence[Choice], ties: Ties = "longer") -> list[Choice]:
    """The same by HiGHS: the best total, then of its solutions the number of words."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    component = _undominated([c for c in component if c[0] > 0])
    if not component:
        return []
    scores = np.array([c[0] for c in component])
    costs = np.array([float(_COST[ties] * (c[2] - c[1])) for c in component])
    once = LinearConstraint(_rows(component), ub=1)
    options = {"mip_rel_gap": 0.0}
    common = {"integrality": np.ones(len(component)), "bounds": Bounds(0, 1), "options": options}
    best = milp(-scores, constraints=once, **common)
    if _COST[ties]:
        enough = LinearConstraint(scores[None, :], lb=-best.fun - 10.0**-_DIGITS)
        settled = milp(costs, constraints=[once, enough], **common)
        best = settled if settled.x is not None else best
    return [c for c, x in zip(component, best.x, strict=True) if x > 0.5]


def _rows(component: Sequence[Choice]) -> csr_array:
    """Which candidates use each entity and each word: a sparse 0/1 matrix, a column each.

    One row per word is equivalent to forbidding overlapping pairs, smaller and tighter.
    """
    from scipy.sparse import csr_array

    entities = {e: n for n, e in enumerate(sorted({c[3] for c in component}))}
    places = sorted({w for c in component for w in range(c[1], c[2])})
    words = {w: n for n, w in enumerate(places, len(entities))}
    rows: list[int] = []
    columns: list[int] = []
    for n, (_, start, end, entity) in enumerate(component):
        used = [entities[entity], *(words[w] for w in range(start, end))]
        rows += used
        columns += [n] * len(used)
    shape = (len(entities) + len(words), len(component))
    return csr_array(([1.0] * len(rows), (rows, columns)), shape=shape)
