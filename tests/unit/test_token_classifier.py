"""XLM-R token classification in its real format, tiny, with CoNLL-03's IOB1 labels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.checkpoints.texts import TAGGED
from tests.unit.conftest import MakeCheckpoint
from xproj_core.domain import Sentence
from xproj_core.domain.errors import CheckpointError, LanguageError
from xproj_core.models.protocols import ProbabilisticTagger
from xproj_core.tag import token_classifier

SENTENCES = [Sentence(tuple(words.split()), "en") for words, _ in TAGGED]
WANTED = [
    [(0, 2, "PER"), (4, 5, "LOC")],
    [(0, 1, "LOC"), (5, 6, "LOC")],
    [(0, 2, "PER"), (5, 6, "LOC")],
]


def as_triples(spans: object) -> list[tuple[int, int, str]]:
    return [(s.start, s.end, s.label) for s in spans]  # type: ignore[attr-defined]


def test_it_tags_what_the_checkpoint_learnt(checkpoint: MakeCheckpoint) -> None:
    tagger = token_classifier.load(checkpoint("tagger"), device="cpu")
    assert isinstance(tagger, ProbabilisticTagger)
    assert tagger.labels == ("LOC", "MISC", "ORG", "PER")
    assert tagger.languages is None
    tagged = tagger.tag(SENTENCES)
    assert [as_triples(spans) for spans in tagged] == WANTED
    assert all(s.score is not None and 0.5 < s.score <= 1 for spans in tagged for s in spans)


def test_a_batch_gives_what_one_by_one_gives(checkpoint: MakeCheckpoint) -> None:
    tagger = token_classifier.load(checkpoint("tagger"), device="cpu", batch_size=2)
    odd = [Sentence(("Kenya",), "sw"), Sentence(("\u200b", "😀", "Paris"), "en")]
    batch = [*SENTENCES, *odd, Sentence((), "en")]
    together = tagger.probabilities(batch)
    for sentence, p in zip(batch, together, strict=True):
        [alone] = tagger.probabilities([sentence])
        assert p.matrix.shape == (len(sentence), len(p.classes))
        assert np.allclose(p.matrix, alone.matrix, atol=1e-5)
        assert np.allclose(p.matrix.sum(axis=1), 1)
    assert tagger.tag([]) == []


def test_the_first_subword_decides(checkpoint: MakeCheckpoint) -> None:
    import torch
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    folder = checkpoint("tagger")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForTokenClassification.from_pretrained(folder).eval()
    words = list(SENTENCES[0].tokens)
    encoding = tokenizer(words, is_split_into_words=True, return_tensors="pt")
    with torch.inference_mode():
        chances = torch.softmax(model(**encoding).logits[0], dim=-1).numpy()
    firsts = [encoding.word_ids().index(k) for k in range(len(words))]
    outside = list(model.config.id2label.values()).index("O")
    tagger = token_classifier.load(folder, device="cpu")
    [p] = tagger.probabilities(SENTENCES[:1])
    assert np.allclose(p.matrix[:, 0], chances[firsts][:, outside], atol=1e-5)


def test_long_sentences_are_read_in_windows(checkpoint: MakeCheckpoint) -> None:
    tagger = token_classifier.load(checkpoint("tagger"), device="cpu")
    long = Sentence(SENTENCES[0].tokens * 40, "en")
    [p] = tagger.probabilities([long])
    assert p.matrix.shape[0] == len(long) == 240
    assert np.allclose(p.matrix.sum(axis=1), 1)


def test_nameless_classes_can_be_named(checkpoint: MakeCheckpoint) -> None:
    with pytest.raises(CheckpointError, match="does not name its 2 classes"):
        token_classifier.load(checkpoint("nameless-tagger"))
    tagger = token_classifier.load(checkpoint("nameless-tagger"), device="cpu", labels="O,PER")
    assert tagger.labels == ("PER",)
    with pytest.raises(CheckpointError, match="has 2 classes, but labels= names 3"):
        token_classifier.load(checkpoint("nameless-tagger"), labels="O,B-PER,I-PER")


def test_a_tagger_can_be_kept_to_its_languages(checkpoint: MakeCheckpoint) -> None:
    tagger = token_classifier.load(checkpoint("tagger"), device="cpu", languages="en,deu")
    assert tagger.languages == frozenset({"en", "de"})
    with pytest.raises(LanguageError, match="made for German, English, not for Yoruba"):
        tagger.tag([Sentence(("Èkó",), "yo")])


def test_checkpoints_that_do_not_tag(checkpoint: MakeCheckpoint, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError):
        token_classifier.load(checkpoint("bert"), labels="O,PER")
    with pytest.raises(CheckpointError, match="lacks"):
        token_classifier.load(str(tmp_path))


def test_cuda_tags(checkpoint: MakeCheckpoint) -> None:
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device here")
    tagger = token_classifier.load(checkpoint("tagger"), device="cuda")
    assert [as_triples(spans) for spans in tagger.tag(SENTENCES)] == WANTED
