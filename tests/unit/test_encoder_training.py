"""The encoder's training: what it reads, its vocabulary, its batches, stopping and going on."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from tests.checkpoints import e5
from training.encoder import checkpoint, pairs, projected, tagged, vocabulary
from training.encoder.batches import (
    IGNORED,
    MOST_PIECES,
    Pieces,
    link_batch,
    tag_batch,
    tag_batches,
)
from training.encoder.checkpoint import CheckpointMismatchError
from training.encoder.export import export
from training.encoder.model import Encoder, trainable
from training.encoder.pairs import LinkedPair, lengthened
from training.encoder.sources import TRAINING_FILES, NotForTrainingError, may_train, source
from training.encoder.tagged import read_gold
from training.encoder.train import Data, Settings, Training, rate_at, run
from training.ner_read import Example
from training.tatoeba import TABLES, ZIPS
from xproj_core.domain import Sentence, Span
from xproj_core.models.protocols import ProbabilisticTagger

SMALL = Settings(frozen=1, pieces=60, warm_up=2)
EXAMPLES = [
    Example(
        ("Ada", "sees", "the", "dog", "in", "Accra", "."), ("B-PER", *"OOOO", "B-LOC", "O"), "a"
    ),
    Example(("the", "dogs", "in", "東京"), ("O", "O", "O", "B-LOC"), "b"),
    Example(("Ada", "ada"), ("B-PER", "I-PER"), "c"),
]
PAIRS = [
    LinkedPair(("Ada", "sees", "the", "dog"), ("Ada", "siehe", "hund"), ((0, 0), (1, 1), (3, 2))),
    LinkedPair(("the", "dogs"), ("hund", "er"), ((1, 0),)),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    return e5.make(tmp_path_factory.mktemp("e5"))


class Few:
    """Sentences of a made-up corpus, shuffled in each epoch."""

    def epoch(self, number: int, seed: int) -> list[Example]:
        return random.Random(f"{seed} {number}").sample(EXAMPLES * 6, 18)


def training(folder: Path, state: checkpoint.State | None = None) -> Training:
    data = Data(Few(), {"de": [pairs.to_row(p) for p in PAIRS * 4]}, Pieces(folder))
    return Training(Encoder.load(folder, SMALL.frozen), data, SMALL, state)


# --- stopping and going on


@pytest.mark.parametrize("stops", [(1,), (5,), (3, 4, 11)])
def test_a_resumed_training_ends_with_the_same_weights(
    folder: Path, tmp_path: Path, stops: tuple[int, ...]
) -> None:
    full_training = training(folder)
    losses = [loss for _, loss in full_training.steps(16)]
    assert len({kind for kind, _ in full_training.data.epoch(0, SMALL)}) == 2
    assert full_training.state.epoch > 0, "the law must be tried beyond one epoch"

    resumed, again = training(folder), []
    for stop in (*stops, 16):
        # `total` is the same throughout, so that the learning rates are: a stop is a kill
        again += [loss for _, loss in islice(resumed.steps(16), stop - resumed.state.step)]
        checkpoint.save(resumed.snapshot(), tmp_path)
        torch.manual_seed(99)  # another process has another generator
        resumed = training(folder, checkpoint.load(tmp_path, asdict(SMALL)))
    assert again == losses
    for expected, actual in (
        (trainable(full_training.model), trainable(resumed.model)),
        (full_training.state.averaged, resumed.state.averaged),
    ):
        assert all(torch.equal(expected[name], actual[name]) for name in expected)


def test_training_moves_what_is_not_frozen_and_nothing_else(folder: Path) -> None:
    started, untouched = training(folder), Encoder.load(folder, SMALL.frozen)
    losses = [loss for kind, loss in started.steps(60) if kind == "tags"]
    assert sum(losses[-5:]) < sum(losses[:5])
    before = dict(untouched.bert.named_parameters())
    moved = {n for n, p in started.model.bert.named_parameters() if not torch.equal(p, before[n])}
    assert not any(n.startswith(("embeddings", "encoder.layer.0.")) for n in moved)
    assert {n for n in before if n.startswith("encoder.layer.3.")} <= moved


def test_links_are_learnt(folder: Path) -> None:
    model, pieces = Encoder.load(folder, 0), Pieces(folder)
    pieces.learn([side for p in PAIRS for side in (p.english, p.other)])
    batch = link_batch(PAIRS, pieces)
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    before = model.eval().link_loss(batch, layer=3).item()
    for _ in range(30):
        optimiser.zero_grad()
        torch.autograd.backward(model.link_loss(batch, layer=3))
        optimiser.step()
    assert model.link_loss(batch, layer=3).item() < before / 2


def test_a_checkpoint_is_replaced_as_a_whole(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = training(folder)
    next(started.steps(9))
    checkpoint.save(started.snapshot(), tmp_path)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    next(started.steps(9))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            checkpoint.save(started.snapshot(), tmp_path)
    snapshot = checkpoint.load(tmp_path)
    assert snapshot is not None and snapshot.step == 1


@pytest.fixture
def own_signals() -> Iterator[None]:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("own_signals")
def test_a_training_told_to_stop_writes_where_it_is(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = training(folder)
    lines: list[str] = []
    unstopped = current.steps

    def stopped_after_three(total: int) -> Iterator[tuple[str, float]]:
        for number, step in enumerate(unstopped(total), start=1):
            if number == 3:
                signal.raise_signal(signal.SIGTERM)
            yield step

    monkeypatch.setattr(current, "steps", stopped_after_three)
    run(current, 16, tmp_path, every=1e9, say=lines.append)
    assert lines == ["stopped at step 3; go on with --resume"]
    state = checkpoint.load(tmp_path, asdict(SMALL))
    assert state is not None and state.step == 3
    run(training(folder, state), 5, tmp_path, every=1e9, say=lines.append)
    assert lines[-1] == "done: 5 steps"


def test_other_settings_are_refused_by_name(folder: Path, tmp_path: Path) -> None:
    started = training(folder)
    next(started.steps(9))
    checkpoint.save(started.snapshot(), tmp_path)
    with pytest.raises(CheckpointMismatchError, match=r"\(frozen, rate\)"):
        checkpoint.load(tmp_path, asdict(Settings(frozen=2, pieces=60, warm_up=2, rate=1.0)))
    assert checkpoint.load(tmp_path / "none") is None


@given(st.integers(1, 10_000), st.integers(1, 500))
def test_the_learning_rate_rises_then_falls(total: int, warm_up: int) -> None:
    rates = [rate_at(step, total, warm_up) for step in range(total)]
    top = rates.index(max(rates))
    assert all(0 < rate <= 1 for rate in rates)
    assert rates[: top + 1] == sorted(rates[: top + 1])
    assert rates[top:] == sorted(rates[top:], reverse=True)


# --- vocabulary


def cut(folder: Path, piece_ids: Sequence[int], output: Path) -> tuple[Tokenizer, Tokenizer]:
    vocabulary.cut_folder(folder, piece_ids, 3, output)
    before, after = (Tokenizer.from_file(str(f / "tokenizer.json")) for f in (folder, output))
    return before, after


WORDS = st.text("Adacrst inhundogs東京.é", max_size=12)


@given(st.lists(WORDS, max_size=8), WORDS, st.integers(0, 60))
def test_text_whose_pieces_are_kept_is_split_as_before(
    folder: Path, text: list[str], further: str, size: int
) -> None:
    settings = vocabulary.read_settings(folder)
    old = Tokenizer.from_file(str(folder / "tokenizer.json"))
    counts = vocabulary.pieces_of([text, ["Ada"]], old)
    piece_ids = sorted(set(vocabulary.choose(settings, counts, size)) | set(counts))
    new = Tokenizer.from_str(json.dumps(vocabulary.cut_settings(settings, piece_ids)))
    for word in [*text, "Ada"]:
        assert new.encode(word).tokens == old.encode(word).tokens
        assert [piece_ids[i] for i in new.encode(word).ids] == old.encode(word).ids
    # whatever else comes is still spelt out: nothing becomes unknown that was known
    assert new.encode(further).tokens.count("<unk>") == old.encode(further).tokens.count("<unk>")


def test_frequent_pieces_are_kept_first(folder: Path) -> None:
    settings = vocabulary.read_settings(folder)
    pieces = [piece for piece, _ in settings["model"]["vocab"]]
    least = vocabulary.choose(settings, Counter(), 0)
    counts = Counter({pieces.index("▁dogs"): 5, pieces.index("cc"): 500})
    chosen_pieces = [pieces[i] for i in vocabulary.choose(settings, counts, len(least) + 1)]
    assert set(chosen_pieces) - {pieces[i] for i in least} == {"cc"}
    assert {"<s>", "<pad>", "</s>", "<unk>", "<mask>", "▁", "東", "é", "A"} <= set(chosen_pieces)


def test_a_cut_model_has_the_vectors_of_its_pieces(folder: Path, tmp_path: Path) -> None:
    settings = vocabulary.read_settings(folder)
    piece_ids = vocabulary.choose(settings, Counter(), 45)
    old, new = cut(folder, piece_ids, tmp_path)
    text = "Ada in hund"
    assert len(piece_ids) == 45 < old.get_vocab_size()
    assert new.encode(text).tokens == old.encode(text).tokens
    full_model, small = Encoder.load(folder, 0).eval(), Encoder.load(tmp_path, 0).eval()
    assert len(small.bert.encoder.layer) == 3
    states = [
        model.hidden(torch.tensor([split.ids]), torch.ones(1, len(split.ids)), layer=3)
        for model, split in ((full_model, old.encode(text)), (small, new.encode(text)))
    ]
    assert torch.equal(*states)


# --- batches


def test_a_word_is_classified_at_its_first_piece(folder: Path) -> None:
    pieces = Pieces(folder)
    pieces.learn([e.words for e in EXAMPLES])
    batch = tag_batch(EXAMPLES, pieces)
    for row, example in enumerate(EXAMPLES):
        classes = [c for c in batch.targets[row].tolist() if c != IGNORED]
        assert len(classes) == len(example.words)
        assert classes == [tagged_class(tag) for tag in example.tags]
    assert (batch.targets[batch.mask == 0] == IGNORED).all()
    assert (batch.ids[batch.mask == 0] == pieces.pad).all()


def tagged_class(tag: str) -> int:
    return ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG").index(tag)


def test_pieces_link_when_their_words_do(folder: Path) -> None:
    pieces = Pieces(folder)
    pieces.learn([side for p in PAIRS for side in (p.english, p.other)])
    batch = link_batch(PAIRS, pieces)
    for row, pair in enumerate(PAIRS):
        english, other = (pieces.of(side)[1] for side in (pair.english, pair.other))
        linked = {(english[i], other[j]) for i, j in batch.links[row].nonzero().tolist()}
        assert linked == set(pair.links)
    assert not batch.links[:, 0].any() and not batch.links[:, :, 0].any()
    assert (batch.links.any(2) <= batch.valid[:, :, 0]).all()


def test_every_sentence_is_in_one_batch_and_batches_are_small(folder: Path) -> None:
    rows = [Example(("dog",) * n, ("O",) * n, str(n)) for n in range(1, 150, 3)]
    pieces = Pieces(folder)
    groups = tag_batches(rows, pieces, 300, random.Random(0))
    assert Counter(e.origin for g in groups for e in g) == Counter(e.origin for e in rows)
    assert all(tag_batch(g, pieces).ids.numel() <= 300 for g in groups)
    assert max(tag_batch(g, pieces).ids.shape[1] for g in groups) <= MOST_PIECES + 1


# --- labels and pairs


@pytest.mark.parametrize(
    ("name", "text", "tags"),
    [
        ("a.iob2", "# text = x\n1\tAda\tB-PER\t-\t-\n2\tLima\tB-OTH\t-\t-\n", "B-PER O"),
        ("de.txt", "Die X B-X O\nSPD-Mann X B-X B-ORGpart\ndeutsche X B-X B-LOCderiv\n", "O O O"),
        ("de.txt", "Bad X B-X B-LOC\nEms X B-X I-LOC\nDuden X B-X B-OTH\n", "B-LOC I-LOC O"),
        ("ru.txt", "Пьер X B-X I-PER\nКюри X B-X I-PER\nРим X B-X I-LOC\n", "B-PER I-PER B-LOC"),
        ("ru.txt", "Рим X B-X I-LOC\nЛион X B-X B-LOC\nКубок X B-X I-MISC\n", "B-LOC B-LOC O"),
        (
            "tr.txt",
            "Pacers X B-X B-ORGANIZATION\nLille'in X B-X I-ORGANIZATION\nTemmuz X B-X B-MISC\n"
            "Jack X B-X B-PERSON\nLyon X B-X B-LOCATION\n",
            "B-ORG I-ORG O B-PER B-LOC",
        ),
    ],
)
def test_labels_of_every_corpus_become_three(
    tmp_path: Path, name: str, text: str, tags: str
) -> None:
    (tmp_path / name).write_text(text + "\n", encoding="utf-8")
    (example,) = read_gold(tmp_path / name, "x")
    assert example.tags == tuple(tags.split())


def test_links_survive_the_file(tmp_path: Path) -> None:
    odd = LinkedPair(("a", "b c"), ("d",), ((0, 0),))  # a token with a blank cannot be written
    pairs.write(iter([PAIRS[0], odd, PAIRS[1]]), tmp_path / "en-de.tsv")
    for language in pairs.LANGUAGES[1:]:
        pairs.write(iter(PAIRS[:1]), tmp_path / f"en-{language}.tsv")
    loaded = {x: [pairs.parse(row) for row in rows] for x, rows in pairs.load(tmp_path).items()}
    assert loaded["de"] == PAIRS and loaded["ha"] == PAIRS[:1]


@given(st.integers(0, 99), st.integers(4, 20))
def test_lengthened_pairs_keep_words_and_links(seed: int, most: int) -> None:
    rows = list(lengthened(PAIRS * 5, random.Random(seed), most))
    assert sum((r.english for r in rows), ()) == sum((p.english for p in PAIRS * 5), ())
    linked = [(r.english[i], r.other[j]) for r in rows for i, j in r.links]
    assert linked == [(p.english[i], p.other[j]) for p in PAIRS * 5 for i, j in p.links]
    assert all(len(r.english) <= max(most, 4) for r in rows)


def test_labels_are_carried_only_where_they_have_a_clear_place() -> None:
    pair = LinkedPair(("Ada", "Byron", "in", "Accra"), ("eAccra", "Ada", "Byron"), ())

    def carried(links: tuple[tuple[int, int], ...], score: float = 0.9) -> Example | None:
        spans = (Span(0, 2, "PER", score), Span(3, 4, "LOC", score))
        return projected.carried(LinkedPair(pair.english, pair.other, links), spans)

    example = carried(((0, 1), (1, 2), (3, 0)))
    assert example is not None and example.tags == ("B-LOC", "B-PER", "I-PER")
    assert carried(((0, 1), (1, 2))) is None, "a lost entity"
    assert carried(((0, 0), (1, 2), (3, 1))) is None, "a split one"
    assert carried(((0, 1), (1, 2), (3, 2))) is None, "two at one place"
    assert carried(((0, 1), (1, 2), (3, 0)), 0.5) is None, "an uncertain one"


# --- what may be read

MEASURE_ONLY = (
    "europarl-ner/es-europarl.test.conll02",
    "pud-ner/pud.en-pt-sv.jsonl",
    "uner-en-ewt/en_ewt-ud-dev.iob2",
    "uner/pt_bosque-ud-dev.iob2",
    "xl-wa/es/dev.tsv",
    "ntrex/newstest2019-ref.deu.txt",
    "masakhaner2/swa/train.txt",
    "masakhaner-mafand-dev/lug.jsonl",
    "ner-de-ru-tr/de/dev.txt",
    "train-ner/../xl-wa/es/dev.tsv",
)


@pytest.mark.parametrize("path", MEASURE_ONLY)
def test_measure_only_files_are_refused(path: str) -> None:
    assert not may_train(path)
    with pytest.raises(NotForTrainingError, match="TRAINING_FILES"):
        source(path)


_OPENED: list[str] | None = None


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _OPENED is not None:
        _OPENED.append(str(arguments[0]))


sys.addaudithook(_listen)


@contextmanager
def opened() -> Iterator[list[str]]:
    """The paths of all files that are opened meanwhile, by whatever code."""
    global _OPENED
    paths = _OPENED = []
    try:
        yield paths
    finally:
        _OPENED = None


def made_up_data(folder: Path) -> None:
    """Every file of the data folder, allowed or not, with a little of what it holds."""
    columns = {"iob2": "1\tAda\tB-PER\t-\t-\n\n", "txt": "Ada X B-X B-PER\n\n"}
    files = [
        *("train-ner/wikigold/wikigold.conll.txt", "train-ner/btc/a.conll"),
        *("train-ner/wnut17/wnut17train.conll", "train-ner/wnut17/emerging.dev.conll"),
        "train-ner/wnut17/emerging.test.annotated",
        *(corpus.path for corpus in tagged.CORPORA),
        *(corpus.path.replace("train", "dev") for corpus in tagged.CORPORA),
        *(path for path in MEASURE_ONLY if ".." not in path),
    ]
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(columns.get(file.rpartition(".")[2], "Ada B-PER\n\n") * 40)
    rows = "".join(f"Sentence {n} is here.\tSatz {n} ist da.\tx\n" for n in range(2100))
    (folder / "train-parallel").mkdir()
    for name in ZIPS.values():
        with zipfile.ZipFile(folder / "train-parallel" / name, "w") as archive:
            archive.writestr("xxx.txt", rows)
    for name in TABLES.values():
        (folder / "train-parallel" / name).write_text(rows)


def test_training_opens_no_file_that_is_only_for_measuring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, links = tmp_path / "data", tmp_path / "links"
    made_up_data(data)
    monkeypatch.setattr(pairs, "linked", lambda rows, language: iter(PAIRS))
    with opened() as paths:
        pairs.prepare(links, data)
        for language in tagged.PROJECTED:
            (links / f"{language}.conll").write_text("Ada\tB-PER\n\n")
        sentences = tagged.load(links, data)
    assert all(sentences.gold.values()) and all(sentences.mixture.train.values())
    below = {Path(p).resolve() for p in paths}
    read = {str(p.relative_to(data)) for p in below if p.is_relative_to(data)}
    assert [path for path in sorted(read) if not may_train(path)] == []
    for pattern in TRAINING_FILES:
        assert any(fnmatch(path, pattern) for path in read), f"nobody reads {pattern}"


def test_a_tagged_pair_is_projected_by_minis_tagger(tmp_path: Path) -> None:
    for language in pairs.LANGUAGES:
        pair = LinkedPair(
            tuple("Angela Merkel met Paul in London .".split()),
            tuple("Angela Merkel alikutana na Paul London .".split()),
            ((0, 0), (1, 1), (2, 2), (3, 4), (5, 5), (6, 6)),
        )
        pairs.write(iter([pair]), tmp_path / f"en-{language}.tsv")
    projected.prepare(tmp_path, ["sw"])
    (example,) = projected.load(tmp_path, "sw")
    assert example.tags == ("B-PER", "I-PER", "O", "O", "B-PER", "B-LOC", "O")


# --- what comes out


def test_an_exported_encoder_tags_and_aligns(folder: Path, tmp_path: Path) -> None:
    from xproj_core.align import aligners
    from xproj_core.tag import taggers

    work, output = tmp_path / "work", tmp_path / "out"
    vocabulary.cut_folder(folder, range(len(e5.PIECES) + 5), 4, work / "start")
    started = training(work / "start")
    for _ in started.steps(80):
        pass
    checkpoint.save(started.snapshot(), work)
    assert export(work, output) == 80
    tagger = taggers.create(f"transformers:{output}")
    assert isinstance(tagger, ProbabilisticTagger)
    assert tagger.labels == ("PER", "LOC", "ORG")
    sentence = Sentence(EXAMPLES[0].words, "en")
    classes = tagger.probabilities([sentence])[0].matrix
    own = Encoder.load(work / "start", SMALL.frozen).eval()
    for name, tensor in trainable(own).items():
        tensor.copy_(started.state.averaged[name])
    started.data.tokeniser.learn([sentence.tokens])
    batch = tag_batch(EXAMPLES[:1], started.data.tokeniser)
    with torch.inference_mode():
        scores = own.head(own.hidden(batch.ids, batch.mask)).softmax(-1)[0].numpy()
    firsts = scores[batch.targets[0].numpy() != IGNORED]
    np.testing.assert_allclose(classes, firsts, atol=1e-5)
    aligner = aligners.create(f"simalign-argmax:{output}", layer=3)
    alignment = aligner.align([(sentence, Sentence(PAIRS[0].other, "de"))])[0]
    assert (0, 0) in alignment.pairs()
