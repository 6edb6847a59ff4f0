"""What was counted, in plain columns: they can be kept in a file, continued, set side by side."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO

import numpy as np
from numpy.typing import NDArray

from xproj_core.domain.arrays import Matrix
from xproj_core.evaluate.analysis.columns import Codes, Columns

SENTENCES = {"number": "i4", "gold": "?", "target_words": "i4", "language": "i4"}
CASES = {
    "sentence": "i4",
    "system": "i2",
    "kind": "i1",
    "step": "i1",
    "outcome": "i1",
    "gold": "i4",
    "predicted": "i4",
    "start": "i4",
    "words": "i4",
    "name": "i4",
    "script": "i2",
    "overlap": "?",
    "helped": "i1",
}
ENTITIES = {
    "sentence": "i4",
    "system": "i2",
    "label": "i4",
    "gold": "i4",
    "predicted": "i4",
    "source": "i4",
    "placed": "i4",
    "conll_gold": "i4",
    "conll_predicted": "i4",
    "conll_correct": "i4",
}
MATCHES = {
    "sentence": "i4",
    "system": "i2",
    "view": "i1",
    "label": "i4",
    "correct": "i4",
    "incorrect": "i4",
    "partial": "i4",
    "missed": "i4",
    "spurious": "i4",
}
LINKS = {
    "sentence": "i4",
    "system": "i2",
    "found": "i4",
    "sure": "i4",
    "in_sure": "i4",
    "in_possible": "i4",
}
TYPES = {
    "sentences": SENTENCES,
    "cases": CASES,
    "entities": ENTITIES,
    "matches": MATCHES,
    "links": LINKS,
}
_CODED = {
    ("sentences", "language"): "language",
    ("cases", "gold"): "label",
    ("cases", "predicted"): "label",
    ("cases", "name"): "name",
    ("cases", "script"): "script",
    ("entities", "label"): "label",
    ("matches", "label"): "label",
}


@dataclass(frozen=True, slots=True)
class Tables:
    """Sentences by systems.

    Attributes:
        systems: in order; a `system` column holds places in it.
        keys: of the sentences; a `sentence` column holds places in it.
        names: what the codes of "label", "name", "script", "language" stand for.
        columns: table to column to values, see `TYPES`; -1 is no label (of "matches": all).
        answers: (sentences, systems) flags of each answer.
        features: (sentences, features) of the first system's source sentence.
    """

    systems: tuple[str, ...]
    keys: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Columns]
    answers: Matrix[np.uint8]
    features: Matrix[np.float32]

    def first(self, n: int) -> Tables:
        """Of the first `n` sentences alone."""
        if n >= len(self.keys):
            return self
        columns = {"sentences": {k: v[:n] for k, v in self.columns["sentences"].items()}}
        for table, arrays in self.columns.items():
            if table != "sentences":
                stop = int(np.searchsorted(arrays["sentence"], n))
                columns[table] = {k: v[:stop] for k, v in arrays.items()}
        return Tables(
            self.systems, self.keys[:n], self.names, columns, self.answers[:n], self.features[:n]
        )

    def only(self, systems: Sequence[str]) -> Tables:
        """Of some systems alone, in the order in which they are here."""
        places = [k for k, name in enumerate(self.systems) if name in systems]
        code = np.full(len(self.systems), -1)
        code[places] = np.arange(len(places))
        columns = dict(self.columns)
        for table, arrays in self.columns.items():
            if table != "sentences":
                rows = code[arrays["system"]] >= 0
                kind = arrays["system"].dtype
                columns[table] = {name: values[rows] for name, values in arrays.items()}
                columns[table]["system"] = code[columns[table]["system"]].astype(kind)
        return replace(
            self,
            systems=tuple(self.systems[k] for k in places),
            columns=columns,
            answers=self.answers[:, places],
        )

    def save(self, file: IO[bytes]) -> None:
        """Write them; `load` reads them back."""
        arrays: dict[str, NDArray[np.generic]] = {
            f"{table}.{name}": values
            for table, columns in self.columns.items()
            for name, values in columns.items()
        }
        head = {"systems": self.systems, "keys": self.keys, "names": dict(self.names)}
        arrays["head"] = np.frombuffer(json.dumps(head).encode(), np.uint8)
        arrays |= {"answers": self.answers, "features": self.features}
        # what `np.savez_compressed` writes, three times as fast
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, values in arrays.items():
                with archive.open(f"{name}.npy", "w", force_zip64=True) as part:
                    np.lib.format.write_array(part, np.asanyarray(values), allow_pickle=False)


def load(file: IO[bytes]) -> Tables:
    """What `save` wrote.

    Raises:
        ValueError, KeyError, OSError: it did not, or the file is damaged.
    """
    with np.load(file, allow_pickle=False) as archive:
        head = json.loads(archive["head"].tobytes())
        return Tables(
            tuple(head["systems"]),
            tuple(head["keys"]),
            {kind: tuple(names) for kind, names in head["names"].items()},
            {t: {name: archive[f"{t}.{name}"] for name in types} for t, types in TYPES.items()},
            archive["answers"],
            archive["features"],
        )


def size(file: IO[bytes]) -> int:
    """How many sentences there are in what `save` wrote.

    Raises:
        ValueError, KeyError, OSError: as `load`.
    """
    with np.load(file, allow_pickle=False) as archive:
        return len(archive["answers"])


def appended(parts: Sequence[Tables]) -> Tables:
    """The sentences of all parts, one part after the other; the systems are the same."""
    names, coded = _recoded(parts)
    starts = np.cumsum([0, *(len(p.keys) for p in parts)])
    columns = {
        table: {
            name: np.concatenate(
                [
                    tables[table][name] + (start if name == "sentence" else 0)
                    for tables, start in zip(coded, starts.tolist(), strict=False)
                ]
            ).astype(kind)
            for name, kind in types.items()
        }
        for table, types in TYPES.items()
    }
    return Tables(
        parts[0].systems,
        tuple(key for p in parts for key in p.keys),
        names,
        columns,
        np.concatenate([p.answers for p in parts]),
        np.concatenate([p.features for p in parts]),
    )


def joined(parts: Sequence[Tables], systems: Sequence[str]) -> Tables:
    """The systems of all parts side by side, over the sentences that all of them have.

    Args:
        systems: what they are called from now on, part after part.
    """
    shared = min(len(p.keys) for p in parts)
    parts = [p.first(shared) for p in parts]
    names, coded = _recoded(parts)
    starts = np.cumsum([0, *(len(p.systems) for p in parts)]).tolist()
    columns: dict[str, Columns] = {"sentences": dict(coded[0]["sentences"])}
    gold = np.stack([p.columns["sentences"]["gold"] for p in parts])
    columns["sentences"]["gold"] = np.asarray(gold.any(axis=0))
    for table, types in TYPES.items():
        if table == "sentences":
            continue
        arrays = {
            name: np.concatenate(
                [
                    tables[table][name] + (start if name == "system" else 0)
                    for tables, start in zip(coded, starts, strict=False)
                ]
            ).astype(kind)
            for name, kind in types.items()
        }
        order = np.argsort(arrays["sentence"], kind="stable")
        columns[table] = {name: values[order] for name, values in arrays.items()}
    answers = np.concatenate([p.answers for p in parts], axis=1)
    return Tables(tuple(systems), parts[0].keys, names, columns, answers, parts[0].features)


def _recoded(
    parts: Sequence[Tables],
) -> tuple[dict[str, tuple[str, ...]], list[dict[str, Columns]]]:
    """One list of names for all parts, and each part's columns in its codes."""
    every: dict[str, Codes] = {kind: Codes() for kind in _CODED.values()}
    coded = []
    for part in parts:
        to = {
            kind: np.array([*(codes[name] for name in part.names.get(kind, ())), -1])
            for kind, codes in every.items()
        }
        coded.append(
            {
                table: {
                    name: to[_CODED[table, name]][values] if (table, name) in _CODED else values
                    for name, values in columns.items()
                }
                for table, columns in part.columns.items()
            }
        )
    return {kind: tuple(codes) for kind, codes in every.items()}, coded
