"""Trained weights to the folder that ships: an int8 CTranslate2 encoder and a small head.

`python -m training.tagger_export --weights FOLDER --output xproj_core/mini/weights/tagger`
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from training.tagger_model import CLASSES, TaggerModel, pretrained_folder

MAX_PIECES = 254
"""Subwords in one pass without [CLS] and [SEP]; the encoder has 512 positions, but saw 120."""


def load_trained(folder: Path) -> TaggerModel:
    """The model whose weights `training.tagger` saved in `folder`."""
    model = TaggerModel.pretrained()
    model.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
    return model.eval()


def average(folders: Sequence[Path]) -> TaggerModel:
    """The mean of several runs' weights (they start from the same encoder)."""
    model = load_trained(folders[0])
    states = [torch.load(f / "weights.pt", weights_only=True) for f in folders]
    model.load_state_dict(
        {k: torch.stack([s[k].float() for s in states]).mean(0) for k in states[0]}
    )
    return model


def favour_outside(model: TaggerModel, logits: float) -> None:
    """Adds `logits` to the score of "O": training text has more names than text in general.

    0.5 was best on the held-out part of wikigold, the corpus closest to edited text.
    """
    model.head.bias.data[CLASSES.index("O")] += logits


def export(model: TaggerModel, output: Path, name: str, languages: Sequence[str]) -> None:
    """Writes model.bin, tokenizer.json, head.npz and tagger.json to `output`."""
    from ctranslate2.converters import TransformersConverter
    from transformers import BertModel

    source = pretrained_folder()
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        encoder = BertModel(model.encoder.config)  # with the pooler that the converter expects
        encoder.load_state_dict(model.encoder.state_dict(), strict=False)
        encoder.pooler.dense.weight.data.zero_()
        encoder.pooler.dense.bias.data.zero_()
        encoder.save_pretrained(scratch)
        for file in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
            shutil.copy(source / file, scratch)
        converted = Path(scratch) / "converted"
        TransformersConverter(scratch).convert(str(converted), quantization="int8")
        for converted_file in converted.iterdir():
            shutil.copy(converted_file, output / converted_file.name)
    shutil.copy(source / "tokenizer.json", output)
    np.savez(
        output / "head.npz",
        weight=model.head.weight.detach().numpy(),
        bias=model.head.bias.detach().numpy(),
    )
    settings = {
        "name": name,
        "classes": CLASSES,
        "languages": languages,
        "max_pieces": MAX_PIECES,
        "case_feature": "token type: lower, initial, upper, mixed, sentence-initial",
    }
    (output / "tagger.json").write_text(json.dumps(settings) + "\n")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, nargs="+", required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--name", default="mini-tagger")
    parser.add_argument("--favour-outside", type=float, default=0.5)
    parser.add_argument("--languages", nargs="+", default=["en"])
    options = parser.parse_args()
    model = average(options.weights)
    favour_outside(model, options.favour_outside)
    export(model, options.output, options.name, options.languages)


if __name__ == "__main__":
    main()
