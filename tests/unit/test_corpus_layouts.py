"""Corpora of the literature, recognised by their layout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.test_datasets import CONLL, packed, put
from xproj_core.datasets import look, read
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Links


def test_masakhaner_and_the_choice_among_its_parts(tmp_path: Path) -> None:
    files = {f"data/{x}/{split}.txt": CONLL for x in ("bam", "swa") for split in ("dev", "test")}
    put(tmp_path, {**files, "README.md": "about", "data/bam/notes.txt": "no tags here"})
    (guess,) = look(tmp_path)
    assert guess.layout == "masakhaner" and len(guess.parts) == 4
    with pytest.raises(InputError, match=r"several datasets. .*: bm, dev; bm, test; sw, dev"):
        read(tmp_path)
    dataset = read(tmp_path, target_language="bam", split="test")
    assert dataset.reason == (
        "looks like MasakhaNER: bam/dev.txt holds a token, a space and a tag a line"
    )
    assert (dataset.source_language, dataset.target_language) == ("und", "bm")
    first, second = dataset.items
    assert first.target == Sentence(
        ("Awa", "left", "Dakar"), "bm", (Span(0, 1, "PER"), Span(2, 3, "LOC"))
    )
    assert first.gold == second.gold == {"target"}
    with pytest.raises(InputError, match="does not hold what you asked for, but: bm, dev"):
        read(tmp_path, target_language="fr")
    zipped = read(packed(files), name="masakhane.zip", target_language="sw", split="dev")
    assert len(list(zipped.items)) == 2


def test_panx_tokens_lose_their_language(tmp_path: Path) -> None:
    rows = "de:Bonn\tB-LOC\nde:16:00\tO\n\nde::\tO\n"
    dataset = read(
        put(tmp_path, {"panx/de/test": rows, "panx/fr/test": rows.replace("de:", "fr:")}),
        target_language="de",
    )
    assert [i.target.tokens for i in dataset.items if i.target] == [("Bonn", "16:00"), (":",)]
    assert "the tokens of test begin with their language" in dataset.reason


def test_europarl_pairs_bring_the_other_languages_along(tmp_path: Path) -> None:
    english = "Parliament I-ORG\nmet O\n\n".replace(" ", "\t")
    files = {
        "en-europarl.test.conll02": english,
        "de-europarl.test.conll02": english.replace("met", "tagte"),
        "es-europarl.test.conll02": english.replace("met", "sesionó"),
    }
    dataset = read(put(tmp_path, files), source_language="en", target_language="de")
    (item,) = dataset.items
    assert item.source and item.target and item.others["es"].tokens[1] == "sesionó"
    assert item.gold == {"source", "target"} and item.target.spans == (Span(0, 1, "ORG"),)
    assert dataset.preview.others == {"es": 1}
    assert "read as the start of an entity" in dataset.notes[0]
    put(tmp_path, {"de-europarl.test.conll02": english + english})
    short = read(tmp_path, source_language="en", target_language="de")
    with pytest.raises(FormatError, match=r"end.* after 1 sentence, .*de-europarl.* goes on"):
        list(short.items)


UNER = """# newdoc id = d
# sent_id = d-1
# text = Awa can't stop.
1\tAwa\tB-PER\t-\tkim
2\tca\tO\t-\t-
3\tn't\tO\t-\t-
4\tstop\tO\t-\t-
5\t.\tO\t-\t-

# sent_id = d-2
# text = # is odd
1\t#\tO\t-\t-
2\tis\tO\t-\t-
3\todd\tO\t-\t-

"""


def test_universal_ner_keeps_names_and_texts(tmp_path: Path) -> None:
    dataset = read(put(tmp_path, {"en_ewt-ud-dev.iob2": UNER}))
    first, second = dataset.items
    assert first.key == "d-1" and first.target is not None and second.target is not None
    assert first.target.text == "Awa can't stop." and first.target.offsets is not None
    assert first.target.offsets[1:3] == ((4, 6), (6, 9))
    assert first.target.spans == (Span(0, 1, "PER"),)
    assert second.target.tokens == ("#", "is", "odd") and second.target.text is None
    assert dataset.target_language == "en" and dataset.name == tmp_path.name
    put(tmp_path, {"en_ewt-ud-dev.iob2": UNER.replace("ca\tO", "ca\tPER")})
    with pytest.raises(FormatError, match=r"en_ewt-ud-dev.iob2, line 5: expected O, B-label"):
        list(read(tmp_path).items)


def test_parallel_jsonl_by_language(tmp_path: Path) -> None:
    row = {
        "en": {
            "id": "n1",
            "text": "Awa left.",
            "tokens": ["Awa", "left", "."],
            "tags": ["B-PER", "O", "O"],
        },
        "pt": {"tokens": ["Awa", "saiu"], "tags": ["B-PER", "O"]},
        "sv": {"tokens": ["Awa", "gick"], "tags": ["B-PER", "O"]},
    }
    put(tmp_path, {"pud.jsonl": json.dumps(row) + "\n"})
    (item,) = read(tmp_path, source_language="pt", target_language="sv").items
    assert item.key == "1" or item.key == "n1"
    assert item.source and item.target and item.others["en"].text == "Awa left."
    assert item.gold == {"source", "target"}
    bad = json.loads(json.dumps(row))
    bad["sv"]["tags"] = []
    put(tmp_path, {"pud.jsonl": f"{json.dumps(row)}\n{json.dumps(bad)}\n"})
    dataset = read(tmp_path, source_language="pt", target_language="sv", partial=True)
    assert dataset.preview.items == 1 and "line 2" in dataset.problems[0]


def test_mafand_has_gold_on_one_side_and_text_on_the_other(tmp_path: Path) -> None:
    row = {
        "tokens": ["Awa", "taara"],
        "tags": ["B-PER", "O"],
        "src": "Awa est partie.",
        "src_lang": "fr",
        "lang": "bam",
        "ner_index": 7,
    }
    dataset = read(put(tmp_path, {"fr-bam.dev.jsonl": json.dumps(row) + "\n"}))
    (item,) = dataset.items
    assert item.key == "7" and item.gold == {"target"}
    assert item.source is not None and item.source.tokens == ("Awa", "est", "partie", ".")
    assert (dataset.source_language, dataset.target_language) == ("fr", "bm")


def test_xl_wa_links_are_gold(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "es/dev.tsv": "Awa left .\tAwa salió .\t0-0 1-1 2-2\t\t\n",
            "it/dev.tsv": "Awa left\tAwa partì\t0-0\n",
        },
    )
    (item,) = read(tmp_path, target_language="es").items
    assert item.links == Links(frozenset({(0, 0), (1, 1), (2, 2)}))
    assert item.source and item.source.tokens == ("Awa", "left", ".")


def test_an_aligners_links_are_taken_only_when_asked_for(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "test-bam.txt": "Awa B-PER\ntaara O\n\n",
            "test-translate-bam-en-preds.txt": "Awa B-PER\nhas O\ngone O\n\n",
            "bam-en-alignments.txt": "0\t0-0 1-2\n",
        },
    )
    (plain,) = read(tmp_path, split="test").items
    assert plain.links is None and plain.gold == {"target"}
    (aligned,) = read(tmp_path, split="test, aligned").items
    assert aligned.links == Links(frozenset({(0, 0), (2, 1)}))
    assert aligned.notes == {"links": "by an aligner, bam-en-alignments.txt"}


def test_opinion_targets_with_and_without_an_aligner(tmp_path: Path) -> None:
    put(
        tmp_path,
        {
            "original-en/en.absa.test.tsv": "Nice O\nsoup! B-TARGET\n\n",
            "DeepL.Iker.test.tsv": "Rica\tO\t-\nsopa\tB-TARGET\t-\n\n",
            "DeepL.50000.awesome.test.talp": "0-0 1-1\n",
        },
    )
    assert [p.split for p in look(tmp_path)[0].parts] == ["test", "test, awesome"]
    (item,) = read(tmp_path, split="test, awesome").items
    assert item.target and item.target.spans == (Span(1, 2, "TARGET"),)
    assert item.links == Links(frozenset({(0, 0), (1, 1)})) and item.gold == {"source", "target"}


def test_several_corpora_in_one_folder_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, {"ner/bam/dev.txt": CONLL, "wa/es/dev.tsv": "a\tb\t0-0\n"})
    with pytest.raises(InputError, match=r"several things.*masakhaner \(.*xl_wa \("):
        read(tmp_path)
    assert read(tmp_path, format="xl_wa").target_language == "es"
