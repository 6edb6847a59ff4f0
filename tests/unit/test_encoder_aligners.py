"""Batched alignment against the simalign package itself, on the same tiny BERT."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from tests.checkpoints.texts import TEXTS
from tests.unit.conftest import MakeCheckpoint
from xproj_core.align import embeddings, encoder, similarity_rules
from xproj_core.align.embeddings import Embedded
from xproj_core.domain import Sentence
from xproj_core.domain.errors import CheckpointError, InputError
from xproj_core.models.device import pick
from xproj_core.text.tokenise import tokenise

SENTENCES = [tokenise(text, "en") for text in TEXTS]
PAIRS = list(zip(SENTENCES, [*SENTENCES[1:], SENTENCES[0]], strict=True))
RULES = {
    "inter": encoder.simalign_argmax,
    "itermax": encoder.simalign_itermax,
    "mwmf": encoder.simalign_match,
}


@pytest.fixture(scope="module", params=["bpe", "word"])
def reference(request: pytest.FixtureRequest, checkpoint: MakeCheckpoint) -> Any:
    simalign = pytest.importorskip("simalign")
    return simalign.SentenceAligner(
        model=checkpoint("bert"), token_type=request.param, layer=2, matching_methods="mai"
    )


@pytest.mark.parametrize("rule", RULES)
def test_links_are_those_of_simalign(checkpoint: MakeCheckpoint, reference: Any, rule: str) -> None:
    aligner = RULES[rule](
        checkpoint("bert"), layer=2, device="cpu", batch_size=8, unit=reference.token_type
    )
    for alignment, (source, target) in zip(aligner.align(PAIRS), PAIRS, strict=True):
        expected = reference.get_word_aligns(list(source.tokens), list(target.tokens))[rule]
        assert alignment.pairs() == sorted(set(expected))


@pytest.mark.parametrize("factory", [*RULES.values(), encoder.awesome])
def test_a_batch_gives_what_one_by_one_gives(checkpoint: MakeCheckpoint, factory: Any) -> None:
    aligner = factory(checkpoint("bert"), layer=3, device="cpu")
    together = aligner.align(PAIRS)
    for alignment, pair in zip(together, PAIRS, strict=True):
        [alone] = aligner.align([pair])
        assert np.array_equal(alignment.links, alone.links)
        assert np.allclose(alignment.scores, alone.scores, atol=1e-5)
    assert aligner.align([]) == []


@pytest.mark.parametrize("factory", [*RULES.values(), encoder.awesome])
def test_scores_are_in_range_and_no_other_pair_outranks_a_link(
    checkpoint: MakeCheckpoint, factory: Any
) -> None:
    for alignment in factory(checkpoint("bert"), layer=3, device="cpu").align(PAIRS):
        assert alignment.scores.min() >= 0 and alignment.scores.max() <= 1
        if alignment.links.any() and factory is not encoder.awesome:
            # A cosine below 0 would put a link under 0.5, where the others are capped.
            assert alignment.scores[~alignment.links].max() <= 0.5
        if alignment.links.any():
            assert alignment.scores[alignment.links].min() > 0


@pytest.mark.parametrize("name", ["bert", "nllb", "m2m100", "marian", "madlad", "tagger"])
@pytest.mark.parametrize("layer", [0, 1, 2, 99])
def test_dropping_layers_changes_nothing(checkpoint: MakeCheckpoint, name: str, layer: int) -> None:
    import torch
    from transformers import AutoConfig, AutoModel, AutoModelForSeq2SeqLM

    cut = embeddings.load(checkpoint(name), layer, pick("cpu"))
    [embedded] = cut.embed(SENTENCES[:1], 8)
    two_sided = AutoConfig.from_pretrained(checkpoint(name)).is_encoder_decoder
    kind = AutoModelForSeq2SeqLM if two_sided else AutoModel
    model = kind.from_pretrained(checkpoint(name)).eval()
    full_encoder = model.get_encoder() if two_sided else model
    before, after = cut._pieces.frame(cut._pieces.language("en"))
    ids = torch.tensor([[*before, *cut._pieces.of(SENTENCES[0].tokens)[0], *after]])
    with torch.inference_mode():
        states = full_encoder(input_ids=ids, output_hidden_states=True).hidden_states
    expected = states[min(layer, len(states) - 1)][0, len(before) : ids.shape[1] - len(after)]
    assert np.allclose(embedded.vectors, expected.numpy(), atol=1e-5)


def test_layers_above_the_one_used_are_gone(checkpoint: MakeCheckpoint) -> None:
    cut = embeddings.load(checkpoint("bert"), 2, pick("cpu"))
    layers = cut._model.get_submodule("encoder.layer")
    assert isinstance(layers, torch.nn.ModuleList) and len(layers) == 2
    assert embeddings.load(checkpoint("bert"), 99, pick("cpu")).layer == 4


def test_a_translators_encoder_hears_the_language(checkpoint: MakeCheckpoint) -> None:
    cut = embeddings.load(checkpoint("nllb"), 2, pick("cpu"))
    english, german = cut.embed([Sentence(("Paris",), "en"), Sentence(("Paris",), "de")], 8)
    assert not np.allclose(english.vectors, german.vectors)


def test_equal_sentences_are_computed_once(checkpoint: MakeCheckpoint) -> None:
    cut = embeddings.load(checkpoint("bert"), 2, pick("cpu"))
    rows = 0
    run = cut._run

    def counting(batch: Any) -> Any:
        nonlocal rows
        rows += len(batch)
        return run(batch)

    cut._run = counting  # type: ignore[method-assign]
    first, second, third = cut.embed([SENTENCES[0], SENTENCES[1], SENTENCES[0]], 8)
    assert rows == 2
    assert first is third and first is not second


def test_long_sentences_are_read_in_windows(checkpoint: MakeCheckpoint) -> None:
    aligner = encoder.simalign_argmax(checkpoint("bert"), layer=2, device="cpu")
    long = Sentence(SENTENCES[0].tokens * 30, "en")
    [embedded] = aligner.encoder.embed([long], 8)
    assert len(embedded.words) > 64 * 3, "longer than the encoder takes at once"
    assert sorted(set(embedded.words.tolist())) == list(range(len(long)))
    [alignment] = aligner.align([(long, long)])
    assert alignment.shape == (len(long), len(long))
    # Every word has a partner at its own place, from the first window to the last.
    assert np.diag(alignment.links)[[0, len(long) // 2, len(long) - 1]].any()


def test_words_without_subwords_still_have_a_vector(checkpoint: MakeCheckpoint) -> None:
    aligner = encoder.simalign_argmax(checkpoint("bert"), layer=2, device="cpu")
    odd = Sentence(("Paris", "\u200b", "\u200f", "😀"), "en")
    [alignment] = aligner.align([(odd, odd)])
    assert alignment.shape == (4, 4)
    with pytest.raises(InputError, match="without words"):
        aligner.align([(odd, Sentence((), "en"))])


def test_the_best_subword_pair_speaks_for_its_words() -> None:
    words = np.array([0, 0, 1, 2, 2])
    matrix = np.arange(25, dtype=float).reshape(5, 5)
    maxima = similarity_rules._word_maximum(matrix, words, words)
    assert maxima.tolist() == [[6, 7, 9], [11, 12, 14], [21, 22, 24]]


def test_awesome_by_hand() -> None:
    x = Embedded(np.array([[2.0, 0.0], [0.0, 2.0]], np.float32), np.array([0, 1]))
    alignment = similarity_rules.awesome(x, x, threshold=0.1)
    p = np.exp(4) / (np.exp(4) + 1)
    assert np.allclose(alignment.scores, [[p, 1 - p], [1 - p, p]])
    assert alignment.pairs() == [(0, 0), (1, 1)]


@pytest.mark.parametrize("shape", [(6, 6), (4, 7), (7, 4)])
def test_long_sentences_are_matched_by_another_solver_of_the_same_weight(
    shape: tuple[int, int],
) -> None:
    pytest.importorskip("simalign")
    similarity = np.random.default_rng(sum(shape)).uniform(0.1, 1, shape)
    expected = similarity_rules._package().get_max_weight_match(similarity) > 0
    assert np.array_equal(similarity_rules._assigned(similarity), expected)


def test_pooling_is_the_mean() -> None:
    e = Embedded(np.array([[1, 2], [3, 4], [5, 6]], np.float32), np.array([0, 0, 1]))
    assert e.pooled().tolist() == [[2, 3], [5, 6]]


def test_folders_that_are_no_encoder(tmp_path: Any) -> None:
    with pytest.raises(CheckpointError, match="lacks"):
        encoder.awesome(str(tmp_path))


def test_cuda_links(checkpoint: MakeCheckpoint) -> None:
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device here")
    on_cpu = encoder.simalign_argmax(checkpoint("bert"), layer=2, device="cpu").align(PAIRS)
    on_gpu = encoder.simalign_argmax(checkpoint("bert"), layer=2, device="cuda").align(PAIRS)
    same = [np.mean(a.links == b.links) for a, b in zip(on_cpu, on_gpu, strict=True)]
    assert np.mean(same) > 0.95, "bf16 may move a few links"
