"""Translations, alignments and entities as bytes, exactly; never pickled.

zlib over JSON and, for an alignment, its scores as little-endian doubles and its links as bits.
"""

from __future__ import annotations

import json
import zlib

import numpy as np

from xproj_core.domain import Alignment, Sentence, Span, codec
from xproj_core.domain.errors import InputError
from xproj_core.models.protocols import Translation

Result = Translation | Alignment | tuple[Span, ...]


def dumps(result: Result) -> bytes:
    """Bytes that `loads` gives the result back for."""
    arrays = b""
    if isinstance(result, Alignment):
        head: dict[str, object] = {"shape": result.shape}
        arrays = _arrays(result)
    elif isinstance(result, Translation):
        head = {
            "sentence": codec.to_json(result.sentence),
            # the codec rounds scores
            "scores": [s.score for s in result.sentence.spans],
            "origin": result.origin,
            "notes": result.notes,
        }
        if result.alignment is not None:
            head["shape"] = result.alignment.shape
            arrays = _arrays(result.alignment)
    else:
        head = {"spans": [[s.start, s.end, s.label, s.score] for s in result]}
    return zlib.compress(json.dumps(head, default=float).encode() + b"\n" + arrays, 1)


def loads(data: bytes) -> Result | None:
    """The result; None where the bytes are damaged."""
    try:
        head_json, _, arrays = zlib.decompress(data).partition(b"\n")
        head = json.loads(head_json)
        alignment = _alignment(head["shape"], arrays) if "shape" in head else None
        if "spans" in head:
            return tuple(Span(*s) for s in head["spans"])
        if "sentence" not in head:
            return alignment
        sentence = codec.from_json(Sentence, head["sentence"])
        spans = zip(sentence.spans, head["scores"], strict=True)
        labelled = sentence.labelled(Span(s.start, s.end, s.label, score) for s, score in spans)
        return Translation(labelled, head["origin"], alignment, tuple(head["notes"]))
    except (zlib.error, ValueError, KeyError, TypeError, InputError):
        return None


def _arrays(alignment: Alignment) -> bytes:
    scores = np.ascontiguousarray(alignment.scores, dtype="<f8")
    # Bytes of like weight side by side: they are alike, and get smaller.
    planes = scores.reshape(-1).view(np.uint8).reshape(-1, 8).T
    return planes.tobytes() + np.packbits(alignment.links).tobytes()


def _alignment(shape: list[int], data: bytes) -> Alignment:
    cells = shape[0] * shape[1]
    planes = np.frombuffer(data, np.uint8, 8 * cells).reshape(8, -1)
    scores = np.ascontiguousarray(planes.T).view("<f8").reshape(shape).astype(np.float64)
    bits = np.frombuffer(data, np.uint8, offset=8 * cells)
    links = np.unpackbits(bits, count=cells).astype(bool).reshape(shape)
    return Alignment(scores, links)
