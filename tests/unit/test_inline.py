from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.formats.inline import dump_inline, parse_inline
from xproj_core.formats.typed import read_given
from xproj_core.text.tokenise import spans_of_words, tokenise


def entities(text: str, language: str = "en") -> list[tuple[str, str]]:
    sentence = parse_inline(text, language)
    return [(" ".join(sentence.words(s)), s.label) for s in sentence.spans]


def test_plain_entities_and_their_offsets() -> None:
    sentence = parse_inline("[Angela Merkel](PER) visited [Paris](LOC).", "en")
    assert sentence.text == "Angela Merkel visited Paris."
    assert sentence.tokens == ("Angela", "Merkel", "visited", "Paris", ".")
    assert sentence.spans == (Span(0, 2, "PER"), Span(3, 4, "LOC"))


def test_nested_entities() -> None:
    text = "The [University of [Lagos](LOC)](ORG) is old."
    assert entities(text) == [("University of Lagos", "ORG"), ("Lagos", "LOC")]
    assert dump_inline(parse_inline(text, "en")) == text


def test_two_entities_on_the_same_tokens() -> None:
    sentence = parse_inline("[[Lagos](LOC)](ORG) lost.", "en")
    assert set(sentence.spans) == {Span(0, 1, "LOC"), Span(0, 1, "ORG")}


def test_labels_become_upper_case() -> None:
    assert entities("[Paris](loc) and [Fig-1](Misc_2)") == [("Paris", "LOC"), ("Fig-1", "MISC_2")]


@pytest.mark.parametrize(
    "text",
    [
        "See [the page](http://example.org) now.",
        "See [1] and [2].",
        "A [note] (ORG) here.",
        "An open [ bracket, a closing ] one.",
        "Only [ this.",
        "Only ] that.",
        "See [it](HTTP://EXAMPLE.ORG) or [it](see below) please.",
        "Call f[0](x + 1) then.",
        "A path C:\\temp stays.",
    ],
)
def test_other_brackets_stay_text(text: str) -> None:
    sentence = parse_inline(text, "en")
    assert sentence.text == text
    assert sentence.spans == ()


def test_escaped_brackets_are_literal() -> None:
    sentence = parse_inline(r"Write \[Paris\](LOC) and [a\]b](ORG) and \\.", "en")
    assert sentence.text == r"Write [Paris](LOC) and a]b and \."
    assert [s.label for s in sentence.spans] == ["ORG"]


def test_a_literal_bracket_pair_inside_and_around_an_entity() -> None:
    assert parse_inline("[see [Paris](LOC) there]", "en").text == "[see Paris there]"
    sentence = parse_inline("[Acme [UK] Ltd](ORG) won", "en")
    assert sentence.text == "Acme [UK] Ltd won"
    assert sentence.spans == (Span(0, 5, "ORG"),)


def test_a_span_that_cuts_a_token_takes_the_whole_token() -> None:
    assert entities("UThandi uya e[Goli](LOC).", "zu") == [("eGoli", "LOC")]
    assert entities("[İstanbul](LOC)'da", "tr") == [("İstanbul'da", "LOC")]


def test_spaces_inside_the_brackets_do_not_matter() -> None:
    assert entities("[ Paris ](LOC) won") == [("Paris", "LOC")]


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("See [Paris]() now", 12, "empty"),
        ("See [Paris](  ) now", 12, "empty"),
        ("See [Paris](LOC now", 12, "not closed"),
        ("See [Paris](LOC", 12, "not closed"),
        ("[Ann](PER saw [Bob](PER)", 6, "not closed"),
        ("See Paris](LOC) now", 10, "No [ opens"),
        ("See [Paris(LOC) now", 5, "never closed"),
        ("See [](LOC) now", 5, "no word"),
        ("See [ ](LOC) now", 5, "no word"),
    ],
)
def test_mistakes_are_named_with_their_column(text: str, column: int, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_inline(text, "en")
    assert caught.value.column == column
    assert words in str(caught.value)


def test_a_mistake_on_a_later_line_gives_line_and_column() -> None:
    with pytest.raises(FormatError) as caught:
        parse_inline("First line\nsee [Paris]()", "en")
    assert (caught.value.line, caught.value.column) == (2, 12)


def test_text_of_markup_only_is_refused() -> None:
    with pytest.raises(InputError):
        parse_inline("   ", "en")


def test_crossing_spans_cannot_be_written() -> None:
    sentence = tokenise("one two three", "en").labelled([Span(0, 2, "PER"), Span(1, 3, "LOC")])
    with pytest.raises(InputError, match="cross"):
        dump_inline(sentence)


def test_a_label_with_a_space_cannot_be_written() -> None:
    sentence = tokenise("one two", "en").labelled([Span(0, 1, "GEO LOC")])
    with pytest.raises(InputError, match="GEO LOC"):
        dump_inline(sentence)


def test_tokens_without_a_text_are_joined_first() -> None:
    sentence = Sentence(("In", "Paris", ",", "he", "won", "."), "en", (Span(1, 2, "LOC"),))
    assert dump_inline(sentence) == "In [Paris](LOC), he won."
    chinese = Sentence(("他", "在", "北", "京", "。"), "zh", (Span(2, 4, "LOC"),))
    assert dump_inline(chinese) == "他在[北京](LOC)。"


@st.composite
def nested_sentences(draw: st.DrawFn) -> Sentence:
    """A sentence of awkward characters with spans of which no two cross."""
    alphabet = st.one_of(st.sampled_from("[]()\\ABPER ab'-.1\n北京ا"), st.characters(codec="utf-8"))
    language = draw(st.sampled_from(["en", "fr", "zh", "ar", "tr", "ha"]))
    text = draw(st.text(alphabet, max_size=40).filter(lambda t: spans_of_words(t, "en")))
    sentence = tokenise(text, language)
    place = st.integers(0, len(sentence))
    label = st.sampled_from(["PER", "LOC", "B-X_1"])
    spans: set[Span] = set()
    for a, b, name in draw(st.lists(st.tuples(place, place, label), max_size=6)):
        start, end = min(a, b), max(a, b)
        crosses = any(s.start < start < s.end < end or start < s.start < end < s.end for s in spans)
        if start < end and not crosses:
            spans.add(Span(start, end, name))
    return sentence.labelled(spans)


@given(nested_sentences())
def test_dump_then_parse_gives_the_same_sentence(sentence: Sentence) -> None:
    assert parse_inline(dump_inline(sentence), sentence.language) == sentence


@given(st.text("[]()\\ PERa", max_size=30))
def test_whatever_parses_survives_a_second_round(text: str) -> None:
    try:
        sentence = parse_inline(text, "en")
    except InputError:
        return
    assert parse_inline(dump_inline(sentence), "en") == sentence


def test_labels_of_any_script() -> None:
    text = "[Анна](ПЕР) живёт в [Москве](ЛОК). [दिल्ली](स्थान)"
    assert [label for _, label in entities(text, "ru")] == ["ПЕР", "ЛОК", "स्थान"]
    assert dump_inline(parse_inline(text, "ru")) == text


@pytest.mark.parametrize("label", ["Natural Person", "Ort Land Stadt", "Юр Лицо"])
def test_a_blank_in_a_label_is_told_of(label: str) -> None:
    with pytest.raises(FormatError, match=f"no blank in it. Write .{label.replace(' ', '_')}"):
        parse_inline(f"[Ada Byron]({label}) lebt in [Kiel](LOC).", "de")


@pytest.mark.parametrize(
    ("text", "tokens", "spans"),
    [
        (
            "Ada\tB-PER\nByron\tE-PER\nlebt\tO\nin\tO\nKiel\tS-LOC",
            "Ada Byron lebt in Kiel",
            (Span(0, 2, "PER"), Span(4, 5, "LOC")),
        ),
        (
            "1\tAda\tB-PER\n2\tlebt\tO\n3\tin\tO\n4\tKiel\tB-LOC",
            "Ada lebt in Kiel",
            (Span(0, 1, "PER"), Span(3, 4, "LOC")),
        ),
        ("Ada U-PER\nlebt O", "Ada lebt", (Span(0, 1, "PER"),)),
        ("1 O\n2 O", "1 2", ()),
        (
            "Ada B-PER\nByron I-PER\nOslo I-LOC",
            "Ada Byron Oslo",
            (Span(0, 2, "PER"), Span(2, 3, "LOC")),
        ),
    ],
)
def test_pasted_columns(text: str, tokens: str, spans: tuple[Span, ...]) -> None:
    sentence, labels = read_given(text, "de")
    assert (" ".join(sentence.tokens), labels) == (tokens, spans)
