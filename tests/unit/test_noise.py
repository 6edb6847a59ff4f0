"""Laws of noise: rate 0 does nothing, rates are kept, content alone decides, nothing breaks."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain import Alignment, Sentence, Span
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item, Links
from xproj_core.methods import Mode
from xproj_core.noise import layer_of, make, noises, parse, written
from xproj_core.noise.alignment import AlignmentNoise
from xproj_core.noise.items import corrupted
from xproj_core.noise.labels import LabelNoise
from xproj_core.noise.text import Casing, TextNoise
from xproj_core.noise.tokens import TokenNoise
from xproj_core.noise.translation import Made, TranslationNoise

NAMES = noises.names()
TEXT = [n for n in NAMES if layer_of(n) == "text"]
TOKENS = [n for n in NAMES if layer_of(n) == "tokens"]
TRANSLATION = [n for n in NAMES if layer_of(n) == "translation"]
ALIGNMENT = [n for n in NAMES if layer_of(n) == "alignment"]
LABELS = [n for n in NAMES if layer_of(n) == "labels"]

words = st.text(
    st.sampled_from("abcXYZéßñøабвШשלםابتक१的🙂'-.,!\u0301"), min_size=1, max_size=8
).filter(str.strip)
rates = st.sampled_from([0.05, 0.3, 0.5, 1.0])


def text_noise(name: str, rate: float, seed: int = 0, **options: str) -> TextNoise:
    noise = make(name, rate, seed, **options)
    assert isinstance(noise, TextNoise)
    return noise


def token_noise(name: str, rate: float) -> TokenNoise:
    noise = make(name, rate)
    assert isinstance(noise, TokenNoise)
    return noise


def translation_noise(name: str, rate: float) -> TranslationNoise:
    noise = make(name, rate)
    assert isinstance(noise, TranslationNoise)
    return noise


def alignment_noise(name: str, rate: float) -> AlignmentNoise:
    noise = make(name, rate)
    assert isinstance(noise, AlignmentNoise)
    return noise


def label_noise(name: str, rate: float) -> LabelNoise:
    noise = make(name, rate)
    assert isinstance(noise, LabelNoise)
    return noise


@st.composite
def items(draw: st.DrawFn) -> Item:
    """A sentence pair with entities and links on both sides."""
    sides = []
    for code in ("en", draw(st.sampled_from(["de", "ru", "ar", "zh", "yo"]))):
        tokens = tuple(draw(st.lists(words, min_size=1, max_size=12)))
        spans, at = [], 0
        while at < len(tokens):
            start = draw(st.integers(at, len(tokens) - 1))
            end = draw(st.integers(start + 1, min(len(tokens), start + 3)))
            spans.append(Span(start, end, draw(st.sampled_from(["PER", "LOC", "ORG"]))))
            at = end + draw(st.integers(0, 3))
        sides.append(Sentence(tokens, code, tuple(spans)))
    source, target = sides
    cells = st.tuples(st.integers(0, len(source) - 1), st.integers(0, len(target) - 1))
    links = Links(frozenset(draw(st.sets(cells, max_size=15))))
    return Item("1", source, target, frozenset({"source", "target"}), links, {"fr": source})


def valid(item: Item) -> None:
    for side in (item.source, item.target, *item.others.values()):
        assert side is not None and len(side) and all(t.strip() for t in side.tokens)
        assert all(s.end <= len(side) for s in side.spans)
        assert not any(a.overlaps(b) for a in side.spans for b in side.spans if a < b)
    assert item.links is not None and item.source is not None and item.target is not None
    item.links.alignment((len(item.source), len(item.target)), possible=True)


@given(items(), st.sampled_from(NAMES), rates, st.integers(0, 5), st.sampled_from(list(Mode)))
def test_what_comes_out_is_valid_and_the_same_again(
    item: Item, name: str, rate: float, seed: int, mode: Mode
) -> None:
    noisy_item, changes = corrupted(item, [make(name, rate, seed)], mode)
    valid(noisy_item)
    assert (noisy_item == item) == (not changes)
    assert corrupted(item, [make(name, rate, seed)], mode) == (noisy_item, changes)


def test_a_word_that_changes_places_with_itself_has_not_moved() -> None:
    sentence = Sentence(("no",) * 9, "en", (Span(3, 6, "PER"),))
    item = Item("1", sentence, sentence, frozenset({"source", "target"}), Links(frozenset()))
    for seed in range(20):
        assert corrupted(item, [make("reorder-words", 0.5, seed)]) == (item, ())


@given(items(), st.sampled_from(NAMES), st.sampled_from(list(Mode)))
def test_rate_0_is_the_identity(item: Item, name: str, mode: Mode) -> None:
    noisy_item, changes = corrupted(item, [make(name, 0.0)], mode)
    assert noisy_item is item and changes == ()


@given(items(), st.sampled_from(TEXT), rates)
def test_text_noise_keeps_the_number_of_tokens_and_the_labels(
    item: Item, name: str, rate: float
) -> None:
    assert item.target is not None
    noisy_sentence, changes = text_noise(name, rate).apply(item.target)
    assert len(noisy_sentence) == len(item.target) and noisy_sentence.spans == item.target.spans
    different = {
        k
        for k, (a, b) in enumerate(zip(noisy_sentence.tokens, item.target.tokens, strict=True))
        if a != b
    }
    assert different == {k for c in changes for k in c.tokens}


@given(items(), st.sampled_from(TEXT), rates)
def test_entities_and_context_can_be_hit_apart(item: Item, name: str, rate: float) -> None:
    assert item.target is not None
    inside = {k for s in item.target.spans for k in range(s.start, s.end)}
    for where, allowed in (("entities", inside), ("context", set(range(99)) - inside)):
        _, changes = text_noise(name, rate, where=where).apply(item.target)
        assert {k for c in changes for k in c.tokens} <= allowed


@given(items(), st.sampled_from(TOKENS), rates)
def test_token_noise_keeps_the_characters_and_the_text_under_each_entity(
    item: Item, name: str, rate: float
) -> None:
    assert item.target is not None
    target = item.target.labelled(())
    retokenised, _ = token_noise(name, rate).apply(item.target)
    assert "".join(retokenised.sentence.tokens) == "".join(target.tokens)
    for span in item.target.spans:
        moved = retokenised.span(span)
        assert moved is not None
        characters = "".join(retokenised.sentence.words(moved))
        assert "".join(item.target.words(span)) in characters


def test_token_noise_announces_a_boundary_inside_a_token() -> None:
    sentence = Sentence(("Er", "sah", "Lagos", ".", "Gut"), "de", (Span(2, 3, "LOC"),))
    retokenised, changes = token_noise("attach-punctuation", 1.0).apply(sentence)
    assert retokenised.sentence.tokens == ("Er", "sah", "Lagos.", "Gut")
    assert retokenised.spans(sentence.spans) == (Span(2, 3, "LOC"),)
    assert "boundary of “Lagos” LOC now lies inside a token" in changes[0].message


def test_tokens_keep_their_text_where_they_are_stretches_of_it() -> None:
    text = "Mary's well-known house."
    sentence = Sentence(
        ("Mary's", "well-known", "house", "."),
        "en",
        text=text,
        offsets=((0, 6), (7, 17), (18, 23), (23, 24)),
    )
    retokenised, _ = token_noise("split-words", 1.0).apply(sentence)
    assert retokenised.sentence.tokens == ("Mary", "'", "s", "well", "-", "known", "house", ".")
    assert retokenised.sentence.text == text and retokenised.sentence.offsets is not None
    assert all(
        text[a:b] == t
        for (a, b), t in zip(retokenised.sentence.offsets, retokenised.sentence.tokens, strict=True)
    )
    back, _ = token_noise("join-words", 1.0).apply(retokenised.sentence)
    assert back.sentence.tokens == ("Mary's", "well-known", "house", ".")


def test_text_noise_takes_the_text_along() -> None:
    sentence = Sentence(("Ada", "Lovelace"), "en", text="Ada  Lovelace!", offsets=((0, 3), (5, 13)))
    noisy_sentence, _ = text_noise("characters", 1.0, 3).apply(sentence)
    assert noisy_sentence.tokens != sentence.tokens
    assert noisy_sentence.text is not None and noisy_sentence.offsets is not None
    assert [noisy_sentence.text[a:b] for a, b in noisy_sentence.offsets] == list(
        noisy_sentence.tokens
    )
    assert noisy_sentence.text.endswith("!")


def plain(n: int, seed: int = 0) -> Sentence:
    """Words of ten letters each; a sentence of its own for every seed."""
    random = np.random.RandomState(seed)
    letters = np.array(list("abcdehilmnorstu"))
    return Sentence(tuple("".join(random.choice(letters, 10)) for _ in range(n)), "en")


def close(count: float, n: int, rate: float) -> bool:
    """Within five standard deviations of a binomial's mean."""
    return abs(count - n * rate) <= 5 * math.sqrt(n * rate * (1 - rate)) + 1e-9


@pytest.mark.parametrize("rate", [0.05, 0.2, 0.5])
def test_amounts_of_text_noise(rate: float) -> None:
    sentences = [plain(20, k) for k in range(50)]
    for name in ("characters", "keyboard"):
        unchanged = sum(
            sum(a == b for a, b in zip(x, y, strict=False))
            for s in sentences
            for x, y in zip(s.tokens, text_noise(name, rate).apply(s)[0].tokens, strict=True)
            if name == "keyboard"
        )
        lengths = [len("".join(text_noise(name, rate).apply(s)[0].tokens)) for s in sentences]
        if name == "keyboard":
            assert close(10_000 - unchanged, 10_000, rate)
            assert set(lengths) == {200}
        else:  # as many insertions as deletions, up to chance
            assert abs(sum(lengths) - 10_000) <= 5 * (10_000 * rate * 2 / 3) ** 0.5
    hit = sum(len(text_noise("casing", rate, kind="upper").apply(s)[1]) for s in sentences)
    assert close(hit, 1000, rate)


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5])
def test_amounts_of_alignment_noise(rate: float) -> None:
    pairs = [(plain(20, k), plain(20, k + 1000)) for k in range(50)]
    diagonal = Alignment.from_links([(k, k) for k in range(20)], (20, 20))
    for name, left, new in (
        ("drop-links", 1 - rate, 0.0),
        ("add-links", 1.0, rate),
        ("shift-links", 1 - rate, rate),
    ):
        link_sets = [
            set(alignment_noise(name, rate).apply(*pair, diagonal)[0].pairs()) for pair in pairs
        ]
        old = set(diagonal.pairs())
        assert close(sum(len(m & old) for m in link_sets), 1000, left)
        added = sum(len(m - old) for m in link_sets)
        assert close(added, 1000, new) or (name == "shift-links" and 0 < added <= 1000 * rate * 1.5)
        if name == "shift-links":
            assert all(abs(i - j) == 1 for m in link_sets for i, j in m - old)


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5])
def test_amounts_of_translation_and_label_noise(rate: float) -> None:
    sentences = [plain(20, k) for k in range(50)]
    alignment = Alignment.from_links([(k, k) for k in range(20)], (20, 20))
    for name in ("drop-words", "repeat-words", "untranslated-words"):
        results = [
            translation_noise(name, rate).apply(Made(plain(20, k + 500), s, alignment))
            for k, s in enumerate(sentences)
        ]
        assert close(sum(len(c) for _, c in results), 1000, rate)
    spans = tuple(Span(k, k + 1, "PER") for k in range(0, 20, 2))
    for name in LABELS:
        hit = sum(len(label_noise(name, rate).apply(s, spans)[1]) for s in sentences)
        assert close(hit, 500, rate)


@given(items(), st.sampled_from(["drop-links", "miss-labels", "change-labels", "drop-words"]))
def test_what_is_hit_at_a_low_rate_is_hit_at_a_higher_one(item: Item, name: str) -> None:
    assert item.source is not None
    done = []
    for rate in (0.2, 0.5, 0.8):
        _, changes = corrupted(item, [make(name, rate, 1)])
        done.append({(c.message) for c in changes})
    if name != "drop-words" or len(done[2]) < len(item.source):
        assert done[0] <= done[1] <= done[2]


def test_seeds_differ_and_processes_do_not() -> None:
    sentence = plain(30)
    variants = [text_noise("characters", 0.3, seed).apply(sentence)[0].tokens for seed in (1, 2)]
    assert variants[0] != variants[1]
    code = (
        "from tests.unit.test_noise import make, plain;"
        "print(' '.join(make('characters', 0.3, 1).apply(plain(30))[0].tokens))"
    )
    root = Path(__file__).resolve().parents[2]
    printed = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={"PYTHONPATH": str(root), "PYTHONHASHSEED": "77", "PATH": ""},
    )
    assert printed.stdout.split() == list(variants[0])


def test_noise_does_not_change_between_versions() -> None:
    """Results are quoted by seed: the draws themselves are part of what is promised."""
    noisy_sentence, _ = text_noise("characters", 0.3, 1).apply(
        Sentence(("Ada", "visited", "Lagos"), "en")
    )
    assert noisy_sentence.tokens == ("Ada", "avisiteg", "Laos")


def test_grapheme_clusters_stay_whole() -> None:
    sentence = Sentence(("Bọ́lá",) * 40, "yo")
    noisy_sentence, _ = text_noise("characters", 0.5, 2).apply(sentence)
    assert not any(t[0] in "\u0301\u0323" for t in noisy_sentence.tokens)


def test_keyboard_and_ocr_know_other_scripts() -> None:
    for language, word in (("ru", "Москва"), ("ar", "بيروت"), ("el", "Αθήνα"), ("he", "חיפה")):
        for name in ("keyboard", "ocr"):
            noisy_sentence, changes = text_noise(name, 1.0).apply(Sentence((word,), language))
            assert changes and any(c.isalpha() for c in noisy_sentence.tokens[0]), (language, name)
    german, _ = text_noise("keyboard", 1.0, layout="qwertz").apply(Sentence(("y",) * 30, "en"))
    english, _ = text_noise("keyboard", 1.0).apply(Sentence(("y",) * 30, "en"))
    assert set(german.tokens) == set("asx") and set(english.tokens) == set("tugh")


# -- as written ---------------------------------------------------------------------------------


@given(st.sampled_from(NAMES), rates, st.integers(0, 99))
def test_a_noise_reads_what_it_writes(name: str, rate: float, seed: int) -> None:
    noise = make(name, rate, seed)
    assert parse(noise.spec) == noise
    assert written([noise, noise]) == f"{noise.spec}+{noise.spec}"


def test_settings_are_written_and_read() -> None:
    noise = parse("casing=0.5,kind=upper,where=entities", seed=2)
    assert isinstance(noise, Casing)
    assert (noise.rate, noise.seed, noise.kind, noise.where) == (0.5, 2, "upper", "entities")
    assert parse(noise.spec) == noise


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fog=0.1", "no noise called 'fog'"),
        ("drop-links=much", "must be a number"),
        ("drop-links=1.5", "between 0 and 1"),
        ("casing=0.1,kind=small", "one of lower, upper, title"),
        ("casing=0.1,colour=red", "sets nothing of casing"),
        ("reorder-words=0.1,distance=0", "cannot be 0"),
    ],
)
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse(text)
