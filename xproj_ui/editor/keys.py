"""The keys of the editor, as the help overlay and the documentation list them."""

from __future__ import annotations

KEYS: tuple[tuple[str, str], ...] = (
    ("← → ↑ ↓", "move over words, labels and the other systems' labels"),
    ("Home End", "first, last word"),
    ("S ⇧S", "next, previous label"),
    ("⇧← ⇧→", "on words: choose more; on a label: move its edge"),
    ("E", "the other edge of the label"),
    ("1 – 9", "label the chosen words, or change the chosen label"),
    ("Enter", "all labels; on another system's label: take it over"),
    ("L", "link: then a word on the other side, Enter; Esc ends"),
    ("K ⇧K", "next, previous link"),
    ("U", "the link: sure, or only possible (dashed)"),
    ("A R", "accept, reject"),
    ("⇧A", "accept everything in the sentence"),
    ("Del", "delete the label, unlink"),
    ("Y X", "take a re-projection on offer, keep as it is"),
    ("M", "note"),
    ("T", "edit the text"),
    ("Ctrl+Z", "undo"),
    ("Ctrl+⇧Z", "redo (also Ctrl+Y)"),
    ("D", "done, on to the next sentence (also Ctrl+Enter)"),
    ("N P", "next, previous sentence"),
    ("Esc", "one step back"),
    ("?", "this list"),
)
