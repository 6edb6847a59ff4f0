"""What an answer computed anew and what it had at hand, in words."""

from __future__ import annotations

from collections.abc import Mapping

from xproj_core.answers.one_sentence import Comparison
from xproj_core.text.strings import counted

_NAMES = {"translate": "translation", "align": "alignment", "tag": "tagging"}


def tally(comparison: Comparison) -> str:
    """ "computed: 1 translation; kept: 2 translations, 1 tagging"."""
    return f"computed: {_listed(comparison.computed)}; kept: {_listed(comparison.kept)}"


def _listed(counts: Mapping[str, int]) -> str:
    words = [counted(n, noun) for kind, noun in _NAMES.items() if (n := counts.get(kind, 0))]
    return ", ".join(words) or "nothing"
