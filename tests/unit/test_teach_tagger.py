"""A tagger from labelled sentences: the chain against every sequence, and taught as a whole."""

from __future__ import annotations

import json
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import examples
from tests.toy_corpus import pairs
from xproj_core.cli import main
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import (
    CheckpointError,
    FormatError,
    InputError,
    LanguageError,
)
from xproj_core.engines.presets import preset
from xproj_core.formats import conll
from xproj_core.learn.teaching_report import HELD_OUT
from xproj_core.mini.tagger.linear import LinearTagger, save
from xproj_core.mini.tagger.linear_chain import marginals
from xproj_core.mini.tagger.tagger import load
from xproj_core.mini.tagger.word_features import BUCKETS, features
from xproj_core.mini.train.labelled import divide, read_gold, read_labelled, teach_tagger
from xproj_core.mini.train.tagger_training import _Problem, classes_of, train_tagger
from xproj_core.tag import taggers
from xproj_core.tag.iob2_decoding import transitions

CLASSES = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
PEOPLE = ("Oreva", "Timba", "Salu Venda", "Kemri")
PLACES = ("Dorvik", "Ulm Sava", "Petra", "Norrby")
FRAMES = (
    "{p} vidat u hundon en {l} .",
    "en {l} {p} amut kasan .",
    "lo kopar portek libroin .",
    "hodia {p} kaj {q} pintol .",
    "{l} as bela .",
)

GLOSSED = {"de", "es", "fr", "ha", "sw", "zu"}
"""What Mini has lexicons for."""


def corpus() -> list[Sentence]:
    """Sentences of an invented language whose names are known by what stands around them."""
    blocks = []
    for n, (frame, person, place) in enumerate(product(FRAMES, PEOPLE, PLACES)):
        names = {"p": person, "q": PEOPLE[n % 3], "l": place}
        rows = []
        for word in frame.split():
            key = word.strip("{}")
            label = "LOC" if key == "l" else "PER"
            inside = names[key].split() if word.startswith("{") else []
            rows += [f"{w} {'B' if not i else 'I'}-{label}" for i, w in enumerate(inside)]
            rows += [] if inside else [f"{word} O"]
        blocks.append("\n".join(rows))
    return conll.loads("\n\n".join(blocks)).sentences("eo")


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
@settings(max_examples=examples(25), deadline=None)
def test_marginals_are_sums_over_all_sequences(seed: int, length: int) -> None:
    chance = np.random.default_rng(seed)
    lengths = np.array([length, int(chance.integers(1, 5))])
    scores = chance.normal(0, 2, (2, int(lengths.max()), len(CLASSES)))
    steps = chance.normal(0, 1, (len(CLASSES), len(CLASSES)))
    result = marginals(scores, lengths, steps, CLASSES)
    allowed, outside = transitions(CLASSES), CLASSES.index("O")
    counted = np.zeros_like(steps)
    for row, size in enumerate(lengths):
        mass, by_tag = 0.0, np.zeros((size, len(CLASSES)))
        pairs_of_row = np.zeros_like(steps)
        for tags in product(range(len(CLASSES)), repeat=int(size)):
            if any(allowed[a, b] < 0 for a, b in pairwise((outside, *tags))):
                continue
            total = sum(scores[row, t, k] for t, k in enumerate(tags))
            weight = np.exp(total + sum(steps[a, b] for a, b in pairwise(tags)))
            mass += weight
            for t, k in enumerate(tags):
                by_tag[t, k] += weight
            for a, b in pairwise(tags):
                pairs_of_row[a, b] += weight
        counted += pairs_of_row / mass
        np.testing.assert_allclose(result.tags[row, :size], by_tag / mass, atol=1e-9)
        assert result.log_total[row] == pytest.approx(np.log(mass))
        assert not result.tags[row, size:].any()
    np.testing.assert_allclose(result.pairs, counted, atol=1e-9)


def test_the_slope_is_that_of_the_loss() -> None:
    sentences = corpus()[::9]
    problem = _Problem(sentences, classes_of(sentences), 0.7)
    chance = np.random.default_rng(3)
    at = chance.normal(0, 0.3, problem.shape[0] * 5 + 25)
    _, slope = problem(at)
    for k in chance.choice(len(at), 12, replace=False):
        step = np.zeros_like(at)
        step[k] = 1e-5
        numeric = (problem(at + step)[0] - problem(at - step)[0]) / 2e-5
        assert slope[k] == pytest.approx(numeric, abs=1e-4)


def test_features_are_the_same_everywhere() -> None:
    rows = features(("Angela", "wohnt", "in", "Köln", "👩🏽‍🚀", ""))
    assert len(rows) == 6 and all(0 <= n < BUCKETS for row in rows for n in row)
    assert rows[0][0] == rows[3][0] == features(("x",))[0][0], "every word shares one"


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        save(train_tagger(corpus()), tmp_path / folder, "t", ("eo",))
    first, second = ((tmp_path / f / "weights.npz").read_bytes() for f in ("one", "two"))
    assert first == second


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("teach")
    (folder / "pairs.tsv").write_text("".join(f"{a}\t{b}\n" for a, b in pairs()))
    conll.dump(folder / "ner.conll", corpus())
    return folder


def test_the_command_teaches_a_tagger_that_the_engine_uses(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = files / "out"
    code = main(
        [
            "train",
            "--pairs",
            str(files / "pairs.tsv"),
            "--source",
            "en",
            "--target",
            "eo",
            "--labelled",
            str(files / "ner.conll"),
            "--output",
            str(output),
        ]
    )
    printed_text = capsys.readouterr().out
    assert (
        code == 0
        and "tagger: 80 sentences with" in printed_text
        and " of them held out" in printed_text
    )
    assert HELD_OUT in printed_text and "--gold" in printed_text
    assert "all: F1 " in printed_text and "right of" in printed_text and "](PER)" in printed_text
    chosen = preset(f"mini:{output}")
    assert chosen.tagger == chosen.target_tagger == f"mini:{output}"
    tagger = taggers.create(chosen.tagger)
    assert tagger.languages == frozenset({"en", "eo", *GLOSSED})
    assert set(tagger.labels) == {"PER", "LOC", "ORG"}
    ours = Sentence(tuple("en Norrby Salu Venda amut kasan .".split()), "eo")
    english = Sentence(tuple("Angela Merkel was born in Hamburg .".split()), "en")
    span_lists = tagger.tag([ours, english, ours])
    assert [(s.start, s.end, s.label) for s in span_lists[0]] == [(1, 2, "LOC"), (2, 4, "PER")]
    assert span_lists[0] == span_lists[2] and [s.label for s in span_lists[1]] == ["PER", "LOC"]
    assert all(0.5 < s.score <= 1 for s in span_lists[0] if s.score is not None)
    with pytest.raises(LanguageError, match=r"Esperanto, .*, not Finnish"):
        tagger.tag([Sentence(("Pariisi",), "fi")])


def test_a_taught_folder_without_a_tagger_reads_its_language_by_glosses(files: Path) -> None:
    assert (
        main(
            [
                "train",
                "--pairs",
                str(files / "pairs.tsv"),
                "--source",
                "en",
                "--target",
                "eo",
                "--output",
                str(files / "plain"),
            ]
        )
        == 0
    )
    tagger = load(str(files / "plain"))
    assert tagger.languages == frozenset({"en", "eo", *GLOSSED})
    (spans,) = tagger.tag([Sentence(tuple("Hodia Oskar u hundon vidat .".split()), "eo")])
    assert [(s.start, s.end, s.label) for s in spans] == [(1, 2, "PER")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Oreva B-PER\nvidat\n", "ner.conll, line 2: expected a token and a tag"),
        ("Oreva B-PER\nvidat PER\n", "ner.conll, line 2: expected O, B-label or I-label"),
        ("Oreva B-PER\n\n", "1 sentences with 1 entities"),
    ],
)
def test_bad_labels_are_refused_before_anything_is_trained(
    tmp_path: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pairs.tsv").write_text("".join(f"{a}\t{b}\n" for a, b in pairs()))
    (tmp_path / "ner.conll").write_text(text)
    code = main(
        [
            "train",
            "--pairs",
            f"{tmp_path}/pairs.tsv",
            "--source",
            "en",
            "--target",
            "eo",
            "--labelled",
            f"{tmp_path}/ner.conll",
            "--output",
            f"{tmp_path}/o",
        ]
    )
    assert code == 2 and message in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_what_is_stored_is_scored_on_what_people_labelled(tmp_path: Path) -> None:
    """Labels that are all wrong are learnt well, and people's say so."""
    sentences = corpus()
    learnt, gold = sentences[:60], sentences[60:]
    wrong = [s.labelled(Span(p.start, p.end, "X") for p in s.spans) for s in learnt]
    report = teach_tagger(wrong, "eo", tmp_path, gold=gold)
    assert report.scores.overall.f1 > 0.5
    assert report.gold is not None and report.gold.sentences == len(gold)
    assert report.gold.scores.overall.f1 == 0 < report.gold.scores.overall.n_gold
    assert teach_tagger(learnt, "eo", tmp_path).gold is None


def test_gold_sentences_are_none_of_those_that_are_learnt_from(tmp_path: Path) -> None:
    file = tmp_path / "gold.conll"
    sentences = list({" ".join(s.tokens).casefold(): s for s in corpus()}.values())
    conll.dump(file, sentences[40:])
    with pytest.raises(InputError, match=r"2 of \d+ sentences are learnt .* is sentence 1\)"):
        read_gold(file, "eo", sentences[:42])
    assert len(read_gold(file, "eo", sentences[:40])) == len(sentences) - 40
    with pytest.raises(InputError, match="no labelled file"):
        read_gold(file, "eo", None)
    file.write_text("u\tO\n\n")
    with pytest.raises(InputError, match="no entity"):
        read_gold(file, "eo", sentences)


def test_held_out_sentences_are_not_learnt_from(tmp_path: Path) -> None:
    sentences = corpus() * 2
    rest, held_out = divide(sentences, 0)
    words = {" ".join(s.tokens).casefold() for s in rest}
    assert held_out and not words & {" ".join(s.tokens).casefold() for s in held_out}
    conll.dump(tmp_path / "x.conll", sentences)
    assert len(read_labelled(tmp_path / "x.conll", "eo")) == len(sentences)


def test_a_damaged_tagger_is_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="holds no tagger"):
        load(str(tmp_path))
    (tmp_path / "tagger.json").write_text(json.dumps({"kind": "linear", "name": "x"}))
    with pytest.raises(CheckpointError, match=r"weights\.npz cannot be read"):
        LinearTagger(tmp_path)
    with pytest.raises((FormatError, InputError)):
        read_labelled(tmp_path / "none.conll", "eo")
