"""Aligners, by name."""

from __future__ import annotations

from xproj_core.domain.registry import Registry
from xproj_core.models.protocols import Aligner

aligners: Registry[Aligner] = Registry("aligner")
_here = "xproj_core.align"
aligners.add(
    "mini",
    "xproj_core.mini.aligner.aligner:load",
    "Mini: word statistics, spelling, position",
    "FOLDER",
)
aligners.add(
    "simalign-argmax",
    f"{_here}.encoder:simalign_argmax",
    "SimAlign, mutual best match, on any encoder",
    "ID-OR-FOLDER",
)
aligners.add(
    "simalign-itermax",
    f"{_here}.encoder:simalign_itermax",
    "SimAlign, repeated mutual best match",
    "ID-OR-FOLDER",
)
aligners.add(
    "simalign-match",
    f"{_here}.encoder:simalign_match",
    "SimAlign, maximum-weight matching",
    "ID-OR-FOLDER",
)
aligners.add(
    "awesome",
    f"{_here}.encoder:awesome",
    "AWESoME-style softmax in both directions, on any encoder",
    "ID-OR-FOLDER",
)
aligners.add(
    "transalign",
    f"{_here}.encoder:transalign",
    "TransAlign's recipe: softmax on layer 12 of NLLB's encoder, no adapter",
    "ID-OR-FOLDER",
)
aligners.add(
    "accalign",
    f"{_here}.encoder:accalign",
    "AccAlign's recipe: softmax on layer 6 of LaBSE, no adapter",
    "ID-OR-FOLDER",
)
aligners.add(
    "pharaoh",
    f"{_here}.imported:load",
    "Alignments you already have",
    "LINKS[,SOURCES,TARGETS]",
)
