"""Mini's translator: phrase-based, trained by `xproj_core.mini.train`, with nothing to download."""

from __future__ import annotations

from pathlib import Path

from xproj_core.mini.translator.translator import SHIPPED, PhraseBasedTranslator

__all__ = ["SHIPPED", "PhraseBasedTranslator", "load"]


def load(folder: str | None = None) -> PhraseBasedTranslator:
    """The shipped translator; with `folder`, what was trained there comes first.

    `folder` may be the trained folder itself or one that has it as `translator`.

    Raises:
        CheckpointError: `folder` holds no translator.
    """
    if not folder:
        return PhraseBasedTranslator("mini", [SHIPPED])
    path = Path(folder)
    path = path / "translator" if (path / "translator").is_dir() else path
    return PhraseBasedTranslator(f"mini:{folder}", [path, *([SHIPPED] if SHIPPED.is_dir() else [])])
