"""How well text is cut into words: Universal NER's own tokens against ours.

    python -m benchmarks.words

F1 of tokens (precision, recall) on sentences whose text and tokens both stand in the file. Run it
with and without icukit-pyicu to see what a dictionary gives Chinese.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xproj_core.formats.places import find_tokens
from xproj_core.text.tokenise import spans_of_words
from xproj_core.text.unspaced import announced

DATA = Path(__file__).resolve().parents[1] / "../shared/data"
FILES = {
    "zh": "uner/zh_gsd-ud-dev.iob2",
    "en": "uner-en-ewt/en_ewt-ud-dev.iob2",
    "hr": "uner/hr_set-ud-dev.iob2",
    "sk": "uner/sk_snk-ud-dev.iob2",
    "sv": "uner/sv_talbanken-ud-dev.iob2",
}


def main() -> None:
    """Print one Markdown table."""
    print(f"{announced()}\n\n| language | sentences | tokens | F1 (P, R) |\n|---|---|---|---|")
    for language, name in FILES.items():
        right = n_cut = n_gold = count = 0
        for text, tokens in sentences(DATA / name):
            gold = find_tokens(text, tokens)
            if gold is None:
                continue  # tokens that are written otherwise in the text
            cut = spans_of_words(text, language)
            count += 1
            right += len(set(gold) & set(cut))
            n_cut += len(cut)
            n_gold += len(gold)
        f1 = 200 * right / (n_cut + n_gold)
        parts = f"{100 * right / n_cut:.1f}, {100 * right / n_gold:.1f}"
        print(f"| {language} | {count:,} | {n_gold:,} | {f1:.1f} ({parts}) |")


def sentences(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Text and tokens of each sentence."""
    text, tokens = "", list[str]()
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line and not line.startswith("#"):
            tokens.append(line.split("\t")[1])
        elif not line:
            if text and tokens:
                yield text, tokens
            text, tokens = "", []


if __name__ == "__main__":
    main()
