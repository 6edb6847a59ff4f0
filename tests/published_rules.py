"""Published projection rules, written out plainly: slow to read nothing into them, easy to check.

Each takes evidence, and its links as a list where they are at hand, and gives the IOB2 tags of its
target. They share nothing with `xproj_core.project`; tests hold the projectors to them, benchmarks
time them.
"""

from __future__ import annotations

import string

import numpy as np

from xproj_core.domain import Evidence

Tags = list[str]
Bounds = tuple[int, int]
Links = list[Bounds]


def link_pairs(evidence: Evidence) -> Links:
    """All (source, target) links, by source word, then by target word."""
    assert evidence.alignment is not None
    return sorted(evidence.alignment.pairs())


def write(tags: Tags, start: int, end: int, label: str) -> None:
    """B-label and I-label over whatever is there."""
    tags[start] = f"B-{label}"
    for word in range(start + 1, end):
        tags[word] = f"I-{label}"


def consecutive(words: list[int]) -> list[Bounds]:
    """Maximal runs among ascending words."""
    runs: list[Bounds] = []
    for word in words:
        if runs and runs[-1][1] == word:
            runs[-1] = runs[-1][0], word + 1
        else:
            runs.append((word, word + 1))
    return runs


def seed_tags(
    evidence: Evidence, threshold: float = 0.8, distance: int = 1, links: Links | None = None
) -> Tags:
    """The seed paper's heuristic: runs grow link by link, are joined, filtered, written."""
    tags = ["O"] * len(evidence.target)
    links = link_pairs(evidence) if links is None else links
    linked = [[j for i, j in links if i == word] for word in range(len(evidence.source))]
    for entity in evidence.source.spans:
        runs: list[list[int]] = []
        for word in (j for i in range(entity.start, entity.end) for j in linked[i]):
            known = False
            for run in runs:
                if run[0] <= word < run[1]:
                    known = True
                elif word == run[1]:
                    run[1], known = word + 1, True
                elif word == run[0] - 1:
                    run[0], known = word, True
            if not known:
                runs.append([word, word + 1])
        if distance > 0 and runs:
            runs.sort(key=lambda run: run[0])
            joined = [runs[0]]
            for run in runs[1:]:
                if run[0] - joined[-1][1] <= distance:
                    joined[-1][1] = run[1]
                else:
                    joined.append(run)
            runs = joined
        for start, end in runs:
            if (end - start) / len(entity) > threshold:
                write(tags, start, end, entity.label)
    return tags


def thesis_tags(evidence: Evidence, links: Links | None = None) -> Tags:
    """The thesis's heuristic as its code stands by default: the *shortest* run, words once."""
    tags = ["O"] * len(evidence.target)
    links = link_pairs(evidence) if links is None else links
    for entity in sorted(evidence.source.spans, key=len):
        words = sorted({j for i, j in links if entity.start <= i < entity.end})
        of_first_word = {j for i, j in links if i == entity.start}
        runs: list[Bounds] = []
        for run in consecutive(words):
            if runs and run[0] - runs[-1][1] <= 1 and run[0] not in of_first_word:
                runs[-1] = runs[-1][0], run[1]
            else:
                runs.append(run)
        for start, end in sorted(runs, key=lambda run: run[1] - run[0])[:1]:
            if all(tag == "O" for tag in tags[start:end]):
                write(tags, start, end, entity.label)
    return tags


def min_max_tags(evidence: Evidence, links: Links | None = None) -> Tags:
    """From the first linked word to the last."""
    tags = ["O"] * len(evidence.target)
    links = link_pairs(evidence) if links is None else links
    for entity in evidence.source.spans:
        words = [j for i, j in links if entity.start <= i < entity.end]
        if words:
            write(tags, min(words), max(words) + 1, entity.label)
    return tags


def elp_runs(evidence: Evidence, links: Links | None = None) -> list[tuple[Bounds, str]]:
    """Easy-Label-Projection before collisions: the longest run, gaps filled as its code does."""
    links = link_pairs(evidence) if links is None else links
    kept: list[tuple[Bounds, str]] = []
    for entity in evidence.source.spans:
        words = sorted({j for i, j in links if entity.start <= i < entity.end})
        words = [
            w for w in words if not all(c in string.punctuation for c in evidence.target.tokens[w])
        ]
        runs = consecutive(words)
        at = 0
        while at + 1 < len(runs):
            if runs[at + 1][1] - 1 - runs[at][0] <= 2:
                runs[at : at + 2] = [(runs[at][0], runs[at + 1][1])]
            else:
                at += 1
        if runs:
            kept.append((max(runs, key=lambda run: run[1] - run[0]), entity.label))
    return kept


def ngram_tags(evidence: Evidence, links: Links | None = None) -> Tags:
    """All spans without the tokens "!" and "?", scored link by link, best first."""
    length, entities = len(evidence.target), evidence.source.spans
    links = link_pairs(evidence) if links is None else links
    spans = [
        (a, b)
        for a in range(length)
        for b in range(a + 1, length + 1)
        if not {"!", "?"} & set(evidence.target.tokens[a:b])
    ]
    tags = ["O"] * length
    if not spans or not entities:
        return tags
    scores = np.zeros((len(entities), len(spans)))
    for n, entity in enumerate(entities):
        for k, (a, b) in enumerate(spans):
            common = sum(1 for i, j in links if entity.start <= i < entity.end and a <= j < b)
            scores[n, k] = 2 * common / (len(entity) + b - a)
    while scores.max() > 0:
        n, k = map(int, np.unravel_index(scores.argmax(), scores.shape))
        a, b = spans[k]
        write(tags, a, b, entities[n].label)
        scores[n, :] = 0
        for other, (c, d) in enumerate(spans):
            if c < b and a < d:
                scores[:, other] = 0
    return tags
