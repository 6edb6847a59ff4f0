"""Translators from transformers seq2seq checkpoints: NLLB, M2M-100, OPUS-MT/Marian, MADLAD."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from threading import RLock
from typing import Any

from xproj_core import checkpoints, languages
from xproj_core.device import Device, in_batches, pick
from xproj_core.domain import Sentence
from xproj_core.engines import Translation
from xproj_core.errors import CheckpointError
from xproj_core.translate import language_codes, likelihood
from xproj_core.translate.language_codes import LanguageCodes
from xproj_core.translate.subwords import CutText, as_translation, bucket, output_limit


@dataclass(frozen=True, slots=True)
class _Piece:
    """One sentence on its way through the model."""

    place: int
    ids: list[int]
    notes: tuple[str, ...]


class Seq2SeqTranslator:
    """One checkpoint, one device; safe to call from several threads (one at a time computes).

    Results do not depend on what else is in the batch: the length an output may have is
    fixed by the sentence's own length alone.
    """

    def __init__(
        self,
        name: str,
        model: Any,
        tokenizer: Any,
        codes: LanguageCodes,
        where: Device,
        *,
        batch_size: int,
        beam: int,
        max_length: int,
    ) -> None:
        self._name, self._model, self._tokenizer = name, model, tokenizer
        self.codes, self.device = codes, where
        self._batch_size, self._beam, self._limit = batch_size, beam, max_length
        tokens = [t for t in codes.targets.values() if t]
        self._language_ids = frozenset(tokenizer.convert_tokens_to_ids(tokens))
        self._lock = RLock()

    @property
    def name(self) -> str:
        """The checkpoint's id or folder."""
        return self._name

    def supports(self, source: str, target: str) -> bool:
        """True when the checkpoint translates `source` into `target`."""
        return self.codes.knows(source, target)

    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        """One translation per sentence, in order; truncation is said in its notes.

        Raises:
            LanguageError: a source language or the target is unknown to the checkpoint.
            EngineError: out of memory on a single sentence.
        """
        for language in {s.language for s in sentences}:
            self.codes.check(language, target)
        with self._lock:
            groups = self._encode(sentences, target)
            done: dict[int, Translation] = {}
            for (_, size), pieces in sorted(groups.items(), key=lambda item: item[0]):
                run = partial(self._generate, target=target, size=size)
                outputs = in_batches(pieces, self._batch_size, run, self._name)
                for piece, ids in zip(pieces, outputs, strict=True):
                    done[piece.place] = self._decode(piece, ids, target, size)
        return [done[place] for place in range(len(sentences))]

    def log_likelihoods(
        self, pairs: Sequence[tuple[str, str]], source: str, target: str
    ) -> list[float]:
        """Mean natural-log probability per target subword given the source text.

        The end-of-sentence token counts, a forced language token does not: it is given, not
        predicted (Vamvas & Sennrich 2022, NMTScore, direct score before normalisation).
        """
        codes = (self.codes.source(source), self.codes.target(target))
        with self._lock:
            return likelihood.mean_log_probabilities(
                self._model,
                self._tokenizer,
                [(self.codes.prefix(target) + s, t) for s, t in pairs],
                codes=codes if self.codes.forced else None,
                limit=self._limit,
                batch_size=self._batch_size,
                where=self.device,
                name=self._name,
            )

    def _encode(
        self, sentences: Sequence[Sentence], target: str
    ) -> dict[tuple[str, int], list[_Piece]]:
        """Sentences by source language and rounded length, longest first in each group."""
        groups: dict[tuple[str, int], list[_Piece]] = {}
        prefix = self.codes.prefix(target)
        for place, sentence in enumerate(sentences):
            self._read_in(sentence.language)
            cut = CutText.of(sentence, prefix, self._count, self._limit)
            ids = list(self._tokenizer(cut.text)["input_ids"])
            language = languages.normalise(sentence.language)
            notes = (cut.note(self._name),) if cut.left_out else ()
            piece = _Piece(place, ids, notes)
            groups.setdefault((language, bucket(len(ids))), []).append(piece)
        for pieces in groups.values():
            pieces.sort(key=lambda p: -len(p.ids))
        return groups

    def _read_in(self, language: str) -> None:
        if self.codes.forced:
            self._tokenizer.src_lang = self.codes.source(language)

    def _count(self, text: str) -> int:
        return len(self._tokenizer(text, verbose=False)["input_ids"])

    def _generate(self, batch: Sequence[_Piece], target: str, size: int) -> list[list[int]]:
        import torch

        first = self.codes.first(target)
        forced = None if first is None else self._tokenizer.convert_tokens_to_ids(first)
        inputs = self._tokenizer.pad(
            {"input_ids": [p.ids for p in batch]}, return_tensors="pt", padding=True
        ).to(self.device.name)
        with torch.inference_mode():
            outputs = self._model.generate(
                input_ids=inputs["input_ids"],
                attention_mask=inputs["attention_mask"],
                num_beams=self._beam,
                do_sample=False,
                max_new_tokens=output_limit(size, self._limit),
                **({} if forced is None else {"forced_bos_token_id": forced}),
            )
        return [list(row) for row in outputs.tolist()]

    def _decode(self, piece: _Piece, ids: list[int], target: str, size: int) -> Translation:
        # Language tokens are not special tokens in every version of M2M-100's tokeniser.
        words = [i for i in ids if i not in self._language_ids]
        text = self._tokenizer.decode(words, skip_special_tokens=True).strip()
        end = self._tokenizer.eos_token_id
        # Marian forces an end at the limit: an end in the last place is no end. The first id
        # is the decoder's start, which M2M-100 writes with the end token.
        complete = end in ids[1:] and ids.index(end, 1) < output_limit(size, self._limit)
        return as_translation(text, target, self._name, piece.notes, complete=complete)


def load(
    id_or_folder: str,
    *,
    device: str | None = None,
    batch_size: int = 32,
    beam: int = 4,
    max_length: int | None = None,
) -> Seq2SeqTranslator:
    """A translator from a hub id or a local folder.

    Args:
        device: "cpu", "cuda", "cuda:1"; None for the best there is.
        batch_size: most sentences per call of the model; halved when memory runs out.
        beam: beams of the search; 1 is greedy.
        max_length: most subwords of a source sentence; None for what the model takes.

    Raises:
        CheckpointError: not a usable checkpoint; the message names what is missing.
        LanguageError: a family whose language codes are not known here.
        EngineError: the hub cannot be reached, or memory ran out.
    """
    where = pick(device)
    config = checkpoints.load_config(id_or_folder)
    if not config.is_encoder_decoder:
        raise CheckpointError(
            f"{id_or_folder} is a {config.model_type} model, which does not translate. Choose an"
            " NLLB, M2M-100, OPUS-MT/Marian or MADLAD checkpoint."
        )
    tokenizer = checkpoints.load_tokenizer(id_or_folder)
    codes = language_codes.of_checkpoint(
        id_or_folder,
        language_codes.vocabulary(tokenizer),
        model_type=config.model_type,
        source=getattr(tokenizer, "source_lang", None),
        target=getattr(tokenizer, "target_lang", None),
    )
    model = checkpoints.load_model("AutoModelForSeq2SeqLM", id_or_folder, where)
    limit = checkpoints.input_limit(tokenizer, config)
    return Seq2SeqTranslator(
        id_or_folder,
        model,
        tokenizer,
        codes,
        where,
        batch_size=batch_size,
        beam=beam,
        max_length=min(limit, max_length or limit),
    )
