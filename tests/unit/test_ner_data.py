"""The tagger's training data: reading, cleaning, augmenting, scoring."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seqeval.metrics import f1_score
from seqeval.scheme import IOB2

from training.ner_augment import NamePool, fill, recase, repunctuate, swap_names
from training.ner_read import Example, clean_tweet, read_columns, spans_of, tags_of, without_titles
from training.tagger_scores import strict_f1

POOL = NamePool(
    {"PER": (("Ada", "Lovelace"),), "LOC": (("Accra",),), "ORG": (("Acme", "Inc."),)}, made_up=0.0
)
TAGS = st.lists(st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]), min_size=1, max_size=9)


def valid(tags: list[str]) -> list[str]:
    return list(tags_of(len(tags), spans_of(tags)))


@given(TAGS)
def test_spans_and_tags_are_inverse(tags: list[str]) -> None:
    spans = spans_of(tags)
    assert spans_of(tags_of(len(tags), spans)) == spans


@given(st.lists(st.tuples(TAGS, st.randoms(use_true_random=False)), min_size=1, max_size=4))
def test_strict_f1_agrees_with_seqeval(rows: list[tuple[list[str], random.Random]]) -> None:
    gold = [valid(tags) for tags, _ in rows]
    predicted = [valid(rng.sample(tags, len(tags))) for tags, rng in rows]
    expected = f1_score(gold, predicted, mode="strict", scheme=IOB2, zero_division=0)
    assert strict_f1(gold, predicted) == pytest.approx(expected)


def test_reads_label_sets_as_three(tmp_path: Path) -> None:
    file = tmp_path / "a.conll"
    file.write_text("Ada\tB-person\nran\tO\nin\tO\nAccra\tI-location\n\nDune\tB-creative-work\n")
    first, second = read_columns(file, "test")
    assert first.tags == ("B-PER", "O", "O", "B-LOC")
    assert second.tags == ("O",)


def test_tweets_follow_the_other_corpora() -> None:
    tweet = Example(
        ("@", "ada", "meets", "#Acme", "and", "British", "fans"),
        ("B-PER", "B-PER", "O", "B-ORG", "O", "B-LOC", "O"),
        "btc",
    )
    cleaned = clean_tweet(tweet)
    assert cleaned.words == ("@ada", "meets", "Acme", "and", "British", "fans")
    assert cleaned.tags == ("O", "O", "B-ORG", "O", "O", "O")


def test_titles_are_no_part_of_a_name() -> None:
    example = Example(("Mrs.", "Ada", "asked", "President"), ("B-PER", "I-PER", "O", "B-PER"), "x")
    assert without_titles(example).tags == ("O", "B-PER", "O", "O")


def test_names_are_swapped_and_their_labels_kept() -> None:
    example = Example(("Bob", "left", "Rome"), ("B-PER", "O", "B-LOC"), "x")
    swapped = swap_names(example, POOL, random.Random(0), share=1.0)
    assert swapped.words == ("Ada", "Lovelace", "left", "Accra")
    assert swapped.tags == ("B-PER", "I-PER", "O", "B-LOC")


@given(st.integers(0, 500))
@settings(deadline=None)
def test_variants_keep_words_and_tags_in_step(seed: int) -> None:
    rng = random.Random(seed)
    slots = "{PER} of {ORG} saw well-known {DEMONYM} art in {LOC} .".split()
    variant = recase(repunctuate(fill(slots, POOL, rng, "en"), rng), rng)
    assert len(variant.words) == len(variant.tags)
    labels = [label for _, _, label in variant.spans()]
    assert labels == ["PER", "ORG", "LOC"]
    assert all(variant.words)
