"""Our figures beside published ones, on all data at hand that have gold labels or links.

    nice python -m benchmarks.published --write             all of it, about 20 minutes
    nice python -m benchmarks.published mafand --write      one section, the others stay

Without `--write` the sections are printed; with it they go into benchmarks/published.md. Eflomal
(GPL-3, not a dependency) is measured beside Mini's aligner where it is installed.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    published_aligned,
    published_given,
    published_lost_brackets,
    published_mafand,
    published_markers,
)
from xproj_core import __version__

FILE = Path(__file__).with_suffix(".md")
SECTIONS: dict[str, tuple[str, Callable[[], str]]] = {
    "bambara": ("Bambara chain", published_given.bambara),
    "absa": ("Opinion targets, English to Spanish", published_given.opinions),
    "europarl": ("Europarl-NER, gold English entities", published_aligned.europarl),
    "pud": ("PUD: English, Portuguese, Swedish", published_aligned.pud),
    "xl-wa": ("XL-WA: word alignment", published_aligned.links),
    "markers": ("Back-translation with markers: idea or code?", published_markers.idea_or_code),
    "lost": ("Back-translation where brackets are lost", published_lost_brackets.lost_brackets),
    "mafand": ("MAFAND dev: six African languages", published_mafand.mafand),
}
HEAD = f"""\
# Beside the published figures

    python -m benchmarks.published --write

Entities in per cent, micro-averaged over all sentences and labels; an entity counts when both
boundaries and the label are right. **strict** reads tags as IOB2 to the letter, **conlleval** as
the conlleval script and seqeval's default do; where only one figure stands, no tag file is
involved and the two agree. Figures of others are in columns or lines of their own, with their
setting; nothing here mixes the two. XProj {__version__}, two CPU cores.
"""


def main() -> None:
    """Print or write down what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--write", action="store_true", help="write benchmarks/published.md")
    options = parser.parse_args()
    unknown = set(options.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"no such section: {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    for name in options.sections or SECTIONS:
        title, compute = SECTIONS[name]
        command = f"    python -m benchmarks.published {name}"
        text = f"## {title}\n\n{command}\n\n{compute().strip()}\n"
        print(text, flush=True)
        if options.write:
            old = FILE.read_text("utf-8") if FILE.exists() else ""
            FILE.write_text(replaced(old, title, text), encoding="utf-8")


def replaced(old: str, title: str, text: str) -> str:
    """The file with a new head and one section anew; what people wrote stays, before all."""
    parts = {p.partition("\n")[0]: p for p in re.split(r"^## ", old, flags=re.M)[1:]}
    parts[title] = text.removeprefix("## ")
    titles = [t for t, _ in SECTIONS.values()]
    own = [t for t in parts if t not in titles]
    order = [*own, *(t for t in titles if t in parts)]
    return HEAD + "\n" + "\n".join(f"## {parts[t].strip()}\n" for t in order)


if __name__ == "__main__":
    main()
