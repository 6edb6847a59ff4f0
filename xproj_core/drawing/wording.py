"""The words around the drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache

from xproj_core.answers.choice import Choice
from xproj_core.answers.system import System
from xproj_core.domain import Evidence, Lost, Projection, Sentence, Span, languages
from xproj_core.domain.errors import XProjError
from xproj_core.drawing.payload_types import Piece
from xproj_core.engines.presets import engine_title
from xproj_core.methods import Mode, methods, places_labels

MODES = {
    Mode.LABEL: "Label the target",
    Mode.TRANSLATE: "Translate the labelled source",
}
"""What is done with a dataset's sentences, for people."""
_TITLES = {
    "back_translation": "Back-translation",
    "marked_back_translation": "Back-translation with markers",
    "model_transfer": "Model transfer",
    "ensemble": "Vote",
}
_PROJECTORS = {
    "seed-heuristic": "Runs of linked words (seed paper)",
    "thesis-heuristic": "Longest runs (thesis)",
    "thesis-published": "Runs of linked words (thesis), as published",
    "elp": "Easy-Label-Projection",
    "elp-published": "Easy-Label-Projection, as published",
    "min-max": "First to last linked word",
    "match-greedy": "Candidate matching, greedy",
    "match-exact": "Candidate matching, exact",
    "vote": "Vote of several projectors",
}
_SHORT = {"marked_back_translation": "Back + markers"}
_ORIGINS = {
    "given": ("your text", "the text you gave"),
    "memory": ("human", "human translation (examples)"),
    "typed": ("typed", "typed by you"),
    "mini": ("Mini", "translated by Mini"),
}


def title(method: str) -> str:
    """A method's name for people; what is no plain name is one already."""
    known = _TITLES.get(method)
    return known or (method.replace("_", " ").capitalize() if method.isidentifier() else method)


def system_titles(names: Sequence[str]) -> dict[str, str]:
    """Systems' names for people (see `xproj_core.answers.system`), without what all of them share.

    "direct/match-exact" is "Direct" where every system has that projector, and
    "Direct · match-exact" where not. A letter for the run ("A direct/match-exact") is kept. No
    projector stands beside a method that places labels itself. Engines have their titles, never the
    folders that they lie in.
    """
    systems = {name: System.parse(name) for name in names}
    engines = _engine_titles({s.engine for s in systems.values()})
    projecting = [s for s in systems.values() if not _places_labels(s.method.name)]
    several_projectors = len({str(s.projector) for s in projecting}) > 1
    titles = {}
    for name, system in systems.items():
        shown = several_projectors and system in projecting
        parts = [
            system.run,
            engines[system.engine],
            _choice_title(system.method),
            str(system.projector) if shown else "",
        ]
        titles[name] = " · ".join(filter(None, parts))
    alike = Counter(titles.values())  # files of earlier versions have such a method several times
    return {
        name: title if alike[title] == 1 else f"{title} · {systems[name].projector}"
        for name, title in titles.items()
    }


def _engine_titles(engines: Collection[str]) -> dict[str, str]:
    """Their titles, none where there is one engine only; in full where two have the same."""
    if len(engines) < 2:
        return dict.fromkeys(engines, "")
    titles = {name: engine_title(name) if name else "" for name in engines}
    alike = Counter(titles.values())
    return {name: title if alike[title] == 1 else name for name, title in titles.items()}


@cache
def _places_labels(method: str) -> bool:
    """False of what is no method here."""
    if method not in methods.names():
        return False
    try:
        return places_labels(methods.entry(method).load())
    except XProjError:
        return False


def _choice_title(choice: Choice) -> str:
    options = str(choice).removeprefix(choice.name)
    return f"{title(choice.name)} {options}".rstrip()


def projector_title(name: str) -> str:
    """A projector's name for people."""
    return _PROJECTORS.get(name, name)


def short_title(method: str) -> str:
    """The same where there is little room."""
    return _SHORT.get(method) or title(method)


def origin(name: str) -> tuple[str, str]:
    """A short tag and a phrase for who made a sentence."""
    if not name:
        return "", ""
    short = name.rsplit("/", 1)[-1]
    if name.startswith("mini:"):
        short = f"Mini + {short.removeprefix('mini:')}"
    return _ORIGINS.get(name) or (short, f"translated by {name}")


def slot(method: str, mode: Mode, row: int, n_rows: int) -> str | None:
    """Which of `methods.SLOTS` a row of the chain is; None for a given target."""
    if row == n_rows - 1:
        return "target" if mode is Mode.TRANSLATE else None
    if row == 0:
        return "pivot-source" if method == "pivot" and mode is Mode.LABEL else "source"
    return {"pivot": "pivot", "back_translation": "back"}.get(method)


def row_names(chain: Sequence[Sentence]) -> list[str]:
    """Language names; a sentence between in the language of an end is marked with a prime."""
    ends = {chain[0].language, chain[-1].language}
    return [
        languages.name(s.language) + ("′" if 0 < k < len(chain) - 1 and s.language in ends else "")
        for k, s in enumerate(chain)
    ]


def words(sentence: Sentence, start: int, end: int) -> str:
    """The tokens of [start, end) as one string."""
    return ("" if languages.is_unspaced(sentence.language) else " ").join(
        sentence.tokens[start:end]
    )


def decimal(value: float) -> str:
    """ ".67" for 0.67, "1" for 1."""
    text = f"{round(value, 2) + 0.0:.2f}".removesuffix(".00")
    if text.startswith(("0.", "-0.")):
        return text.replace("0.", ".", 1)
    return text


def summary(evidence: Evidence, projection: Projection, gold: Sequence[Span] | None) -> list[Piece]:
    """ "4 of 5 entities placed, 3 of 4 as in gold. 1 missing: Lagos. 1 lost: Oslo." in pieces."""
    n_entities = len(projection.entities)
    n_source = len(evidence.chain[0].spans)
    if not n_entities and not n_source and not gold:
        return [_plain("No entities.")]
    if len(evidence.chain) == 1:
        pieces = [_plain(str(n_entities)), _plain(_entities(n_entities) + " found")]
    else:
        placed = len({p.trace.source for p in projection.entities})
        # that all landed somewhere is no success: only gold tells whether it is right
        all_well = placed == n_source and gold is not None and set(gold) == set(projection.spans)
        pieces = [
            Piece(text=f"{placed} of {n_source}", tone="good" if all_well else "plain"),
            _plain(_entities(n_source) + " placed"),
        ]
    pieces[-1]["text"] += _as_in_gold(projection, gold) + "."
    pieces += _not_as_in_gold(evidence.target, projection, gold or ())
    if projection.lost:
        pieces += _lost(evidence.source, projection.lost)
    return pieces


def _entities(n: int) -> str:
    return "entity" if n == 1 else "entities"


def _plain(text: str) -> Piece:
    return Piece(text=text, tone="plain")


def _as_in_gold(projection: Projection, gold: Sequence[Span] | None) -> str:
    if gold is None:
        return ""
    right = len(set(projection.spans) & set(gold))
    if right == len(gold) == len(projection.entities):
        return ", all as in gold"
    return f", {right} of {len(gold)} as in gold"


def _not_as_in_gold(target: Sentence, projection: Projection, gold: Sequence[Span]) -> list[Piece]:
    """The gold entities that are missing, and those that have other ends or another label."""
    absent = [g for g in gold if g not in projection.spans]
    missing = [g for g in absent if not any(g.overlaps(s) for s in projection.spans)]
    otherwise = [g for g in absent if g not in missing]
    pieces = []
    for spans, verb in ((missing, "missing"), (otherwise, "labelled otherwise")):
        if spans:
            pieces += [Piece(text=f"{len(spans)} {verb}", tone="bad"), _named(target, spans)]
    return pieces


def _lost(source: Sentence, lost: Sequence[Lost]) -> list[Piece]:
    return [Piece(text=f"{len(lost)} lost", tone="bad"), _named(source, [x.source for x in lost])]


def _named(sentence: Sentence, spans: Sequence[Span]) -> Piece:
    names = ", ".join(words(sentence, s.start, s.end) for s in spans[:3])
    more = f" and {len(spans) - 3} more" if len(spans) > 3 else ""
    return _plain(f": {names}{more}.")
