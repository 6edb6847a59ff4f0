from __future__ import annotations

from pathlib import Path

import pytest

from xproj_core.align import aligners, imported
from xproj_core.domain import Sentence
from xproj_core.domain.errors import (
    EngineError,
    FormatError,
    InputError,
    ProjectionError,
)
from xproj_core.engines.presets import preset

FIRST = (Sentence(("a", "b"), "en"), Sentence(("x", "y", "z"), "de"))
SECOND = (Sentence(("c",), "en"), Sentence(("w",), "de"))


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str, str]:
    links, sources, targets = (tmp_path / n for n in ("links.pharaoh", "s.txt", "t.txt"))
    links.write_text("0-0 1-2 1p1\n0-0\n")
    sources.write_text("a b\nc\n")
    targets.write_text("x y z\nw\n")
    return str(links), str(sources), str(targets)


def test_lines_are_matched_by_order(files: tuple[str, str, str]) -> None:
    aligner = aligners.create(f"pharaoh:{files[0]}")
    first, second = aligner.align([FIRST, SECOND])
    assert first.pairs() == [(0, 0), (1, 2)] and second.pairs() == [(0, 0)]
    with pytest.raises(EngineError, match="2 lines of links and was asked for 1"):
        aligner.align([FIRST])


def test_a_stretch_of_lines_serves_a_batch(files: tuple[str, str, str]) -> None:
    aligner = imported.load(files[0])
    assert len(aligner) == 2
    [second] = aligner.part(1, 2).align([SECOND])
    assert second.pairs() == [(0, 0)]


def test_lines_are_matched_by_words_in_either_direction(files: tuple[str, str, str]) -> None:
    aligner = imported.load(files[0], sources=files[1], targets=files[2])
    second, turned = aligner.align([SECOND, (FIRST[1], FIRST[0])])
    assert second.pairs() == [(0, 0)]
    assert turned.pairs() == [(0, 0), (2, 1)]
    with pytest.raises(EngineError, match="no alignment for “c …” and “x y z …”"):
        aligner.align([(SECOND[0], FIRST[1])])


def test_possible_links_count_if_asked(files: tuple[str, str, str]) -> None:
    aligner = imported.load(files[0], possible=True)
    assert aligner.align([FIRST, SECOND])[0].pairs() == [(0, 0), (1, 1), (1, 2)]


def test_links_out_of_range_name_their_line(files: tuple[str, str, str]) -> None:
    with pytest.raises(ProjectionError, match=r"links.pharaoh, line 1: The link 1-2"):
        imported.load(files[0]).align([SECOND, FIRST])
    with pytest.raises(ProjectionError, match=r"line 2: The link 5-0"):
        Path(files[0]).write_text("0-0\n5-0\n")
        imported.load(files[0]).part(1, 2).align([SECOND])


def test_files_that_do_not_fit(files: tuple[str, str, str]) -> None:
    with pytest.raises(InputError, match="both sentence files"):
        imported.load(files[0], sources=files[1])
    Path(files[2]).write_text("x y z\n")
    with pytest.raises(FormatError, match="1 sentences for 2 lines"):
        imported.load(files[0], sources=files[1], targets=files[2])
    with pytest.raises(InputError, match="cannot be read"):
        imported.load(files[0] + ".missing")


def test_an_engine_can_use_them_by_name(files: tuple[str, str, str]) -> None:
    aligner = aligners.create("pharaoh:" + ",".join(files))
    assert aligner.align([SECOND])[0].pairs() == [(0, 0)]
    with pytest.raises(InputError, match="pharaoh:LINKS,SOURCES,TARGETS"):
        preset(f"mini|pharaoh:{files[0]}")
    assert preset("mini|pharaoh:" + ",".join(files)).aligner.count(",") == 2
