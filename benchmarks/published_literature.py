"""Figures that others published, with their setting. None of them was measured here."""

from __future__ import annotations

from xproj_core.domain import languages
from xproj_core.evaluate.literature import references


def published(dataset: str, language: str) -> str:
    """All that has been published for a language, by source, the best first."""
    by_source: dict[str, list[str]] = {}
    for reference in references(dataset, language):
        by_source.setdefault(reference.source, []).append(
            f"{reference.system} {100 * reference.value:.1f}"
        )
    summary = "; ".join(f"{source}: {', '.join(some)}" for source, some in by_source.items())
    return f"- {languages.name(language)}. {summary}."


def settings(dataset: str, language: str) -> list[str]:
    """The setting that each source measured in."""
    by_source = {r.source: (r.setting, r.metric, r.note) for r in references(dataset, language)}
    return [
        f"- {source}: {setting}; {metric}.{' ' + note if note else ''}"
        for source, (setting, metric, note) in by_source.items()
    ]
