"""Let several labellings of the same tokens vote, and write what is chosen."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from xproj_core.commands.output import check_flat, is_jsonl, tell, write_conll, write_jsonl
from xproj_core.domain import Sentence
from xproj_core.domain.errors import FormatError
from xproj_core.domain.item import Item, Side
from xproj_core.domain.voting_rule import HOW, How, VotingRule
from xproj_core.formats import conll, jsonl
from xproj_core.formats.base import READING, Report
from xproj_core.formats.decoding import decode, lines
from xproj_core.project.voting import Tally, Vote, chosen, elect
from xproj_core.text.strings import counted

SUMMARY = "let labellings of the same tokens vote"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sentence of a file, and the line of its first token; JSONL has a line per sentence."""

    sentence: Sentence
    line: int
    item: Item | None = None

    def line_of(self, token: int) -> int:
        return self.line if self.item else self.line + token


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--inputs",
        type=Path,
        nargs="+",
        required=True,
        metavar="FILE",
        help="CoNLL, or JSONL where a name ends in .jsonl, whose scores are the confidence",
    )
    parser.add_argument(
        "--how",
        choices=HOW,
        help="what a span needs: more than half of the votes, all of them, or enough weight;"
        " majority unless weights are given",
    )
    parser.add_argument(
        "--weights", type=float, nargs="+", default=[], metavar="W", help="one for each input"
    )
    parser.add_argument(
        "--threshold",
        type=float,
        default=0.5,
        help="for weighted votes: the part of the whole vote that a span must exceed",
    )
    parser.add_argument(
        "--least", type=float, default=0.0, help="leave out spans with a lower mean confidence"
    )
    parser.add_argument("--output", type=Path, required=True, help="CoNLL or .jsonl to write")


def run(options: argparse.Namespace) -> None:
    """Vote on every sentence; the output has the tokens of the inputs, in order."""
    how: How = options.how or ("weighted" if options.weights else "majority")
    rule = VotingRule(how, tuple(options.weights), options.threshold, options.least)
    rule.check([str(path) for path in options.inputs])
    files = [_read(path) for path in options.inputs]
    _check(files, options.inputs)
    tallies = [
        elect([_ballot(entry.sentence) for entry in row], rule) for row in zip(*files, strict=True)
    ]
    _write(options.output, files[0], tallies)
    print(_summary(tallies, len(files)))


def _read(path: Path) -> list[_Entry]:
    if is_jsonl(path):
        return list(_read_jsonl(path))
    document = conll.load(path)
    tell(document.notes)
    return [
        _Entry(sentence, tagged.line)
        for sentence, tagged in zip(document.sentences(), document.tagged, strict=True)
    ]


def _read_jsonl(path: Path) -> Iterator[_Entry]:
    report = Report(str(path))
    text, notes = decode(path.read_bytes(), str(path))
    for number, line in enumerate(lines(text), 1):
        if line.strip():
            row = jsonl.parsed(line, number, report)
            item = jsonl.from_json(row, str(number), READING, report, number)
            sentence = item.side(_side(item))
            assert sentence is not None
            yield _Entry(sentence, number, item)
    tell([*notes, *report.all_notes()])


def _side(item: Item) -> Side:
    """The side whose labels are voted on: the target where there is one."""
    return "source" if item.target is None else "target"


def _check(files: Sequence[Sequence[_Entry]], paths: Sequence[Path]) -> None:
    """Hold every file against the first.

    Raises:
        FormatError: sentences or tokens differ.
    """
    for path, entries in zip(paths[1:], files[1:], strict=True):
        if len(entries) != len(files[0]):
            raise FormatError(
                f"it holds {counted(len(entries), 'sentence')} and {paths[0]}"
                f" {len(files[0])}: all inputs must label the same tokens.",
                file=str(path),
            )
        for first, entry in zip(files[0], entries, strict=True):
            _check_tokens(first, entry, paths[0], path)


def _check_tokens(first: _Entry, entry: _Entry, first_path: Path, path: Path) -> None:
    pairs = zip_longest(first.sentence.tokens, entry.sentence.tokens)
    for k, (expected, token) in enumerate(pairs):
        if expected != token:
            raise FormatError(
                f"{_token(token)} stands where {first_path}, line {first.line_of(k)}, has"
                f" {_token(expected)}: all inputs must label the same tokens.",
                file=str(path),
                line=entry.line_of(k),
            )


def _token(token: str | None) -> str:
    return "the sentence's end" if token is None else f"the token {token!r}"


def _ballot(sentence: Sentence) -> list[Vote]:
    return [Vote(s, 1.0 if s.score is None else s.score) for s in sentence.spans]


def _write(path: Path, entries: Sequence[_Entry], tallies: Sequence[Sequence[Tally]]) -> None:
    labelled = [
        entry.sentence.labelled(replace(t.span, score=t.confidence) for t in chosen(own))
        for entry, own in zip(entries, tallies, strict=True)
    ]
    if not is_jsonl(path):
        for entry, sentence in zip(entries, labelled, strict=True):
            check_flat(sentence, f"line {entry.line} of the first input", path)
        write_conll(path, labelled)
        return
    items = [
        _item(number, *pair) for number, pair in enumerate(zip(entries, labelled, strict=True), 1)
    ]
    write_jsonl(path, items)


def _item(number: int, entry: _Entry, sentence: Sentence) -> Item:
    """The first input's item with the labels that were chosen, which are no person's."""
    if entry.item is None:
        return Item(str(number), target=sentence)
    side = _side(entry.item)
    gold = entry.item.gold - {side}
    if side == "source":
        return replace(entry.item, source=sentence, gold=gold)
    return replace(entry.item, target=sentence, gold=gold)


def _summary(tallies: Sequence[Sequence[Tally]], voters: int) -> str:
    """How many spans were chosen and left out, and by how many votes."""
    results = Counter(t.result for own in tallies for t in own)
    votes = Counter(len(t.votes) for own in tallies for t in chosen(own))
    by_votes = ", ".join(f"{votes[n]} by {n}" for n in range(voters, 0, -1) if votes[n])
    parts = [
        f"{counted(results['chosen'], 'span')} chosen" + (f" ({by_votes})" if by_votes else "")
    ]
    parts += [f"{results[r]} {r}" for r in ("outvoted", "unlikely", "beaten") if results[r]]
    return f"{counted(len(tallies), 'sentence')}, {counted(voters, 'voter')}: {', '.join(parts)}."
