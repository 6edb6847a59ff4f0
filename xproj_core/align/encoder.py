"""Aligners on the vectors of an encoder: SimAlign's three rules and AWESoME's softmax.

TransAlign (Ebing & Glavaš 2025) and AccAlign (Wang et al. 2022) are that softmax on another
encoder, another layer and with another threshold; what is here are these recipes on the encoders
as they come, without the adapters that their authors trained.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from xproj_core.align import embeddings, similarity_rules
from xproj_core.align.embeddings import Embedded, Encoder
from xproj_core.domain import Alignment, Sentence
from xproj_core.models.device import pick

MULTILINGUAL_BERT = "google-bert/bert-base-multilingual-cased"
NLLB = "facebook/nllb-200-distilled-600M"
LABSE = "sentence-transformers/LaBSE"
_CHUNK = 1024

Extract = Callable[[Embedded, Embedded], Alignment]


class EncoderAligner:
    """Embeds all sentences of a call in batches, then extracts links pair by pair.

    Memory is bounded: at most 1024 pairs' vectors are held at once.
    """

    def __init__(self, name: str, encoder: Encoder, extract_links: Extract, batch_size: int):
        self._name, self.encoder = name, encoder
        self._extract, self._batch_size = extract_links, batch_size

    @property
    def name(self) -> str:
        """The rule and the checkpoint, "simalign-argmax:google-bert/..."."""
        return self._name

    def align(self, pairs: Sequence[tuple[Sentence, Sentence]]) -> list[Alignment]:
        """One alignment (first x second) per pair, in order.

        Raises:
            InputError: a sentence without tokens.
            EngineError: out of memory on a single sentence.
        """
        alignments: list[Alignment] = []
        for start in range(0, len(pairs), _CHUNK):
            chunk = pairs[start : start + _CHUNK]
            flat = [sentence for pair in chunk for sentence in pair]
            embedded = self.encoder.embed(flat, self._batch_size)
            alignments += map(self._extract, embedded[::2], embedded[1::2])
        return alignments


def _load(
    name: str,
    id_or_folder: str,
    extract_links: Extract,
    layer: int,
    device: str | None,
    batch_size: int,
) -> EncoderAligner:
    encoder = embeddings.load(id_or_folder, layer, pick(device))
    return EncoderAligner(f"{name}:{id_or_folder}", encoder, extract_links, batch_size)


def _simalign(
    rule: similarity_rules.Rule,
    id_or_folder: str = MULTILINGUAL_BERT,
    *,
    layer: int = 8,
    device: str | None = None,
    batch_size: int = 64,
    unit: similarity_rules.Unit = "bpe",
    distortion: float = 0.0,
) -> EncoderAligner:
    """SimAlign's links.

    Args:
        rule: mutual best matches ("argmax"), the same again among what is left ("itermax"), or
            a maximum-weight matching ("match").
        layer: counted from 1, clipped to the deepest there is.
        unit: match subwords ("bpe", a word is linked when a subword is) or words, whose
            vector is the mean of their subwords'.
        distortion: SimAlign's penalty for distance from the diagonal, 0 for none.
    """
    links = partial(similarity_rules.simalign, rule=rule, unit=unit, distortion=distortion)
    return _load(f"simalign-{rule}", id_or_folder, links, layer, device, batch_size)


simalign_argmax = partial(_simalign, "argmax")
simalign_itermax = partial(_simalign, "itermax")
simalign_match = partial(_simalign, "match")


def awesome(
    id_or_folder: str = MULTILINGUAL_BERT,
    *,
    layer: int = 8,
    device: str | None = None,
    batch_size: int = 64,
    threshold: float = similarity_rules.AWESOME_THRESHOLD,
) -> EncoderAligner:
    """Links whose softmax probability exceeds `threshold` in both directions."""
    rule = partial(similarity_rules.awesome, threshold=threshold)
    return _load("awesome", id_or_folder, rule, layer, device, batch_size)


def transalign(
    id_or_folder: str = NLLB,
    *,
    layer: int = 12,
    device: str | None = None,
    batch_size: int = 64,
    threshold: float = similarity_rules.AWESOME_THRESHOLD,
) -> EncoderAligner:
    """TransAlign's recipe: a translator's encoder, its last layer, softmax over .001.

    The sentences' languages have to be among the translator's.
    """
    rule = partial(similarity_rules.awesome, threshold=threshold)
    return _load("transalign", id_or_folder, rule, layer, device, batch_size)


def accalign(
    id_or_folder: str = LABSE,
    *,
    layer: int = 6,
    device: str | None = None,
    batch_size: int = 64,
    threshold: float = 0.1,
) -> EncoderAligner:
    """AccAlign's recipe: a sentence encoder, its sixth layer, softmax over .1."""
    rule = partial(similarity_rules.awesome, threshold=threshold)
    return _load("accalign", id_or_folder, rule, layer, device, batch_size)
