"""Projectors, by name: they turn evidence into entities on the target.

What is somebody's published behaviour has a version in its name, which stands for the same for
ever; the name without it is the current version's.
"""

from __future__ import annotations

from xproj_core.domain.defaults import DEFAULT_PROJECTOR
from xproj_core.domain.registry import Registry
from xproj_core.project.base import Projector

projectors: Registry[Projector] = Registry("projector")
_here = "xproj_core.project"
projectors.add(
    "seed-heuristic.v1",
    f"{_here}.seed_heuristic:SeedHeuristic",
    "Runs of linked words, joined over short gaps, kept if long enough",
)
projectors.add(
    "thesis-heuristic.v1",
    f"{_here}.thesis_heuristic:ThesisHeuristic",
    "The same, the longest runs only, never over one another",
)
projectors.add(
    "thesis-published.v1",
    f"{_here}.thesis_heuristic:ThesisPublished",
    "The thesis's heuristic as its published code behaves: the shortest runs",
)
projectors.add("elp", f"{_here}.elp:Elp", "Easy-Label-Projection with its gap rule as documented")
projectors.add(
    "elp-published.v1",
    f"{_here}.elp:ElpPublished",
    "Easy-Label-Projection as its published code behaves, defects included",
)
projectors.add(
    "min-max.v1",
    f"{_here}.min_max:MinMax",
    "From the first linked word to the last, with optional filters",
)
projectors.add(
    "match-greedy", f"{_here}.matching:MatchGreedy", "Candidate spans weighed by scores, best first"
)
projectors.add(
    DEFAULT_PROJECTOR,
    f"{_here}.matching:MatchExact",
    "Candidate spans weighed by scores, best total over the sentence",
)
projectors.add("vote", f"{_here}.vote:Vote", "What most of several projectors want")
for _published in (
    "seed-heuristic",
    "thesis-heuristic",
    "thesis-published",
    "elp-published",
    "min-max",
):
    projectors.alias(_published, f"{_published}.v1")
