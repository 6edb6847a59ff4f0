"""How two published codes read brackets in a translation, written out plainly.

Texts and labels in, words and labelled stretches out, by string positions and counters; nothing of
`xproj_core.methods` is used. `split` cuts text into words.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher

Split = Callable[[str], list[str]]
Stretch = tuple[int, int, str]


def ratio(first: str, second: str) -> float:
    """Likeness of two strings, from 0 to 1."""
    return SequenceMatcher(None, first, second).ratio()


def seed_reading(
    text: str, translated: list[str], labels: list[str], split: Split
) -> tuple[list[str], list[Stretch]]:
    """The seed paper's: the last entity over one half, compared with the brackets on."""
    translated, labels = list(translated), list(labels)
    words: list[str] = []
    stretches: list[Stretch] = []
    done = at = 0
    while (opening := text.find("[", at)) >= 0:
        closing = text.find("]", opening)
        if closing < 0:
            break
        at = closing + 1
        chosen = -1
        for n, candidate in enumerate(translated):
            if ratio(text[opening:at].lower(), candidate.lower()) > 0.5:
                chosen = n
        if chosen < 0:
            continue
        words += split(text[done:opening])
        inside = split(text[opening + 1 : closing])
        stretches.append((len(words), len(words) + len(inside), labels[chosen]))
        words += inside
        done = at
        del translated[chosen], labels[chosen]
    words += split(text[done:])
    if any(start == end for start, end, _ in stretches):
        return words, []  # a division by zero, swallowed
    return words, stretches


def easy_project_labels(
    text: str, translated: list[str], untranslated: list[str], labels: list[str]
) -> list[str] | None:
    """EasyProject's label of each bracket, or None where it leaves the sentence out."""
    for old, new in zip(
        ("[[", "]]", "[ [", "] ]", "《", "》", "【", "】"), "[][][][]", strict=True
    ):
        text = text.replace(old, new)
    strings, start = [], None
    for place, character in enumerate(text):
        if character == "[":
            start = place + 1
        elif character == "]" and start is not None:
            strings.append(" ".join(text[start:place].split()).lower())
            start = None
    if {text.count("["), text.count("]"), len(strings)} != {len(labels)} or "" in strings:
        return None
    if len(labels) == 1 or len(set(labels)) == 1:
        return labels
    translated = [t.lower() for t in translated]
    untranslated = [t.lower() for t in untranslated]
    out = []
    for string in strings:
        if string in translated:
            out.append(labels[translated.index(string)])
        elif string in untranslated:
            out.append(labels[untranslated.index(string)])
        else:
            alike = [
                label
                for names in (translated, untranslated)
                for name, label in zip(names, labels, strict=True)
                if ratio(name, string) > 0.5
            ]
            out.append(alike[0] if alike else "X")
    if out.count("X") > 1:
        return None
    if "X" in out:
        left = list(labels)
        for label in out:
            if label != "X":
                if label not in left:
                    return None
                left.remove(label)
        out[out.index("X")] = left[0]
    return out if sorted(out) == sorted(labels) else None
