"""What files look like: the layouts of known corpora first, then the formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import PurePosixPath

from xproj_core.datasets.layout import Find, Guess, Part, content, rows, split_of
from xproj_core.datasets.tree import Tree
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Item
from xproj_core.formats import FORMATS, brat, huggingface_rows
from xproj_core.formats.base import Outcomes, Reading, Report
from xproj_core.formats.jsonl import parsed

LAYOUTS = {
    "masakhaner": "MasakhaNER",
    "panx": "WikiANN / XTREME PAN-X",
    "europarl": "Europarl-NER",
    "universal_ner": "Universal NER",
    "by_language": "parallel JSONL by language",
    "mafand": "MasakhaNER 2 with MAFAND's sentences",
    "xl_wa": "XL-WA",
    "absa": "SemEval-2016 opinion targets, English and Spanish",
    "translated_test": "a test set with its tagged translation",
    "ntrex": "NTREX",
}
"""Module of `corpora` to what people call it; each has find(tree, how)."""

_TAG = re.compile(r"O|[BI]-\S+")
_BILOU = re.compile(r"O|[BILUESM]-\S+")
_TAGGED = frozenset({".conll", ".conll02", ".iob", ".iob2", ".bio", ".bilou", ".bioes"})
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "a later")
_ABOUT = re.compile(r"_|readme|licen[sc]e|copying|changelog|citation", re.IGNORECASE)
_LINKS = re.compile(r"(?:[^\t]*\t)?(?:\d+[-p]\d+ ?)*")


def look(tree: Tree, how: Reading) -> tuple[Guess, ...]:
    """What `tree` looks like, best guess first.

    Raises:
        InputError: like nothing that is known.
    """
    guesses = tuple(g for name in LAYOUTS if (g := layout(name)(tree, how)) is not None)
    if guesses:
        return guesses
    data = [n for n in tree.names if not _ABOUT.match(PurePosixPath(n).name)] or list(tree.names)
    guess = _folder(tree, how) if len(tree.names) > 1 else None
    if guess is None and len(data) == 1:
        guess = _single(replace(tree, names=tuple(data)), how)
    if guess is None:
        some = ", ".join(tree.names[:5]) + (" ..." if len(tree.names) > 5 else "")
        raise InputError(
            f"{tree.name} is not laid out like any corpus that is known here; it holds {some}."
            " Name one file of it, or two for a pair, and their format."
        )
    return (guess,)


def layout(name: str) -> Find:
    """The function that looks for one corpus' layout."""
    find: Find = import_module(f"xproj_core.datasets.corpora.{name}").find
    return find


def as_format(tree: Tree, name: str, how: Reading, reason: str = "as you said") -> Guess:
    """Files as a format, whatever they look like.

    Raises:
        InputError: the format is not known, is not one for a folder, or holds no sentences.
    """
    form = FORMATS.get(name)
    if form is None:
        known = ", ".join([*FORMATS, *LAYOUTS])
        raise InputError(f"There is no format {name!r}. Choose one of: {known}.")
    if form.needs:
        raise InputError(
            f"{tree.name} holds {form.title}, which need {form.needs}: read both together."
        )
    languages: dict[str, str | None] = {"source": None, "target": None}
    for side in ("source", "target") if form.carries.sides == "both" else (how.side,):
        languages[side] = how.source if side == "source" else how.target
    if len(tree.names) == 1:
        (only,) = tree.names
        opener = partial(_of_file, tree, only, name, how)
        return Guess(name, reason, (Part(**languages, split=split_of(only), opener=opener),))
    if name not in _FOLDERS:
        raise InputError(f"{form.title} is one file; {tree.name} holds {len(tree.names)}.")
    opener = partial(_FOLDERS[name], tree, how)
    return Guess(name, reason, (Part(**languages, split=None, opener=opener),))


def _of_file(tree: Tree, name: str, form: str, how: Reading, report: Report) -> Outcomes:
    module = FORMATS[form].module
    if hasattr(module, "stream"):
        return rows(tree, name, form, how, report)
    part = report.part(tree.display_name(name))
    if form == "huggingface" and name.endswith((".jsonl", ".arrow")):
        return huggingface_rows.from_files({name: tree.bytes(name)}, how, part)
    outcomes: Outcomes = module.unpack(tree.bytes(name), how, part)
    return outcomes


def _brat_folder(tree: Tree, how: Reading, report: Report) -> Outcomes:
    files = {n: tree.bytes(n) for n in tree.names if n.endswith((".txt", ".ann", ".conf"))}
    return brat.from_files(files, how, report.part(tree.name))


def _datasets_folder(tree: Tree, how: Reading, report: Report) -> Outcomes:
    names = (n for n in tree.names if n.endswith((".arrow", ".parquet", ".jsonl", ".json")))
    return huggingface_rows.from_files(
        {n: tree.bytes(n) for n in names}, how, report.part(tree.name)
    )


def _texts_folder(tree: Tree, how: Reading, report: Report) -> Outcomes:
    for name in tree.names:
        for outcome in rows(tree, name, "text", how, report):
            if isinstance(outcome, Item):  # the folder's own name may be a path of this machine
                notes = (
                    {**outcome.notes, "document": name}
                    if "document" in outcome.notes
                    else outcome.notes
                )
                outcome = replace(outcome, key=f"{name}:{outcome.key}", notes=notes)
            yield outcome


_FOLDERS = {"brat": _brat_folder, "huggingface": _datasets_folder, "text": _texts_folder}


def _folder(tree: Tree, how: Reading) -> Guess | None:
    endings = {PurePosixPath(n).suffix for n in tree.names}
    if ".ann" in endings:
        return as_format(tree, "brat", how, "it holds .ann files, as brat's folders do")
    if endings == {".txt"} and how.cut == "sentences":  # else they may be a pair
        return as_format(tree, "text", how, "it holds text files")
    if endings & {".arrow", ".parquet"}:
        return as_format(tree, "huggingface", how, "it holds Arrow or Parquet files")
    return None


def _single(tree: Tree, how: Reading) -> Guess:
    sign = look_at_file(tree, how)
    return as_format(tree, sign.form, sign.how, sign.reason)


@dataclass(frozen=True, slots=True)
class Sign:
    """A format that the beginning of a file speaks for, why, and how it is to be read."""

    form: str
    reason: str
    how: Reading


def look_at_file(tree: Tree, how: Reading) -> Sign:
    """The format that one file looks like, whatever its name says of a corpus.

    Raises:
        InputError: it is empty, of no kind that is known, or not what its name says.
    """
    return next(_signs(tree, tree.names[0], how))


def _signs(tree: Tree, name: str, how: Reading) -> Iterator[Sign]:
    head, suffix = tree.head(name), PurePosixPath(name).suffix.lower()
    if head[:4] == b"PAR1":
        yield Sign("huggingface", "it is a Parquet file", how)
    if suffix == ".arrow":
        yield Sign("huggingface", "it is an Arrow file", how)
    if suffix == ".spacy":
        yield Sign("docbin", "its name ends in .spacy", how)
    first = content(tree.first_lines(name))
    if not first:
        if not head.strip():
            raise InputError(f"{tree.display_name(name)} is empty.")
        raise InputError(
            f"{tree.display_name(name)} is no text and of no other format that is known here."
        )
    if first[0].startswith("#FORMAT=WebAnno TSV"):
        yield Sign("webanno", "its first line says so", how)
    if first[0].lstrip()[:1] in ("{", "["):
        for form, reason in _json_signs(first, suffix):
            yield Sign(form, reason, how)
    columns = column_sign(first, how, 0.5 if suffix in _TAGGED else 0.9)
    if columns is not None:
        yield columns
    if suffix in _TAGGED:
        raise InputError(
            f"{tree.display_name(name)} is called {suffix}, but no column of it holds tags such"
            " as O and"
            f" B-PER: {first[0][:60]!r}. If it is something else, say which format."
        )
    if all(_LINKS.fullmatch(line) for line in first):
        yield Sign("pharaoh", "its lines are links such as 0-0", how)
    if all("\t" in line for line in first):
        yield Sign("tsv", "its lines are parted by tabs", how)
    yield Sign("text", "it is text and nothing else", how)


def column_sign(first: list[str], how: Reading, most: float) -> Sign | None:
    """CoNLL columns, if one of them holds tags in most lines; the last one that does is taken."""
    lines = [line for line in first if not (line.startswith("# ") and "\t" not in line)]
    cells = [line.rstrip().split("\t" if "\t" in line else None) for line in lines]
    width = max((len(c) for c in cells), default=0)
    most *= len(cells)
    if len(cells) < 2 or width < 2:
        return None
    places = [how.tag_column] if how.tag_column >= 0 else range(width - 1, 0, -1)
    for k in places:
        column = [c[k] for c in cells if k < len(c)]
        plain, bilou = (sum(bool(p.fullmatch(t)) for t in column) for p in (_TAG, _BILOU))
        if bilou < most:
            continue
        numbered = k > 1 and all(c[0].isdecimal() for c in cells)
        last = sum(len(c) == k + 1 for c in cells) >= most
        which = "last" if last else _ORDINALS[min(k, 5)]
        changed = replace(
            how,
            tag_column=-1 if last else k,
            token_column=1 if numbered and how.token_column == 0 else how.token_column,
            comments=len(lines) < len(first) or how.comments,
        )
        reason = f"its {which} column holds tags such as {max(column, key=len)}"
        return Sign("conll" if plain == bilou else "bilou", reason, changed)
    return None


def _json_signs(first: list[str], suffix: str) -> Iterator[tuple[str, str]]:
    try:
        row = parsed(first[0], 1, Report())
    except FormatError:
        row = {}
    keys = row.keys()
    if any(isinstance(row.get(s), dict) and "tokens" in row[s] for s in ("source", "target")):
        yield "jsonl", "its lines have a source or target with tokens"
    if "data" in keys and isinstance(row["data"], dict):
        yield "label-studio", "it is a task of Label Studio"
    if "text" in keys and keys & {"label", "labels", "entities"}:
        yield "doccano", "its lines have a text and labels"
    if keys & {"tokens", "words"}:
        yield "huggingface", "its lines have tokens"
    if suffix == ".json":
        yield "label-studio", "it is JSON, and no other kind that is known here"
    if suffix != ".jsonl":
        return  # text may begin with a bracket
    raise InputError(
        "The file is JSON, but not of a kind that is known here: expected source or target with"
        " tokens, a text with label or entities, tokens with tags, or Label Studio's tasks."
    )
