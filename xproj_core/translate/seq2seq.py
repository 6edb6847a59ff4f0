"""Translators from transformers seq2seq checkpoints: NLLB, M2M-100, OPUS-MT/Marian, MADLAD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xproj_core.domain.errors import CheckpointError
from xproj_core.models import checkpoints, language_codes
from xproj_core.models.device import Device, pick
from xproj_core.models.language_codes import LanguageCodes
from xproj_core.models.protocols import Translation
from xproj_core.translate import likelihood
from xproj_core.translate.batched import BatchedTranslator, Piece
from xproj_core.translate.truncation import as_translation, output_limit

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase


class Seq2SeqTranslator(BatchedTranslator[int]):
    """One checkpoint, one device."""

    def __init__(
        self,
        name: str,
        model: PreTrainedModel,
        tokenizer: PreTrainedTokenizerBase,
        codes: LanguageCodes,
        where: Device,
        *,
        batch_size: int,
        beam: int,
        max_length: int,
    ) -> None:
        super().__init__(name, codes, batch_size=batch_size, limit=max_length)
        self._model, self._tokenizer = model, tokenizer
        self.device, self._beam = where, beam
        tokens = [t for t in codes.targets.values() if t]
        self._language_ids = frozenset(tokenizer.convert_tokens_to_ids(tokens))

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

    def _encode(self, text: str, language: str) -> list[int]:
        if self.codes.forced:
            self._tokenizer.src_lang = self.codes.source(language)
        return list(self._tokenizer(text, verbose=False)["input_ids"])

    def _run(self, batch: Sequence[Piece[int]], target: str, size: int) -> list[list[int]]:
        import torch

        first = self.codes.first(target)
        forced = None if first is None else self._tokenizer.convert_tokens_to_ids(first)
        inputs = self._tokenizer.pad(
            {"input_ids": [p.units for p in batch]}, return_tensors="pt", padding=True
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

    def _decode(self, piece: Piece[int], units: list[int], target: str, size: int) -> Translation:
        # Language tokens are not special tokens in every version of M2M-100's tokeniser.
        words = [i for i in units if i not in self._language_ids]
        text = self._tokenizer.decode(words, skip_special_tokens=True).strip()
        end = self._tokenizer.eos_token_id
        # Marian forces an end at the limit: an end in the last place is no end. The first id
        # is the decoder's start, which M2M-100 writes with the end token.
        complete = end in units[1:] and units.index(end, 1) < output_limit(size, self._limit)
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
