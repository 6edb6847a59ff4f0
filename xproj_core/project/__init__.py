"""Projectors, by name: they turn evidence into entities on the target."""

from __future__ import annotations

from xproj_core.domain.registry import Registry
from xproj_core.project.base import Projector

projectors: Registry[Projector] = Registry("projector")
_here = "xproj_core.project"
projectors.add(
    "seed-heuristic",
    f"{_here}.seed_heuristic:SeedHeuristic",
    "Runs of linked words, joined over short gaps, kept if long enough",
)
projectors.add(
    "thesis-heuristic",
    f"{_here}.thesis_heuristic:ThesisHeuristic",
    "The same, the longest runs only, never over one another",
)
projectors.add("elp", f"{_here}.elp:Elp", "Easy-Label-Projection with its gap rule as documented")
projectors.add(
    "elp-published",
    f"{_here}.elp:ElpPublished",
    "Easy-Label-Projection as its published code behaves, defects included",
)
projectors.add(
    "min-max",
    f"{_here}.min_max:MinMax",
    "From the first linked word to the last, with optional filters",
)
projectors.add(
    "match-greedy", f"{_here}.matching:MatchGreedy", "Candidate spans weighed by scores, best first"
)
projectors.add(
    "match-exact",
    f"{_here}.matching:MatchExact",
    "Candidate spans weighed by scores, best total over the sentence",
)
