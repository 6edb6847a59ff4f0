"""WebAnno TSV 3 as INCEpTION writes it."""

from __future__ import annotations

from typing import Any

import pytest

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError
from xproj_core.domain.item import Item
from xproj_core.formats import FORMATS, Read
from xproj_core.formats.webanno_escapes import stacked, unescaped
from xproj_core.formats.webanno_lines import LAYER

FORM = FORMATS["webanno"]
POS = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS"
DEPENDENCY = "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency"
HEADER = f"""#FORMAT=WebAnno TSV 3.3
#T_SP={POS}|coarseValue|PosValue
#T_SP={LAYER}|identifier|value
#T_RL={DEPENDENCY}|DependencyType|flavor|BT_{POS}


"""
REST = "\t_\t_\t_\t"


def row(number: str, place: str, token: str, identifier: str, value: str) -> str:
    return f"{number}\t{place}\t{token}\tNOUN\tNN\t{identifier}\t{value}{REST}\n"


def read(body: str, header: str = HEADER, **how: Any) -> Read:
    return FORM.loads(header + body, file="a.tsv", **{"target": "en", **how})


def test_layers_emoji_stacked_spans_and_several_tokens() -> None:
    body = (
        "#Text=🚀 Dr. Aïssa  Bah [NASA]\n"
        + row("1-1", "0-2", "🚀", "_", "_")
        + row("1-2", "3-6", "Dr.", "*[2]", "TITLE[2]")
        + row("1-3", "7-12", "Aïssa", "*[3]|*[4]", "PER[3]|GIVEN\\_1[4]")
        + row("1-4", "14-17", "Bah", "*[3]", "PER[3]")
        + row("1-5", "18-24", "[NASA]", "http://example.org/x", "ORG")
        + "\n#Text=Rabat\n"
        + row("2-1", "25-30", "Rabat", "*", "LOC")
    )
    corpus = read(body)
    first, second = (i.target for i in corpus.items)
    assert first is not None and second is not None
    assert first.tokens == ("🚀", "Dr.", "Aïssa", "Bah", "[NASA]")
    assert first.text == "🚀 Dr. Aïssa  Bah [NASA]"
    assert first.spans == (
        Span(1, 2, "TITLE"),
        Span(2, 3, "GIVEN_1"),
        Span(2, 4, "PER"),
        Span(4, 5, "ORG"),
    )
    assert second.tokens == ("Rabat",) and second.spans == (Span(0, 1, "LOC"),)
    assert [i.key for i in corpus.items] == ["1", "2"] and corpus.notes == ()


def test_part_of_a_token() -> None:
    body = (
        "#Text=Rabats\n"
        + row("1-1", "0-6", "Rabats", "_", "_")
        + row("1-1.1", "0-5", "Rabat", "*", "LOC")
    )
    with pytest.raises(FormatError, match=r"sentence 1: the span LOC “Rabat”.*cuts through"):
        read(body)
    (item,) = read(body, fit="expand").items
    assert item.target is not None and item.target.spans == (Span(0, 1, "LOC"),)


def test_another_layer_if_it_is_the_only_one() -> None:
    header = "#FORMAT=WebAnno TSV 3.2\n#T_SP=webanno.custom.Name|kind\n\n\n"
    corpus = read("#Sentence.id=s9\n#Text=Rabat\n1-1\t0-5\tRabat\tLOC\t\n", header)
    assert corpus.items[0].key == "s9"
    assert corpus.notes == ("The labels are those of the layer webanno.custom.Name, kind.",)


@pytest.mark.parametrize(
    ("header", "body", "message"),
    [
        ("#FORMAT=WebAnno TSV 2\n", "", "line 1: expected “#FORMAT=WebAnno TSV 3.3”"),
        (
            f"#FORMAT=WebAnno TSV 3.3\n#T_SP={POS}|PosValue\n#T_SP=a.B|c\n\n\n",
            "",
            "expected the layer",
        ),
        (HEADER, "#Text=a\n1-1\t0-1\ta\t_\t_\t\n", "names 7 columns after the token"),
        (HEADER, "#Text=a\n1\t0-1\ta\n", "line 8: expected “sentence-token<tab>begin-end"),
        (HEADER, "#Text=a\n" + row("1-1", "0-1", "b", "_", "_"), "line 8: the token 'b' at 0–1"),
        (HEADER, "#Text=a\n" + row("1-1", "0-1", "a", "*", "*"), "has no value"),
        (
            HEADER,
            "#Text=a\n" + row("1-1", "0-1", "a", "_", "_") + row("1-1.1", "0-0", "", "*", "X"),
            "line 9: the annotation X covers no character",
        ),
    ],
)
def test_bad_files_are_refused(header: str, body: str, message: str) -> None:
    with pytest.raises(FormatError) as error:
        read(body, header)
    assert message in str(error.value)


NARROW = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={LAYER}|identifier|value\n\n\n"


def test_tokens_as_inception_writes_them_that_is_not_escaped() -> None:
    body = "#Text=C:\\\\temp a\\\\\\\\b\n1-1\t0-7\tC:\\temp\t_\t_\t\n1-2\t8-12\ta\\\\b\t*\tX\t\n"
    (item,) = read(body, NARROW).items
    assert item.target == Sentence(("C:\\temp", "a\\\\b"), "en", (Span(1, 2, "X"),))


def test_a_document_that_nobody_has_labelled() -> None:
    corpus = read("#Text=a b\n1-1\t0-1\ta\t\n1-2\t2-3\tb\t\n", "#FORMAT=WebAnno TSV 3.3\n\n\n")
    assert corpus.items[0].target == Sentence(("a", "b"), "en")
    assert corpus.notes == ("The file has no layer: nothing in it is labelled.",)


def test_an_annotation_across_a_border_of_sentences_is_told() -> None:
    body = "#Text=a\n1-1\t0-1\ta\t*[1]\tX[1]\t\n\n#Text=b\n2-1\t2-3\tb\t*[1]\tX[1]\t\n"
    corpus = read(body, NARROW)
    assert [i.target.spans for i in corpus.items if i.target] == [(Span(0, 1, "X"),)] * 2
    assert "go on in the next sentence" in corpus.notes[0] and "1 time," in corpus.notes[0]


@pytest.mark.parametrize("version", ["3.0", "3.1"])
def test_early_versions_write_what_is_not_ascii_as_numbers(version: str) -> None:
    header = NARROW.replace("3.3", version)
    rows = "1-1\t0-2\t🚀\t_\t_\t\n1-2\t3-8\tAïssa\t*\tPER\t\n"
    body = "#Text=\\uD83D\\uDE80 A\\u00EFssa\\t\\\\u\n" + rows
    (item,) = read(body, header).items
    assert item.target is not None and item.target.text == "🚀 Aïssa\t\\u"
    assert item.target.tokens == ("🚀", "Aïssa") and item.target.spans == (Span(1, 2, "PER"),)


def test_a_bad_sentence_can_be_left_out() -> None:
    good = "\n#Text=Rabat\n" + row("2-1", "2-7", "Rabat", "*", "LOC")
    corpus = read("#Text=a\n" + row("1-1", "0-1", "b", "_", "_") + good, partial=True)
    assert len(corpus.items) == 1 and "line 8" in corpus.problems[0]


def test_what_is_written_is_the_documented_form() -> None:
    sentence = Sentence(
        ("😊", "a_b", "c|d"), "en", (Span(0, 2, "PER"), Span(1, 2, "X*"), Span(2, 3, "LOC"))
    )
    assert FORM.dumps([Item("k", target=sentence)]).decode() == (
        f"#FORMAT=WebAnno TSV 3.3\n#T_SP={LAYER}|value\n\n\n"
        "#Sentence.id=k\n#Text=😊 a_b c|d\n"
        "1-1\t0-2\t😊\tPER[1]\t\n"
        "1-2\t3-6\ta_b\tPER[1]|X\\*[2]\t\n"
        "1-3\t7-10\tc|d\tLOC\t\n"
    )


def test_escapes() -> None:
    assert stacked(r"a\|b|c\\|d") == [r"a\|b", r"c\\", "d"]
    assert unescaped(r"a\|b\_\->\t\\n") == "a|b_->\t\\n"
