"""Translators, by name."""

from __future__ import annotations

from xproj_core.domain.registry import Registry
from xproj_core.models.protocols import Translator

translators: Registry[Translator] = Registry("translator")
_here = "xproj_core.translate"
translators.add(
    "mini", "xproj_core.mini.translator:load", "Mini: phrase-based, CPU, no network", "FOLDER"
)
translators.add(
    "transformers",
    f"{_here}.seq2seq:load",
    "NLLB, M2M-100, OPUS-MT/Marian, MADLAD through transformers",
    "ID-OR-FOLDER",
)
translators.add(
    "ctranslate2", f"{_here}.ct2:load", "The same models converted to CTranslate2", "FOLDER"
)
translators.add(
    "memory", f"{_here}.translation_memory:load", "Your own parallel text, looked up", "FILE"
)
