"""Noise on tokenisation: punctuation attached, words split or joined. The characters stay.

How a text is cut into tokens before projection is a factor of the first order (Ebing and Glavaš
2025); these are the cuts on which tokenisers disagree.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import regex

from xproj_core.domain import Sentence, Span
from xproj_core.noise.base import Change, Changes, Layer, Noise, quoted
from xproj_core.noise.edits import Edited, unchanged

_CLOSING = regex.compile(r"[\p{Pe}\p{Pf}.,;:!?%…。，、！？؟،؛।]+")
_OPENING = regex.compile(r"[\p{Ps}\p{Pi}¿¡]+")
_JOINT = regex.compile(r"[-\u2010\u2011'\u2019\u02bc]")
_CLITIC = regex.compile(r"(?:n['\u2019]t|['\u2019]\p{L}{1,2})", regex.IGNORECASE)
_ELIDED = regex.compile(r"\p{L}{1,5}['\u2019\u02bc]")
_RUNS = regex.compile(r"[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+")


class TokenNoise(Noise, ABC):
    """Works on where a sentence is cut into tokens."""

    layer: ClassVar[Layer] = "tokens"

    def apply(self, sentence: Sentence) -> tuple[Edited, Changes]:
        """The sentence cut otherwise, and what was done.

        Tokens of two different entities are never joined. An entity that shares a token with
        what stands beside it covers that token, and the change says so.
        """
        if not self.rate or not len(sentence):
            return unchanged(sentence), ()
        hit = self.draws(sentence).random_sample(len(sentence)) < self.rate
        edit = self._cut(sentence, [bool(h) for h in hit])
        return edit, tuple(self._changes(sentence, edit))

    @abstractmethod
    def _cut(self, sentence: Sentence, hit: Sequence[bool]) -> Edited:
        """The sentence cut otherwise at the tokens that are hit."""

    def _changes(self, sentence: Sentence, edit: Edited) -> Iterable[Change]:
        torn = edit.torn(sentence.spans)
        first: dict[tuple[int, ...], list[int]] = {}
        for n, old in enumerate(edit.origins):
            first.setdefault(old, []).append(n)
        for old, new in first.items():
            before = " ".join(sentence.tokens[k] for k in old)
            after = " ".join(edit.sentence.tokens[n] for n in new)
            if before != after:
                where = [s for s in torn if any(k in s for k in old)]
                yield Change(
                    self.name,
                    self.layer,
                    f"{quoted(before)} became {quoted(after)}."
                    + "".join(
                        f" A boundary of {quoted(' '.join(sentence.words(s)))} {s.label} now lies"
                        " inside a token."
                        for s in where
                    ),
                    edit.sentence,
                    tuple(new),
                )


@dataclass(frozen=True)
class AttachPunctuation(TokenNoise):
    """Each punctuation mark is attached to its word, at the rate as probability."""

    name = "attach-punctuation"

    def _cut(self, sentence: Sentence, hit: Sequence[bool]) -> Edited:
        joints = set()  # k: token k is joined with the next
        for k, token in enumerate(sentence.tokens):
            if hit[k] and _CLOSING.fullmatch(token):
                joints.add(k - 1)
            elif hit[k] and _OPENING.fullmatch(token):
                joints.add(k)
        return joined(sentence, joints)


@dataclass(frozen=True)
class JoinWords(TokenNoise):
    """Each clitic, elided word, hyphen or apostrophe is joined with its word, at the rate."""

    name = "join-words"

    def _cut(self, sentence: Sentence, hit: Sequence[bool]) -> Edited:
        joints = set()
        for k, token in enumerate(sentence.tokens):
            if not hit[k]:
                continue
            if _JOINT.fullmatch(token):
                joints |= {k - 1, k}
            elif _CLITIC.fullmatch(token):
                joints.add(k - 1)
            elif _ELIDED.fullmatch(token):
                joints.add(k)
        return joined(sentence, joints)


@dataclass(frozen=True)
class SplitWords(TokenNoise):
    """Each token with a hyphen, an apostrophe or punctuation in it is cut there, at the rate."""

    name = "split-words"

    def _cut(self, sentence: Sentence, hit: Sequence[bool]) -> Edited:
        token_parts = [
            _RUNS.findall(token) if hit[k] else [token] for k, token in enumerate(sentence.tokens)
        ]
        origins = tuple((k,) for k, parts in enumerate(token_parts) for _ in parts)
        offsets: list[tuple[int, int]] = []
        for (start, _), parts in zip(sentence.offsets or (), token_parts, strict=False):
            for part in parts:
                offsets.append((start, start + len(part)))
                start += len(part)
        tokens = tuple(part for parts in token_parts for part in parts)
        return Edited(_recut(sentence, tokens, offsets), origins)


def joined(sentence: Sentence, joints: Iterable[int]) -> Edited:
    """Each token k of `joints` joined with the next, where the two may be joined."""
    possible = {k for k in joints if 0 <= k < len(sentence) - 1}
    groups: list[list[int]] = []
    for k in range(len(sentence)):
        if k - 1 in possible and _may_join(sentence.spans, [*groups[-1], k]):
            groups[-1].append(k)
        else:
            groups.append([k])
    tokens = tuple("".join(sentence.tokens[k] for k in group) for group in groups)
    offsets = (
        [(sentence.offsets[g[0]][0], sentence.offsets[g[-1]][1]) for g in groups]
        if sentence.offsets
        else []
    )
    return Edited(_recut(sentence, tokens, offsets), tuple(tuple(g) for g in groups))


def _may_join(spans: Iterable[Span], group: Sequence[int]) -> bool:
    """False where tokens of two entities would become one, unless one contains the other."""
    touched = [s for s in spans if any(k in s for k in group)]
    return all(a.overlaps(b) for n, a in enumerate(touched) for b in touched[n + 1 :])


def _recut(
    sentence: Sentence, tokens: tuple[str, ...], offsets: Sequence[tuple[int, int]]
) -> Sentence:
    """The new tokens; the text stays where the tokens are stretches of it."""
    text = sentence.text
    if text is None or any(
        text[a:b] != token for (a, b), token in zip(offsets, tokens, strict=True)
    ):
        return Sentence(tokens, sentence.language)
    return Sentence(tokens, sentence.language, text=text, offsets=tuple(offsets))
