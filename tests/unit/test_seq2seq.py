"""Tiny checkpoints of the real families, through the real loading code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checkpoints.texts import LESSONS
from tests.unit.conftest import MakeCheckpoint
from xproj_core.domain import Sentence
from xproj_core.domain.errors import CheckpointError, EngineError, LanguageError
from xproj_core.models.protocols import TranslationScorer
from xproj_core.text.tokenise import tokenise
from xproj_core.translate import seq2seq, translators
from xproj_core.translate.batched import translate_each

ENGLISH = [tokenise(lesson["en"], "en") for lesson in LESSONS]
MANY = ("nllb", "m2m100", "marian-many", "madlad")
FAMILIES = [("marian", "de"), *((family, target) for family in MANY for target in ("sw", "de"))]


@pytest.mark.parametrize(("family", "target"), FAMILIES)
def test_it_translates_what_the_checkpoint_learnt(
    checkpoint: MakeCheckpoint, family: str, target: str
) -> None:
    translator = seq2seq.load(checkpoint(family), device="cpu", beam=1)
    translations = translator.translate(ENGLISH, target)
    assert [t.sentence.text for t in translations] == [lesson[target] for lesson in LESSONS]
    assert all(t.sentence.language == target and not t.notes for t in translations)
    assert translations[0].sentence.tokens[-1] == "."
    assert translations[0].origin == translator.name


@pytest.mark.parametrize("family", ["nllb", "m2m100", "marian", "madlad"])
def test_a_batch_gives_what_one_by_one_gives(checkpoint: MakeCheckpoint, family: str) -> None:
    translator = seq2seq.load(checkpoint(family), device="cpu", batch_size=3)
    odd = [tokenise(t, "en") for t in ("Paris.", "The Nile, the Nile, the Nile is in Paris.")]
    batch = [*odd, *ENGLISH, *odd]
    together = translator.translate(batch, "de")
    assert together == [translator.translate([s], "de")[0] for s in batch]
    assert translator.translate([], "de") == []


@pytest.mark.parametrize(("family", "first"), [("nllb", "swh_Latn"), ("m2m100", "__sw__")])
def test_the_forced_token_comes_first(
    checkpoint: MakeCheckpoint, monkeypatch: pytest.MonkeyPatch, family: str, first: str
) -> None:
    translator = seq2seq.load(checkpoint(family), device="cpu")
    rows: list[list[int]] = []
    generate = translator._model.generate

    def spy(**inputs: object) -> object:
        out = generate(**inputs)
        rows.extend(out.tolist())
        return out

    monkeypatch.setattr(translator._model, "generate", spy)
    translator.translate(ENGLISH, "sw")
    expected = translator._tokenizer.convert_tokens_to_ids(first)
    assert len(rows) == len(ENGLISH)
    assert {row[1] for row in rows} == {expected}


def test_source_languages_may_be_mixed(
    checkpoint: MakeCheckpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    translator = seq2seq.load(checkpoint("nllb"), device="cpu")
    input_rows: list[list[int]] = []
    generate = translator._model.generate

    def spy(**inputs: object) -> object:
        input_rows.extend(inputs["input_ids"].tolist())  # type: ignore[attr-defined]
        return generate(**inputs)

    monkeypatch.setattr(translator._model, "generate", spy)
    german = tokenise(LESSONS[0]["de"], "de")
    translator.translate([ENGLISH[0], german, ENGLISH[1]], "sw")
    ids = translator._tokenizer.convert_tokens_to_ids
    assert sorted(row[0] for row in input_rows) == sorted(
        [ids("eng_Latn"), ids("eng_Latn"), ids("deu_Latn")]
    )


@pytest.mark.parametrize("family", ["nllb", "marian", "madlad"])
def test_truncation_is_announced(checkpoint: MakeCheckpoint, family: str) -> None:
    translator = seq2seq.load(checkpoint(family), device="cpu", max_length=24)
    long = tokenise("Nairobi is in Kenya. " * 12 + "Benin.", "en")
    short, cut = translator.translate([ENGLISH[0], long], "de")
    assert not short.notes
    assert "takes 24 subwords" in cut.notes[0] and "words were not translated" in cut.notes[0]
    assert "Split the sentence" in cut.notes[0]


def test_an_output_without_an_end_is_announced(checkpoint: MakeCheckpoint) -> None:
    translator = seq2seq.load(checkpoint("marian"), device="cpu", max_length=6)
    cut = translator.translate([tokenise("Paris.", "en")], "de")[0]
    assert any("output limit" in note for note in cut.notes)


def test_tokenised_input_is_detokenised(checkpoint: MakeCheckpoint) -> None:
    translator = seq2seq.load(checkpoint("marian"), device="cpu")
    tokens = Sentence(ENGLISH[3].tokens, "en")
    assert translator.translate([tokens], "de")[0].sentence.text == LESSONS[3]["de"]


def test_unknown_languages(checkpoint: MakeCheckpoint) -> None:
    translator = seq2seq.load(checkpoint("marian"), device="cpu")
    assert translator.supports("en", "de") and not translator.supports("en", "sw")
    with pytest.raises(LanguageError, match=r"Swahili \(sw\).*It knows: de"):
        translator.translate(ENGLISH, "sw")
    yoruba = tokenise("Ọmọ náà wà ní Èkó.", "yo")
    results = translate_each(translator, [ENGLISH[0], yoruba], "de")
    assert isinstance(results[1], LanguageError)
    assert getattr(results[0], "sentence").text == LESSONS[0]["de"]  # noqa: B009


@pytest.mark.parametrize("family", ["nllb", "m2m100", "marian", "madlad"])
def test_likelihoods_prefer_the_right_translation(checkpoint: MakeCheckpoint, family: str) -> None:
    scorer = seq2seq.load(checkpoint(family), device="cpu", batch_size=2)
    assert isinstance(scorer, TranslationScorer)
    texts = [(a["en"], b["de"]) for a in LESSONS for b in LESSONS]
    scores = scorer.log_likelihoods(texts, "en", "de")
    assert all(s <= 0 for s in scores)
    for k in range(len(LESSONS)):
        row = scores[k * len(LESSONS) : (k + 1) * len(LESSONS)]
        assert row.index(max(row)) == k
    one_by_one = [scorer.log_likelihoods([t], "en", "de")[0] for t in texts]
    assert scores == pytest.approx(one_by_one, abs=1e-4)
    assert scorer.log_likelihoods([], "en", "de") == []


def test_a_likelihood_is_the_mean_over_subwords(checkpoint: MakeCheckpoint) -> None:
    import torch

    scorer = seq2seq.load(checkpoint("marian"), device="cpu")
    tokenizer, model = scorer._tokenizer, scorer._model
    encoding = tokenizer(LESSONS[1]["en"], text_target=LESSONS[1]["de"], return_tensors="pt")
    with torch.inference_mode():
        loss = model(**encoding).loss.item()
    [score] = scorer.log_likelihoods([(LESSONS[1]["en"], LESSONS[1]["de"])], "en", "de")
    assert score == pytest.approx(-loss, abs=1e-5)


def test_memory_running_out_halves_the_batch(
    checkpoint: MakeCheckpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    translator = seq2seq.load(checkpoint("marian"), device="cpu", batch_size=8)
    sizes: list[int] = []
    generate = translator._model.generate

    def tight(**inputs: object) -> object:
        sizes.append(len(inputs["input_ids"]))  # type: ignore[arg-type]
        if sizes[-1] > 1:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return generate(**inputs)

    monkeypatch.setattr(translator._model, "generate", tight)
    translations = translator.translate(ENGLISH, "de")
    assert [t.sentence.text for t in translations] == [lesson["de"] for lesson in LESSONS]
    assert max(sizes) > 1 and sizes[-1] == 1

    def none(**inputs: object) -> object:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(translator._model, "generate", none)
    with pytest.raises(EngineError, match="ran out of memory on a single sentence"):
        translator.translate(ENGLISH[:1], "de")


def test_folders_that_are_no_checkpoint(tmp_path: Path, checkpoint: MakeCheckpoint) -> None:
    with pytest.raises(CheckpointError, match=r"lacks config.json, weights .* and a tokenizer"):
        seq2seq.load(str(tmp_path))
    with pytest.raises(CheckpointError, match="There is no folder"):
        seq2seq.load(str(tmp_path / "nowhere"))
    (tmp_path / "config.json").write_text("{ not json")
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(CheckpointError, match="could not be loaded"):
        seq2seq.load(str(tmp_path))
    with pytest.raises(CheckpointError, match="is a bert model, which does not translate"):
        seq2seq.load(checkpoint("bert"))


def test_without_a_network_the_hub_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx
    import huggingface_hub.constants

    urls = []

    class Nobody:
        def head(self, url: str, timeout: float) -> None:
            urls.append(url)
            raise httpx.ConnectError("[Errno -2] Name or service not known")

    monkeypatch.setattr(huggingface_hub, "get_session", Nobody)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    with pytest.raises(EngineError, match="hub could not be reached"):
        seq2seq.load("nobody/no-such-model-at-all")
    assert len(urls) == 1


def test_an_unreachable_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(EngineError, match=r"could not be reached.*hf download nobody/nothing"):
        seq2seq.load("nobody/nothing")


def test_the_registry_builds_it_once(checkpoint: MakeCheckpoint) -> None:
    name = f"transformers:{checkpoint('marian')}"
    first = translators.create(name, device="cpu")
    assert translators.create(name, device="cpu") is first
    assert first.name == checkpoint("marian")


def test_cuda_gives_what_the_cpu_gives(checkpoint: MakeCheckpoint) -> None:
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device here")
    translator = seq2seq.load(checkpoint("nllb"), device="cuda")
    translations = translator.translate(ENGLISH, "sw")
    assert [t.sentence.text for t in translations] == [lesson["sw"] for lesson in LESSONS]
