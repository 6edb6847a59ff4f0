"""How each family of translation checkpoints names its languages.

NLLB: FLORES-200 codes ("swh_Latn"), the target's as forced first token. M2M-100: "__sw__",
likewise. OPUS-MT/Marian: one pair, or ">>swh<<" before the source text. MADLAD: "<2sw>"
before the source text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import langcodes

from xproj_core.domain import languages
from xproj_core.domain.errors import LanguageError

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_NLLB = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")
_M2M = re.compile(r"__([a-z]{2,3})__")
_MADLAD = re.compile(r"<2([A-Za-z_]{2,12})>")
_MARIAN = re.compile(r">>([A-Za-z_\-]{2,15})<<")
_PAIR_IN_NAME = re.compile(
    r"opus-mt(?:-tc)?(?:-big|-base|-tiny|-small)?-([A-Za-z_]+)-([A-Za-z_]+)$"
)

# ISO 639-5 groups and OPUS-MT's own names for sets of languages; they stand for several
# source languages, which the checkpoint does not list.
_GROUPS = frozenset(
    {"mul", "roa", "gmw", "gem", "gmq", "sla", "zle", "zls", "zlw", "bat", "bnt", "cel", "dra",
     "fiu", "inc", "ine", "iir", "ira", "itc", "sem", "trk", "tut", "urj", "afa", "alv", "art",
     "cau", "ccs", "cpf", "cpp", "cus", "euq", "grk", "map", "mkh", "nic", "pqe", "poz", "sal",
     "sit", "ssa", "tai", "phi", "wen", "ROMANCE", "NORWAY", "SCANDINAVIA", "CELTIC", "NORTH_EU",
     "SAMI"}
)  # fmt: skip
# M2M-100 writes Northern Sotho "ns", Norwegian "no" and all of Chinese "zh".
_M2M_SPELLINGS = {"ns": "nso"}
_SHOWN = 40


@dataclass(frozen=True)
class LanguageCodes:
    """One checkpoint's languages.

    Attributes:
        family: "NLLB", "M2M-100", "MADLAD" or "OPUS-MT".
        checkpoint: its name, for messages.
        sources: language to the code the tokeniser takes as source language; None where the
            checkpoint does not list its source languages (all are accepted).
        targets: language to the token that asks for it; "" where there is only one.
        forced: True where that token is the forced first token of the output, False where it
            stands before the source text.
    """

    family: str
    checkpoint: str
    sources: Mapping[str, str] | None
    targets: Mapping[str, str]
    forced: bool

    def knows(self, source: str, target: str) -> bool:
        """True when `source` to `target`, two different languages, can be translated."""
        try:
            self.check(source, target)
        except LanguageError:
            return False
        return True

    def check(self, source: str, target: str) -> None:
        """Nothing, if the pair is known.

        Raises:
            LanguageError: an unknown language (the message lists the known ones), or twice
                the same one.
        """
        self.source(source)
        token, here = self.target(target), languages.normalise(source)
        if here == languages.normalise(target) or (token and self.targets.get(here) == token):
            raise LanguageError(
                f"Source and target language are both {languages.name(source)} ({source})."
                " Choose two different languages."
            )

    def source(self, language: str) -> str:
        """The tokeniser's code for a source language.

        Raises:
            LanguageError: the checkpoint does not read it.
        """
        if self.sources is None:
            return languages.normalise(language)
        return self._look_up(language, self.sources, "from")

    def target(self, language: str) -> str:
        """The token that asks for a target language.

        Raises:
            LanguageError: the checkpoint does not write it.
        """
        return self._look_up(language, self.targets, "into")

    def prefix(self, target: str) -> str:
        """What stands before the source text: "<2sw> ", ">>swh<< " or ""."""
        token = self.target(target)
        return f"{token} " if token and not self.forced else ""

    def first(self, target: str) -> str | None:
        """The token every output must begin with; None where nothing is forced."""
        return self.target(target) if self.forced else None

    def _look_up(self, language: str, table: Mapping[str, str], preposition: str) -> str:
        code = languages.normalise(language)
        if code in table:
            return table[code]
        known = sorted(table)
        more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
        raise LanguageError(
            f"{self.checkpoint} ({self.family}) does not translate {preposition}"
            f" {languages.name(code)} ({code}). It knows: {', '.join(known[:_SHOWN])}{more}."
            " Choose another engine, or type the translation in."
        )


def vocabulary(tokenizer: PreTrainedTokenizerBase) -> set[str]:
    """Every token of a transformers tokeniser, M2M-100's language tokens included."""
    return {*tokenizer.get_vocab(), *getattr(tokenizer, "lang_token_to_id", ())}


def of_checkpoint(
    checkpoint: str,
    tokens: Collection[str],
    *,
    model_type: str | None = None,
    source: str | None = None,
    target: str | None = None,
) -> LanguageCodes:
    """The language codes of a checkpoint, told by its vocabulary and configuration.

    Args:
        checkpoint: its id or folder.
        tokens: every token of its tokeniser.
        model_type: `config.model_type`; None where there is no configuration (CTranslate2).
        source, target: the tokeniser's own `source_lang` and `target_lang`, if it has them.

    Raises:
        LanguageError: a family that is not known here.
    """
    for family, pattern, forced, types in (
        ("NLLB", _NLLB, True, {"m2m_100", "nllb-moe"}),
        ("M2M-100", _M2M, True, {"m2m_100"}),
        ("MADLAD", _MADLAD, False, {"t5", "mt5", "umt5"}),
    ):
        if model_type is not None and model_type not in types:
            continue
        named = [t for t in tokens if pattern.fullmatch(t)]
        if named:
            return _many_to_many(family, checkpoint, named, forced)
    if model_type in {None, "marian"}:
        return _opus_mt(checkpoint, tokens, source, target)
    raise LanguageError(
        f"{checkpoint} is a {model_type} checkpoint without language codes that XProj knows."
        " Use NLLB, M2M-100, OPUS-MT/Marian or MADLAD."
    )


def _many_to_many(family: str, checkpoint: str, tokens: list[str], forced: bool) -> LanguageCodes:
    readers: dict[str, Callable[[str], str]] = {
        "NLLB": lambda t: t,
        "M2M-100": lambda t: _M2M_SPELLINGS.get(t.strip("_"), t.strip("_")),
        "MADLAD": lambda t: t[2:-1],
    }
    targets = _by_language(tokens, readers[family])
    if family == "NLLB":
        for language in {*targets, *languages.nllb_members()}:
            preferred = languages.nllb_code(language)
            if preferred in tokens:
                targets[language] = preferred
        return LanguageCodes(family, checkpoint, targets, targets, forced)
    if family == "M2M-100":
        if "zh" in targets:
            targets.setdefault("zh-Hant", targets["zh"])
        sources = {language: token.strip("_") for language, token in targets.items()}
        return LanguageCodes(family, checkpoint, sources, targets, forced)
    return LanguageCodes(family, checkpoint, targets, targets, forced)


def _by_language(tokens: Collection[str], code_of: Callable[[str], str]) -> dict[str, str]:
    """Language to token; where several tokens mean one language, the shortest, then the first."""
    table: dict[str, str] = {}
    for token in sorted(tokens, key=lambda t: (len(t), t)):
        try:
            table.setdefault(languages.normalise(code_of(token)), token)
        except LanguageError:
            continue  # a code outside ISO 639, or a control token of the same shape
    # A member stands for its macrolanguage: "swh" (Coastal Swahili) also answers to "sw".
    for language in [code for code in table if "-" not in code]:
        table.setdefault(_macrolanguage(language), table[language])
    # Norwegian is written "no" or by its written standard Bokmål, "nb".
    for here, there in (("no", "nb"), ("nb", "no")):
        if there in table:
            table.setdefault(here, table[there])
    return table


def _macrolanguage(language: str) -> str:
    return str(langcodes.Language.get(language).prefer_macrolanguage().language)


def _opus_mt(
    checkpoint: str, tokens: Collection[str], source: str | None, target: str | None
) -> LanguageCodes:
    pair = _PAIR_IN_NAME.search(checkpoint.rstrip("/"))
    source = source or (pair.group(1) if pair else None)
    target = target or (pair.group(2) if pair else None)
    named = [t for t in tokens if _MARIAN.fullmatch(t)]
    targets = _by_language(named, lambda token: token[2:-2])
    if not targets and target is not None:
        targets = {languages.normalise(target): ""}
    if not targets:
        raise LanguageError(
            f"{checkpoint} does not say which languages it translates. OPUS-MT checkpoints say it"
            " in tokenizer_config.json (source_lang, target_lang) or in their name"
            " (opus-mt-en-de): rename the folder so."
        )
    return LanguageCodes("OPUS-MT", checkpoint, _opus_sources(source), targets, forced=False)


def _opus_sources(source: str | None) -> dict[str, str] | None:
    if source is None or source in _GROUPS:
        return None
    try:
        return {languages.normalise(source): source}
    except LanguageError:
        return None
