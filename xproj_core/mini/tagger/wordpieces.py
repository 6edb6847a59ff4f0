"""Words to WordPiece ids, word by word, and windows that fit an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xproj_core.domain.errors import CheckpointError
from xproj_core.text.strings import without_surrogates

MAX_PIECES_PER_WORD = 24  # only the first piece is classified; the rest is context
_ENDS = frozenset(".!?…;:。！？؟۔।")
_PAUSES = frozenset(",،、—–-)]")


@dataclass(frozen=True)
class Window:
    """Words `start` up to `end` of sentence number `sentence`, small enough for one pass."""

    sentence: int
    start: int
    end: int


class WordPieces:
    """The `tokenizer.json` of an uncased BERT vocabulary.

    Raises:
        CheckpointError: the file is missing or not a tokenizer.
    """

    def __init__(self, file: Path) -> None:
        from tokenizers import Tokenizer

        try:
            self._tokenizer = Tokenizer.from_file(str(file))
        except Exception as error:  # the library raises bare Exception
            raise CheckpointError(
                f"{file} is not a tokenizer.json that can be read ({error}). Copy the whole model"
                " folder again, or choose another tagger."
            ) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.start, self.end, self.unknown = (
            self._id(t, file) for t in ("[CLS]", "[SEP]", "[UNK]")
        )

    def _id(self, token: str, file: Path) -> int:
        token_id = self._tokenizer.token_to_id(token)
        if token_id is None:
            raise CheckpointError(f"{file} has no {token}; it is not a BERT tokenizer.")
        return int(token_id)

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[list[list[int]]]:
        """Ids per word per sentence: at least one (the unknown one), at most 24 for a word."""
        encodings = self._tokenizer.encode_batch(
            [list(map(without_surrogates, words)) for words in sentences],
            is_pretokenized=True,
            add_special_tokens=False,
        )
        return [
            self._by_word(len(words), encoding.ids, encoding.word_ids)
            for words, encoding in zip(sentences, encodings, strict=True)
        ]

    def _by_word(self, n_words: int, ids: list[int], word_ids: list[int | None]) -> list[list[int]]:
        pieces: list[list[int]] = [[] for _ in range(n_words)]
        for piece, word in zip(ids, word_ids, strict=True):
            if word is not None:  # a special token is no word's
                pieces[word].append(piece)
        return [p[:MAX_PIECES_PER_WORD] or [self.unknown] for p in pieces]


def windows(
    sentence: int, words: Sequence[str], pieces: Sequence[Sequence[int]], limit: int
) -> list[Window]:
    """Cuts a sentence into adjacent windows of at most `limit` pieces, covering every word.

    The cut is after the last sentence end in the window, else after the last comma or dash,
    else where the window is full.
    """
    adjacent_windows: list[Window] = []
    start = 0
    while start < len(words):
        end, used = start, 0
        while end < len(words) and used + len(pieces[end]) <= limit:
            used += len(pieces[end])
            end += 1
        end = max(end, start + 1)
        if end < len(words):
            end = _cut(words, start, end)
        adjacent_windows.append(Window(sentence, start, end))
        start = end
    return adjacent_windows


def _cut(words: Sequence[str], start: int, end: int) -> int:
    earliest = start + (end - start) // 3  # an early full stop would leave tiny windows
    for marks in (_ENDS, _PAUSES):
        for i in range(end - 1, earliest, -1):
            if words[i] in marks:
                return i + 1
    return end
