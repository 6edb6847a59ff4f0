"""Short digests of the files that models are made of: the same name may mean other weights."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from xproj_core.align import aligners
from xproj_core.domain.registry import Registry
from xproj_core.engines.presets import preset
from xproj_core.models.protocols import Aligner, Tagger, Translator
from xproj_core.tag import taggers
from xproj_core.text.unspaced import segmenter
from xproj_core.translate import translators

FORMAT = 2
"""Of what the code makes of a model's files. Raise it when translators, aligners or taggers give
other answers with the same files: cached answers are then asked for again, and runs that were
begun before are not gone on with."""
_WRITTEN = {1: "0.1.0"}
"""A format as it stands in a digest: the first was XProj's version."""
_CORE = Path(__file__).resolve().parents[1]
_SHIPPED = _CORE / "mini" / "weights"
_USES = {
    "translator": ("translator",),
    "aligner": ("aligner",),
    # It reads glosses as well.
    "tagger": (
        "tagger",
        "aligner",
        *(f"translator/{f}" for f in ("en.words.xz", "de.words.xz", "de.nouns.npz")),
    ),
}
ModelRegistry = Registry[Translator] | Registry[Aligner] | Registry[Tagger]
_REGISTRIES: dict[str, ModelRegistry] = {
    "translator": translators,
    "aligner": aligners,
    "tagger": taggers,
}
_WHOLE = 1 << 20
"""Bytes up to which a file is read as a whole."""
_PIECES, _PIECE = 16, 4096


def of_engine(name: str) -> str:
    """8 hex digits over everything that the engine called `name` is made of.

    It is the same on every machine that has the same files, and another one once a model has
    been trained again or `FORMAT` was raised.

    Raises:
        InputError: there is no such engine.
    """
    return hashlib.sha256("".join(of_steps(name).values()).encode()).hexdigest()[:8]


def of_steps(name: str) -> dict[str, str]:
    """The same for what translates, aligns and tags, by the step that it does.

    Raises:
        InputError: there is no such engine.
    """
    parts = preset(name)
    # Human translations of the examples stand in where a machine cannot translate.
    examples = _of_path(_CORE / "examples" / "examples.json")
    format = _WRITTEN.get(FORMAT, str(FORMAT))
    # Translations are cut into words, those of unspaced scripts by what is installed for them.
    cut = [name] if (name := segmenter()) else []
    return {
        "translate": _digest([(format, *cut, examples, _of_part("translator", parts.translator))]),
        "align": _digest([(format, _of_part("aligner", parts.aligner))]),
        "tag": _digest(
            [(format, *(_of_part("tagger", p) for p in (parts.tagger, parts.target_tagger)))]
        ),
    }


def _of_part(kind: str, name: str) -> str:
    """What the files behind a registry name hold; of a hub id the revision that is here.

    A folder's own name is no part of it: it may lie elsewhere on another machine.
    """
    base, _, argument = name.partition(":")
    fingerprints = [_of_path(_SHIPPED / part) for part in _USES[kind]] if base == "mini" else []
    plugin = _REGISTRIES[kind].entry(base).package if base else ""
    fingerprints += [plugin] if plugin else []
    if argument:
        places = [argument] if Path(argument).expanduser().exists() else argument.split(",")
        fingerprints += [
            _of_path(Path(p).expanduser()) for p in places if Path(p).expanduser().exists()
        ]
        fingerprints += [_revision(argument), _package(argument)]
    return ",".join([base, *fingerprints])


def _revision(id: str) -> str:
    """The commit of a checkpoint from the hub, "" where none is here."""
    with suppress(ImportError, ValueError):
        from huggingface_hub import try_to_load_from_cache

        file = try_to_load_from_cache(id, "config.json")
        if isinstance(file, str):
            return Path(file).parent.name
    return ""


def _package(name: str) -> str:
    """The version of an installed package, such as a spaCy pipeline."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except (PackageNotFoundError, ValueError):
        return ""


def _of_path(path: Path) -> str:
    if path.is_file():
        return _digest([_of_file(str(path), _stamp(path))])
    files = (f for f in path.rglob("*") if f.is_file() and f.suffix != ".md")
    listed = sorted((f.relative_to(path).as_posix(), f) for f in files)
    return _digest((name, *_of_file(str(file), _stamp(file))) for name, file in listed)


def _stamp(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_size, status.st_mtime_ns


@lru_cache(maxsize=4096)
def _of_file(file: str, stamp: tuple[int, int]) -> tuple[str, str]:
    """Size, and a digest of the content: of big files pieces all over them, which is quick and
    finds other weights all the same. `stamp` forgets a file that has changed."""
    size = stamp[0]
    digest = hashlib.sha256()
    with open(file, "rb") as opened:
        if size <= _WHOLE:
            digest.update(opened.read())
        else:
            for k in range(_PIECES):
                opened.seek(k * (size - _PIECE) // (_PIECES - 1))
                digest.update(opened.read(_PIECE))
    return str(size), digest.hexdigest()


def _digest(rows: Iterable[tuple[str, ...]]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\t".join(row).encode("utf-8", "surrogateescape") + b"\n")
    return digest.hexdigest()
