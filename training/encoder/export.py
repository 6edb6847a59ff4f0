"""A checkpoint's averaged weights as a transformers folder, of use to the ordinary back ends.

    python -m training.encoder.export --work FOLDER --output FOLDER

`transformers:OUTPUT` then tags, `simalign-argmax:OUTPUT` with `layer=8` aligns.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from training.encoder import checkpoint
from training.encoder.batches import CLASSES
from training.encoder.model import Encoder, set_weights
from training.encoder.train import Settings
from xproj_core.domain.errors import XProjError


class NoCheckpointError(XProjError):
    """A folder without a training."""


def export(work: Path, output: Path, *, untrained: bool = False) -> int:
    """Writes the encoder with its head to `output`; returns the step it was trained to."""
    from transformers import BertForTokenClassification

    state = None if untrained else checkpoint.load(work)
    if state is None and not untrained:
        raise NoCheckpointError(
            f"{work} holds no checkpoint yet. Start the training with python -m training.encoder."
        )
    model = Encoder.load(work / "start", Settings(**state.settings).frozen if state else 0)
    if state is not None:
        set_weights(model, state.averaged)
    config = model.bert.config
    config.num_labels = len(CLASSES)
    config.id2label, config.label2id = (
        dict(enumerate(CLASSES)),
        {c: i for i, c in enumerate(CLASSES)},
    )
    classifier = BertForTokenClassification(config)
    classifier.bert.load_state_dict(model.bert.state_dict())
    classifier.classifier.load_state_dict(model.head.state_dict())
    classifier.save_pretrained(output)
    for file in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(work / "start" / file, output)
    return state.step if state else 0


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--untrained", action="store_true", help="the cut start model, to compare")
    options = parser.parse_args()
    step = export(options.work, options.output, untrained=options.untrained)
    print(f"{options.output}: step {step}")


if __name__ == "__main__":
    main()
