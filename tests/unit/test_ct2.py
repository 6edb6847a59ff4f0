"""Converted checkpoints against transformers on the same weights."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.checkpoints.texts import LESSONS
from tests.unit.conftest import MakeCheckpoint
from xproj_core.domain.errors import CheckpointError, LanguageError
from xproj_core.text.tokenise import tokenise
from xproj_core.translate import ct2, seq2seq

ctranslate2 = pytest.importorskip("ctranslate2")

ENGLISH = [tokenise(lesson["en"], "en") for lesson in LESSONS]
TOKENISERS = {
    "nllb": ["tokenizer.json", "tokenizer_config.json"],
    "m2m100": ["sentencepiece.bpe.model", "vocab.json", "tokenizer_config.json"],
    "marian": ["source.spm", "target.spm", "vocab.json", "tokenizer_config.json"],
    "marian-many": ["source.spm", "target.spm", "vocab.json", "tokenizer_config.json"],
}


@pytest.fixture(scope="module")
def converted(checkpoint: MakeCheckpoint, tmp_path_factory: pytest.TempPathFactory) -> Any:
    from ctranslate2.converters import TransformersConverter
    from ctranslate2.converters import transformers as loaders

    root = tmp_path_factory.mktemp("ct2")
    original = loaders.M2M100Loader.get_vocabulary

    def with_languages(self: Any, model: Any, tokenizer: Any) -> list[str]:
        """The converter looks for language tokens where transformers 5 no longer has them."""
        own = getattr(tokenizer, "lang_token_to_id", None)
        if own is None:
            return list(original(self, model, tokenizer))
        tokens = sorted(tokenizer.encoder, key=tokenizer.encoder.get)
        made_up = [f"madeupword{i}" for i in range(tokenizer.num_madeup_words)]
        return [*tokens, *sorted(own, key=own.get), *made_up]

    def make(name: str) -> Path:
        folder = root / name
        if not folder.exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(loaders.M2M100Loader, "get_vocabulary", with_languages)
                TransformersConverter(checkpoint(name), copy_files=TOKENISERS[name]).convert(
                    str(folder)
                )
        return folder

    return make


@pytest.mark.parametrize("family", TOKENISERS)
def test_it_equals_transformers_greedily(
    checkpoint: MakeCheckpoint, converted: Any, family: str
) -> None:
    ours = ct2.load(str(converted(family)), device="cpu", beam=1)
    reference = seq2seq.load(checkpoint(family), device="cpu", beam=1)
    more = [*ENGLISH, tokenise("Paris.", "en"), tokenise("The Nile is in Kenya.", "en")]
    translations, expected = ours.translate(more, "de"), reference.translate(more, "de")
    for k in range(len(ENGLISH)):
        assert translations[k].sentence.text == expected[k].sentence.text == LESSONS[k]["de"]
        assert not translations[k].notes
    for f, w in zip(translations, expected, strict=True):
        if not w.notes:
            assert f.sentence == w.sentence
    assert translations == [ours.translate([s], "de")[0] for s in more]


def test_truncation_is_announced(converted: Any) -> None:
    translator = ct2.load(str(converted("nllb")), device="cpu", max_length=20)
    long = tokenise("Nairobi is in Kenya. " * 12, "en")
    assert "takes 20 subwords" in translator.translate([long], "sw")[0].notes[0]


def test_languages(converted: Any) -> None:
    translator = ct2.load(str(converted("marian")), device="cpu")
    assert translator.supports("en", "de") and not translator.supports("en", "fr")
    with pytest.raises(LanguageError, match="It knows: de"):
        translator.translate(ENGLISH, "sw")


def test_bare_sentencepiece_files_will_do(converted: Any, tmp_path: Path) -> None:
    folder = tmp_path / "opus-mt-en-de"
    shutil.copytree(converted("marian"), folder)
    (folder / "tokenizer_config.json").unlink()
    translator = ct2.load(str(folder), device="cpu", beam=1)
    assert translator.translate(ENGLISH, "de")[0].sentence.text == LESSONS[0]["de"]
    many = tmp_path / "many"
    shutil.copytree(converted("marian-many"), many)
    (many / "tokenizer_config.json").unlink()
    translations = ct2.load(str(many), device="cpu", beam=1).translate(ENGLISH, "sw")
    assert [t.sentence.text for t in translations] == [lesson["sw"] for lesson in LESSONS]


def test_folders_that_are_no_model(tmp_path: Path, converted: Any) -> None:
    with pytest.raises(CheckpointError, match="There is no folder"):
        ct2.load(str(tmp_path / "nowhere"))
    with pytest.raises(CheckpointError, match=r"lacks model\.bin"):
        ct2.load(str(tmp_path))
    folder = tmp_path / "no-tokeniser"
    shutil.copytree(converted("nllb"), folder)
    for name in TOKENISERS["nllb"]:
        (folder / name).unlink()
    with pytest.raises(CheckpointError, match="has no tokeniser"):
        ct2.load(str(folder))
    (tmp_path / "model.bin").write_bytes(b"nothing")
    shutil.copy(Path(converted("nllb")) / "tokenizer.json", tmp_path)
    with pytest.raises((CheckpointError, LanguageError)):
        ct2.load(str(tmp_path))
