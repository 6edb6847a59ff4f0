"""One document of brat: its text, its annotations, line by line; see `brat`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xproj_core.domain import Sentence
from xproj_core.domain.errors import FormatError
from xproj_core.formats.base import Reading, Report
from xproj_core.formats.decoding import decode
from xproj_core.formats.places import (
    Characters,
    find_words,
    fitted,
    from_utf16,
    has_astral,
    sentence_at,
)

_MARK = re.compile(r"T\d+\S*\t(\S+) (\d+) (\d+)(?:\t(.*))?")
_SPLIT = re.compile(r"T\d+\S*\t\S+ \d+ \d+(?:;\d+ \d+)+(?:\t.*)?")
_OTHER = re.compile(r"[REAMN#*]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as a sentence, or what is wrong with it; `place` is "document:line"."""

    place: str
    outcome: Sentence | FormatError


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Characters
    covered: str | None
    line: int


def lines_of(
    name: str,
    text: bytes,
    marks: bytes,
    language: str,
    how: Reading,
    report: Report,
    keep_blank: bool,
) -> Iterator[Line]:
    """The lines of one document with their labels; blank ones only where `keep_blank`."""
    plain, notes = decode(text, name)
    report.notes += notes
    begins = [0] + [m.end() for m in re.finditer("\n", plain)]
    if begins[-1] == len(plain) and len(begins) > 1:
        begins.pop()
    text_marks, wrong = _marks(name.removesuffix(".txt") + ".ann", marks, plain, how, report)
    by_line: dict[int, list[Characters]] = {}
    for mark in text_marks:
        k = bisect_right(begins, mark.span.start) - 1
        ends = begins[k + 1] if k + 1 < len(begins) else len(plain)
        if mark.span.end > ends:
            problem = "crosses a line of the text, where a sentence ends"
            wrong.setdefault(k, _error(name, mark, problem, report))
        shifted = replace(
            mark.span, start=mark.span.start - begins[k], end=mark.span.end - begins[k]
        )
        by_line.setdefault(k, []).append(shifted)
    short = name.removesuffix(".txt")
    for k, begin in enumerate(begins):
        line = plain[begin : begins[k + 1] if k + 1 < len(begins) else len(plain)].rstrip("\r\n")
        if not line.strip() and not keep_blank and k not in wrong:
            report.count("a blank line was left out", f"{name}, line {k + 1}")
            continue
        outcome: Sentence | FormatError
        if k in wrong:
            outcome = wrong[k]
        else:
            offsets = find_words(line, language, how)
            where = f"{name}, line {k + 1}"
            spans = fitted(line, offsets, by_line.get(k, ()), how.fit, report, where)
            outcome = (
                spans
                if isinstance(spans, FormatError)
                else sentence_at(line, offsets, language, spans)
            )
        yield Line(short if len(begins) == 1 else f"{short}:{k + 1}", outcome)


def _error(name: str, mark: _Mark, problem: str, report: Report) -> FormatError:
    span = mark.span
    return FormatError(
        f"the span {span.label} {span.start}–{span.end} {problem}.",
        file=_file(name.removesuffix(".txt") + ".ann", report),
        line=mark.line,
    )


def _file(name: str, report: Report) -> str:
    return f"{report.file}: {name}" if report.file else name


def _marks(
    name: str, data: bytes, text: str, how: Reading, report: Report
) -> tuple[list[_Mark], dict[int, FormatError]]:
    """The text-bound annotations, and what is wrong, by line of the text.

    Raises:
        FormatError: a line that is no annotation, so that it is not known what is lost.
    """
    written, _ = decode(data, name)
    marks: list[_Mark] = []
    wrong: dict[int, FormatError] = {}
    for number, line in enumerate(written.replace("\r\n", "\n").split("\n"), 1):
        if match := _MARK.fullmatch(line):
            span = Characters(int(match[2]), int(match[3]), match[1])
            marks.append(_Mark(span, match[4], number))
        elif _SPLIT.fullmatch(line):
            label, begin = line.split("\t")[1].split()[:2]
            error = FormatError(
                f"the span {label} is discontinuous ({line.split(chr(9))[1]}); XProj's spans are"
                " one piece. Make it one span in brat, or two.",
                file=_file(name, report),
                line=number,
            )
            wrong.setdefault(text.count("\n", 0, int(begin)), error)
        elif _OTHER.match(line):
            report.count(
                "relations, events, attributes and notes of brat were left out",
                f"{name}, line {number}",
            )
        elif line.strip():
            raise FormatError(
                f"expected an annotation such as “T1<tab>PER 0 5<tab>Lagos”; found {line[:60]!r}.",
                file=_file(name, report),
                line=number,
            )
    return _counted(name, marks, wrong, text, how, report)


def _counted(
    name: str,
    marks: list[_Mark],
    wrong: dict[int, FormatError],
    text: str,
    how: Reading,
    report: Report,
) -> tuple[list[_Mark], dict[int, FormatError]]:
    """The annotations in code points, checked against what they say that they cover."""
    utf16 = how.units == "utf-16"
    if how.units == "auto" and has_astral(text):
        other = [_in_code_points(m, text) for m in marks]
        if not all(_covers(m, text) for m in marks) and all(_covers(m, text) for m in other):
            report.count("offsets were read as UTF-16 units", name)
            utf16 = True
    checked_marks = []
    for mark in marks:
        converted = _in_code_points(mark, text) if utf16 else mark
        if _covers(converted, text):
            checked_marks.append(converted)
            continue
        stands = text[converted.span.start : converted.span.end]
        problem = (
            f"covers “{stands}” and not “{converted.covered}”, as it says; the text was changed"
            " after it"
            " was annotated, or has other line ends"
        )
        wrong.setdefault(
            text.count("\n", 0, max(converted.span.start, 0)),
            _error(name.removesuffix(".ann"), converted, problem, report),
        )
    return checked_marks, wrong


def _in_code_points(mark: _Mark, text: str) -> _Mark:
    start, end = from_utf16(text, mark.span.start), from_utf16(text, mark.span.end)
    return replace(mark, span=replace(mark.span, start=start, end=end))


def _covers(mark: _Mark, text: str) -> bool:
    if not 0 <= mark.span.start < mark.span.end <= len(text):
        return False
    stands = text[mark.span.start : mark.span.end]
    return mark.covered is None or stands.split() == mark.covered.split()
