"""Brackets as published codes read them, and what the methods do with them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.laws import examples
from tests.published_readers import easy_project_labels, seed_reading
from xproj_core.domain import Alignment, Evidence, Sentence, Span
from xproj_core.methods import Mode, Steps, Task, methods
from xproj_core.methods.brackets import Alone, Marked, read_brackets
from xproj_core.methods.published_markers import read_as_easy_project, read_as_seed_paper
from xproj_core.models.protocols import Engine, Translation
from xproj_core.project import projectors
from xproj_core.text.tokenise import spans_of_words, tokenise

texts = st.lists(
    st.sampled_from(("[", "]", "[", "]", "ab", "abc", "ba", "c", " ", " ", "【", "[[", "]]")),
    max_size=14,
).map("".join)
names = st.sampled_from(("ab", "abc", "ba", "c", "ab ba", "Ab", ""))
labels = st.sampled_from(("PER", "LOC"))


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in spans_of_words(text, "de")]


def translation(text: str) -> Translation:
    return Translation(Sentence(tuple(split(text)), "de", text=text), "test")


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[Sentence, Translation, list[Alone]]:
    """A source of entities, a translation with any brackets, and the entities by themselves."""
    drawn = draw(st.lists(st.tuples(names, names.filter(bool), labels), max_size=4))
    entities: list[Alone] = [(Span(n, n + 1, y), a, b) for n, (a, b, y) in enumerate(drawn)]
    source = Sentence(tuple(b for _, _, b in entities), "en", tuple(e[0] for e in entities))
    # some brackets are meant for an entity, and what is between is anything
    parts = draw(
        st.lists(st.one_of(texts, st.sampled_from([f"[{a}]" for a, _, _ in drawn] or [""])))
    )
    text = " ".join(parts)
    assume(split(text.replace("[", " ").replace("]", " ").replace("【", " ")))
    return source, translation(text), entities


def stretches(marked: Marked) -> list[tuple[int, int, str]]:
    return [(s.start, s.end, s.label) for s in marked.sentence.spans]


@given(case=marked_texts())
@settings(max_examples=examples(400))
def test_the_seed_papers_reading(case: tuple[Sentence, Translation, list[Alone]]) -> None:
    source, translated, entities = case
    marked = read_as_seed_paper(source, translated, entities)
    words, expected = seed_reading(
        translated.sentence.text or "",
        [e[1] for e in entities],
        [e[0].label for e in entities],
        split,
    )
    assert (list(marked.sentence.tokens), stretches(marked)) == (words, expected)
    assert [e.label for e in marked.sources] == [y for _, _, y in expected]
    assert len(set(marked.sources)) == len(marked.sources)
    # whoever is not read is named, or the failure is
    assert len(marked.sources) == len(entities) or marked.notes


@given(case=marked_texts())
@settings(max_examples=examples(400))
def test_easy_projects_reading(case: tuple[Sentence, Translation, list[Alone]]) -> None:
    source, translated, entities = case
    marked = read_as_easy_project(source, translated, entities)
    expected = easy_project_labels(
        translated.sentence.text or "",
        [e[1] for e in entities],
        [e[2] for e in entities],
        [e[0].label for e in entities],
    )
    assert [s.label for s in marked.sentence.spans] == (expected or [])
    assert sorted(marked.sources) == ([] if expected is None else list(source.spans))
    assert bool(marked.notes) == (expected is None)
    assert not {"[", "]"} & set(marked.sentence.tokens)


PERSON, PLACE = Span(0, 1, "PER"), Span(2, 3, "LOC")
SOURCE = Sentence(("Marta", "in", "Malta"), "en", (PERSON, PLACE))
TWO: list[Alone] = [(PERSON, "Marta", "Marta"), (PLACE, "Malta", "Malta")]


@pytest.mark.parametrize(
    ("text", "words", "spans"),
    [
        # both are over one half, and the last one counts: the labels change places
        ("[Marta] in [Malta]", "Marta in Malta", [(0, 1, "LOC"), (2, 3, "PER")]),
        ("[Xyz] in [Malta]", "[ Xyz ] in Malta", [(4, 5, "LOC")]),
        ("[Marta in Malta", "[ Marta in Malta", []),
    ],
)
def test_the_seed_papers_defects(text: str, words: str, spans: list[tuple[int, int, str]]) -> None:
    marked = read_as_seed_paper(SOURCE, translation(text), TWO)
    assert " ".join(marked.sentence.tokens) == words
    assert stretches(marked) == spans
    mended = read_brackets(SOURCE, translation("[Marta] in [Malta]"), TWO)
    assert stretches(mended) == [(0, 1, "PER"), (2, 3, "LOC")]


def test_an_empty_bracket_costs_the_seed_paper_all_entities() -> None:
    odd: list[Alone] = [(PERSON, "Marta", "Marta"), (PLACE, "[]", "Malta")]
    marked = read_as_seed_paper(SOURCE, translation("[Marta] in []"), odd)
    assert not marked.sentence.spans and "drops all entities" in marked.notes[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[Marta] in Malta", "2 marked, but 1 “[” and 1 “]” came back"),
        ("[Marta] in [Malta", "2 marked, but 2 “[” and 1 “]” came back"),
        ("[xyz] in [vwq]", "2 bracketed strings are like no entity"),
        ("[Marta] in [Marta]", "the labels that came back are not those that went in"),
    ],
)
def test_easy_project_says_why_it_leaves_a_sentence_out(text: str, reason: str) -> None:
    marked = read_as_easy_project(SOURCE, translation(text), TWO)
    assert marked.notes == (f"EasyProject leaves this sentence out: {reason}.",)
    assert not marked.sources


@dataclass
class Bracketing:
    """Translates by leaving all as it is, but for the sentences in `table`."""

    table: dict[str, str]
    name = "bracketing"

    def languages(self) -> None:
        return None

    def translate(self, sentences: list[Sentence], target: str) -> list[Translation]:
        return [
            Translation(tokenise(self.table.get(s.text or "", s.text or ""), target), "bracketing")
            for s in sentences
        ]


class Diagonal:
    """Links equal words."""

    name = "diagonal"

    def align(self, pairs: list[tuple[Sentence, Sentence]]) -> list[Alignment]:
        return [
            Alignment.from_links(
                [(i, j) for i, a in enumerate(x.tokens) for j, b in enumerate(y.tokens) if a == b],
                (len(x), len(y)),
            )
            for x, y in pairs
        ]


def gathered(method: str, back: str, **options: object) -> Evidence:
    """The evidence of "Marta in Malta" whose translation with markers is `back`."""
    engine = Engine("test", Bracketing({"[Marta] in [Malta]": back}), Diagonal())  # type: ignore[arg-type]
    given_source = tokenise("Marta in Malta", "en")
    task = Task(Mode.TRANSLATE, given_source, "en", "de", labels=SOURCE.spans)
    [evidence] = methods.create(method, **options).gather([task], Steps(engine))
    assert isinstance(evidence, Evidence)
    return evidence


def placed(method: str, back: str, **options: object) -> set[tuple[int, int, str]]:
    [projection] = projectors.create("match-exact").project([gathered(method, back, **options)])
    return {(s.start, s.end, s.label) for s in projection.spans}


RIGHT = {(0, 1, "PER"), (2, 3, "LOC")}


def test_marked_back_translation_in_both_readings() -> None:
    intact = "[Marta] in [Malta]"
    assert placed("marked_back_translation", intact) == RIGHT
    swapped = placed("marked_back_translation", intact, as_published=True)
    assert swapped == {(0, 1, "LOC"), (2, 3, "PER")}
    partial = gathered("marked_back_translation", "[Xyz] in [Malta]", as_published=True)
    assert partial.source.tokens == ("[", "Xyz", "]", "in", "Malta")
    assert any("no bracket for “Marta” PER" in note for note in partial.notes)


def test_markers_in_both_readings() -> None:
    broken = "[Marta] in Malta"
    assert placed("markers", broken) == {(0, 1, "PER")}
    assert placed("markers", broken, as_published=True) == set()
    assert any(
        "leaves this sentence out" in n
        for n in gathered("markers", broken, as_published=True).notes
    )
    assert placed("markers", "[Marta] in [Malta]", as_published=True) == RIGHT
