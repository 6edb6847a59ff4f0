"""Aligners of the literature by name: which encoder, which layer, which threshold."""

from __future__ import annotations

from inspect import signature

import numpy as np
import pytest
import torch
from transformers import AutoModel, AutoModelForSeq2SeqLM, AutoTokenizer

from tests.checkpoints import bert
from tests.checkpoints.texts import NLLB_CODES, TEXTS
from tests.unit.conftest import MakeCheckpoint
from xproj_core.align import aligners, encoder
from xproj_core.domain import Link, Sentence
from xproj_core.text.tokenise import tokenise

SENTENCES = [tokenise(text, "en") for text in TEXTS]
# alike enough for an untrained encoder to link some words, and not all
PAIRS = [(s, Sentence(s.tokens[:-1], "en")) for s in SENTENCES]


@pytest.fixture(scope="module")
def labse(tmp_path_factory: pytest.TempPathFactory) -> str:
    """LaBSE is a BERT; with eight layers, so that the sixth is not the last.

    Untrained layers make all words alike; these change little, so that words stay apart.
    """
    folder = bert.make(tmp_path_factory.mktemp("labse") / "labse", layers=8)
    model = AutoModel.from_pretrained(folder)
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if "output.dense" in name:
                weights *= 0.1
    model.save_pretrained(folder)
    return str(folder)


def states(folder: str, words: tuple[str, ...], layer: int) -> tuple[torch.Tensor, list[int]]:
    """Subword vectors of a layer by transformers alone, and the word of each."""
    seq2seq = "nllb" in folder
    kind = AutoModelForSeq2SeqLM if seq2seq else AutoModel
    model = kind.from_pretrained(folder).eval()
    half = model.get_encoder() if seq2seq else model
    options = {"src_lang": "eng_Latn"} if seq2seq else {}
    tokenizer = AutoTokenizer.from_pretrained(folder, **options)
    batch = tokenizer([list(words)], is_split_into_words=True, return_tensors="pt")
    with torch.inference_mode():
        hidden = half(
            input_ids=batch["input_ids"],
            attention_mask=batch["attention_mask"],
            output_hidden_states=True,
        ).hidden_states
    owners = batch.word_ids(0)[1:-1]  # without the first and the last, which belong to no word
    return hidden[min(layer, len(hidden) - 1)][0, 1:-1], [w for w in owners if w is not None]


def plain_links(folder: str, pair: int, layer: int, threshold: float) -> list[Link]:
    """Words of which two subwords choose each other with more than `threshold`."""
    (x, rows), (y, columns) = (states(folder, s.tokens, layer) for s in PAIRS[pair])
    products = x @ y.T
    both = (products.softmax(1) > threshold) & (products.softmax(0) > threshold)
    return sorted({(rows[i], columns[j]) for i, j in both.nonzero().tolist()})


@pytest.mark.parametrize("pair", [0, 1, 2])
def test_transalign_is_the_last_layer_of_a_translators_encoder(
    checkpoint: MakeCheckpoint, pair: int
) -> None:
    folder = checkpoint("nllb")
    assert "eng_Latn" in NLLB_CODES
    [alignment] = aligners.create(f"transalign:{folder}", device="cpu").align([PAIRS[pair]])
    assert alignment.pairs() == plain_links(folder, pair, 12, 0.001)


@pytest.mark.parametrize("pair", [0, 1, 2])
def test_accalign_is_the_sixth_layer_of_a_sentence_encoder(labse: str, pair: int) -> None:
    aligner = aligners.create(f"accalign:{labse}", device="cpu")
    assert aligner.name == f"accalign:{labse}"
    [alignment] = aligner.align([PAIRS[pair]])
    assert alignment.pairs() == plain_links(labse, pair, 6, 0.1)
    assert 0 < len(alignment.pairs()) < alignment.scores.size
    [other] = aligners.create(f"accalign:{labse}", device="cpu", layer=8).align([PAIRS[pair]])
    assert not np.array_equal(other.scores, alignment.scores)


@pytest.mark.parametrize(
    ("name", "model", "layer", "threshold"),
    [("transalign", encoder.NLLB, 12, 0.001), ("accalign", encoder.LABSE, 6, 0.1)],
)
def test_the_recipes_are_the_published_ones(
    name: str, model: str, layer: int, threshold: float
) -> None:
    defaults = {
        p.name: p.default for p in signature(aligners.entry(name).load()).parameters.values()
    }
    assert (defaults["id_or_folder"], defaults["layer"]) == (model, layer)
    assert defaults["threshold"] == threshold
    assert "no adapter" in aligners.entry(name).summary
