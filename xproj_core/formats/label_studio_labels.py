"""What is labelled and linked in a Label Studio task; see `label_studio_tasks`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from xproj_core.domain import Sentence, Span
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Links, Side
from xproj_core.formats.base import Reading, Report
from xproj_core.formats.label_studio_regions import says
from xproj_core.formats.numbers import confidence, whole_number
from xproj_core.formats.places import (
    Characters,
    find_words,
    fitted,
    from_utf16,
    has_astral,
    sentence_at,
)

WORD = "word"
"""The label of regions that are there to be linked."""
_WHERE = "labels", "hypertextlabels"


def labelled(result: Sequence[RawJson], report: Report, where: str) -> list[RawJson]:
    """The labelled pieces of text."""
    regions = []
    for answer in result:
        value = answer.get("value")
        if answer.get("type") == "relation":
            continue
        if not isinstance(value, dict) or "start" not in value or "end" not in value:
            report.count("an answer that labels no text was left out", where)
        elif not any(value.get(k) for k in _WHERE):
            report.count("a region without a label was left out", where)
        else:
            regions.append(answer)
    return regions


def sentence(
    text: str,
    side: Side,
    regions: Sequence[RawJson],
    own: RawJson | None,
    words: dict[str, tuple[Side, Span]],
    how: Reading,
    report: Report,
    where: str,
) -> Sentence:
    """One text with its labels; what relations may refer to is added to `words`."""
    language = how.language(side) if own is None else own["language"]
    if own is None:
        offsets = find_words(text, language, how)
    else:
        offsets = tuple((a, b) for a, b in own["offsets"])
    spans: list[Span] = []
    utf16 = _counts_utf16(text, regions, how, report, where)
    for region in regions:
        value = region["value"]
        start, end = whole_number(value["start"]), whole_number(value["end"])
        if utf16:
            start, end = from_utf16(text, start), from_utf16(text, end)
        for label in next(value[k] for k in _WHERE if value.get(k)):
            characters = Characters(
                start, end, label, _confidence(region.get("score"), report, where)
            )
            label_spans = fitted(text, offsets, [characters], how.fit, report, where)
            if isinstance(label_spans, FormatError):
                raise label_spans
            words[str(region.get("id"))] = side, label_spans[0]
            if not str(region.get("from_name")).endswith(f"_{WORD}"):
                spans += label_spans
    if own is not None and own.get("joined"):
        tokens = tuple(text[a:b] for a, b in offsets)
        return Sentence(tokens, language, tuple(sorted(set(spans))))
    if own is not None:
        unlabelled = sentence_at(text, offsets, language, ())
        return Sentence(unlabelled.tokens, language, tuple(sorted(set(spans))), text, offsets)
    return sentence_at(text, offsets, language, tuple(set(spans)))


def _confidence(score: object, report: Report, where: str) -> float | None:
    """The score where it is one from 0 to 1; elsewhere models may write what they like."""
    try:
        return confidence(score)
    except InputError:
        report.count("scores that do not lie between 0 and 1 were left out", where)
        return None


def _counts_utf16(
    text: str, regions: Sequence[RawJson], how: Reading, report: Report, where: str
) -> bool:
    if how.units != "auto":
        return how.units == "utf-16"
    ways = [says(text, r["value"]) for r in regions]
    for unit, region in zip(ways, regions, strict=True):
        if unit is None:
            value = region["value"]
            start, end = whole_number(value["start"]), whole_number(value["end"])
            raise report.error(
                f"{where}: a region says that it covers “{value['text']}”, but at its characters"
                f" {start}–{end} stands “{text[start:end]}”."
            )
    if has_astral(text) and "utf-16" in ways:
        report.count("offsets were read as UTF-16 units, as older versions wrote them", where)
        return True
    return False


def links_of(
    result: Sequence[RawJson], words: Mapping[str, tuple[Side, Span]], report: Report, where: str
) -> Links | None:
    """The relations between the two texts as word links."""
    sure: set[tuple[int, int]] = set()
    possible: set[tuple[int, int]] = set()
    for answer in result:
        if answer.get("type") != "relation":
            continue
        ends = [words.get(str(answer.get(k))) for k in ("from_id", "to_id")]
        sides = {e[0]: e[1] for e in ends if e is not None}
        if len(sides) < 2:
            report.count("a relation that does not link the two texts was left out", where)
            continue
        a, b = sides["source"], sides["target"]
        if len(a) > 1 or len(b) > 1:
            report.count("a relation between regions of several words links all their words", where)
        pairs = set(product(range(a.start, a.end), range(b.start, b.end)))
        (possible if "possible" in (answer.get("labels") or ()) else sure).update(pairs)
    if not sure and not possible:
        return None
    return Links(frozenset(sure), frozenset(possible - sure))
