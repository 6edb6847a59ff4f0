"""The whole chain at real size: XProj's batches next to the plain transformers pipelines.

    python -m benchmarks.gpu_chain [--sentences 256] [--device cuda] [--tiny]

NLLB-200-distilled-600M, XLM-R-large with CoNLL-03's labels and multilingual BERT, all made on
the spot from their published sizes with random weights: the arithmetic is that of the real
models, the output is not language. Every output is therefore cut at a fixed number of
subwords, the same for both sides. Printed: sentences per second of translating, tagging and
aligning at batch 1, 16 and 64, and of the translation and tagging pipelines of transformers
at batch 32 followed by simalign one pair at a time.

It has not been run on a GPU yet: there was none. `--tiny` shrinks the models so that the same
code runs on a CPU in seconds; its numbers say nothing about speed.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import random_checkpoints
from xproj_core.align import encoder
from xproj_core.domain import Sentence
from xproj_core.models.device import pick
from xproj_core.tag import token_classifier
from xproj_core.translate import seq2seq

OUTPUT_SUBWORDS = 40
TINY_OUTPUT_SUBWORDS = 6


def sentences(n: int) -> list[Sentence]:
    """Sentences of 8 to 40 words from the checkpoints' own vocabulary."""
    words = random_checkpoints.WORDS
    lengths = [8 + (k * 7) % 33 for k in range(n)]
    return [
        Sentence(tuple(words[(k * 13 + i * 5) % len(words)] for i in range(length)), "de")
        for k, length in enumerate(lengths)
    ]


def xproj_chain(
    folders: dict[str, Path], device: str, batch_size: int, length: int
) -> Callable[[Any], None]:
    """Translate, tag, align through the back ends."""
    options = {"device": device, "batch_size": batch_size}
    translator = seq2seq.load(str(folders["nllb"]), beam=1, **options)  # type: ignore[arg-type]
    tagger = token_classifier.load(str(folders["tagger"]), **options)  # type: ignore[arg-type]
    aligner = encoder.simalign_argmax(str(folders["bert"]), **options)  # type: ignore[arg-type]
    _fix_output(translator._model, length)

    def run(batch: list[Sentence]) -> None:
        translations = [t.sentence for t in translator.translate(batch, "en")]
        tagger.tag(translations)
        aligner.align(list(zip(translations, batch, strict=True)))

    return run


def plain_chain(folders: dict[str, Path], device: str, length: int) -> Callable[[Any], None]:
    """The same models the way transformers' and simalign's documentation use them."""
    import torch
    from simalign import SentenceAligner
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, pipeline

    where = pick(device)
    torch_dtype = where.torch_dtype
    tokenizer = AutoTokenizer.from_pretrained(folders["nllb"], src_lang="deu_Latn")
    model = AutoModelForSeq2SeqLM.from_pretrained(folders["nllb"], dtype=torch_dtype)
    model = model.to(where.name).eval()
    _fix_output(model, length)
    first = tokenizer.convert_tokens_to_ids("eng_Latn")
    tag = pipeline(
        "token-classification", model=str(folders["tagger"]), device=where.name, dtype=torch_dtype
    )
    aligner = SentenceAligner(
        model=str(folders["bert"]),
        matching_methods="a",
        device=where.name,
        layer=min(8, random_checkpoints.depth(folders["bert"])),
    )

    def run(batch: list[Sentence]) -> None:
        texts: list[str] = []
        for start in range(0, len(batch), 32):
            some = [" ".join(s.tokens) for s in batch[start : start + 32]]
            inputs = tokenizer(some, return_tensors="pt", padding=True).to(where.name)
            with torch.inference_mode():
                ids = model.generate(**inputs, forced_bos_token_id=first, num_beams=1)
            texts += tokenizer.batch_decode(ids, skip_special_tokens=True)
        texts = [" ".join(text.split()[:60]) or "." for text in texts]
        tag(texts, batch_size=32)
        for text, sentence in zip(texts, batch, strict=True):
            aligner.get_word_aligns(text.split(), list(sentence.tokens))

    return run


def _fix_output(model: Any, length: int) -> None:
    """Random weights never end a sentence: every output gets the same number of subwords."""
    generate = model.generate

    def fixed(**arguments: Any) -> Any:
        arguments["max_new_tokens"] = length
        arguments["min_new_tokens"] = length
        return generate(**arguments)

    model.generate = fixed


def rate(run: Callable[[Any], None], batch: list[Sentence]) -> float:
    """Sentences per second, after a warm-up on a few."""
    run(batch[:4])
    start = time.perf_counter()
    run(batch)
    return len(batch) / (time.perf_counter() - start)


def main(arguments: list[str] | None = None) -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=int, default=256)
    parser.add_argument("--device")
    parser.add_argument("--tiny", action="store_true")
    options = parser.parse_args(arguments)
    logging.disable(logging.WARNING)
    where = pick(options.device)
    batch = sentences(options.sentences)
    length = TINY_OUTPUT_SUBWORDS if options.tiny else OUTPUT_SUBWORDS
    with tempfile.TemporaryDirectory() as root:
        folders = random_checkpoints.make(Path(root), tiny=options.tiny)
        print(f"{where}; {len(batch)} sentences{'; tiny models' if options.tiny else ''}\n")
        print("| chain | batch | sentences/s | ratio |")
        print("|---|---|---|---|")
        plain = rate(plain_chain(folders, where.name, length), batch)
        print(f"| transformers pipelines + simalign | 32 | {plain:.1f} | 1.0 |", flush=True)
        for size in (1, 16, 64):
            ours = rate(xproj_chain(folders, where.name, size, length), batch)
            print(f"| XProj | {size} | {ours:.1f} | {ours / plain:.1f} |", flush=True)


if __name__ == "__main__":
    main()
