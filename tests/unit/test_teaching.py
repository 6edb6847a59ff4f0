"""Teaching in the background: in a process of its own, killed, begun anew, kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.toy_corpus import pairs
from xproj_core.domain.errors import InputError
from xproj_core.jobs.folder import FolderLedger
from xproj_core.learn import trainers
from xproj_core.learn.teaching_job import (
    TeachingJob,
    TeachingJobs,
    in_child,
    in_thread,
    taught_folders,
)
from xproj_core.learn.uploads import Upload

teach = trainers.create("mini")


def tsv(count: int) -> Upload:
    text = "".join(f"{a}\t{b}\n" for a, b in pairs()[:: 240 // count])
    return Upload("../my pairs.tsv", text.encode())


def done(some: TeachingJobs, name: str) -> TeachingJob:
    some.join(name)
    (finished_job,) = [job for job in some.list() if job.name == name]
    assert not finished_job.busy
    return finished_job


def test_a_killed_lesson_is_begun_anew_with_what_was_given(tmp_path: Path) -> None:
    by_itself = TeachingJobs(tmp_path / "whole", in_thread(tmp_path / "whole", teach))
    reference = done(by_itself, by_itself.begin("en", "eo", tsv(120)))
    assert reference.state == "finished" and reference.taught is not None, reference.problem
    assert taught_folders(tmp_path / "whole") == [tmp_path / "whole" / "en-eo"]

    folder = tmp_path / "killed"
    idle = TeachingJobs(folder, lambda name, watch, stop: None)
    name = idle.begin("en", "eo", tsv(120))
    idle.join(name)
    command = [sys.executable, "-m", "xproj_core.learn.teaching_job", str(folder), "mini", name]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment) as process:
        assert process.stdout is not None
        while "aligning" not in json.loads(process.stdout.readline())["step"]:
            pass
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    some = TeachingJobs(folder, in_child(folder))
    (left,) = some.list()
    assert left.state == "interrupted" and not left.busy and taught_folders(folder) == []
    some.again(name)
    job = done(some, name)
    assert job.state == "finished", job.problem
    assert job.taught is not None and job.taught.report == reference.taught.report
    assert job.taught.sizes == reference.taught.sizes
    (again,) = TeachingJobs(folder, in_child(folder)).list()
    assert again.taught == job.taught and (folder / name / "my_pairs.tsv").exists()


def test_a_lesson_with_a_tagger_is_read_as_it_was_written(tmp_path: Path) -> None:
    labels = "\n\n".join(f"{name} B-PER\nlaughed O" for name in map("Ada{}".format, range(40)))
    some = TeachingJobs(tmp_path, in_thread(tmp_path, teach))
    name = some.begin("en", "eo", tsv(120), Upload("l.conll", labels.encode()), "en")
    job = done(some, name)
    assert job.taught is not None and job.taught.tagger is not None, job.problem
    assert job.taught.tagger.scores.overall.f1 == 1.0
    assert job.taught.tagger.examples[0].marked()[0].startswith("[Ada")
    again = TeachingJobs(tmp_path, in_thread(tmp_path, teach)).list()[0]
    assert again.taught == job.taught


def test_a_pair_that_is_taught_again_leaves_the_first_result_alone(tmp_path: Path) -> None:
    some = TeachingJobs(tmp_path, lambda name, watch, stop: None)
    names = [some.begin("en", "lg", Upload("a", b"")) for _ in range(2)]
    assert names == ["en-lg", "en-lg-2"]
    some.remove("en-lg")
    assert [job.name for job in some.list()] == ["en-lg-2"]
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["en-lg-2", "en-lg-2.json"]
    with pytest.raises(InputError, match="Both columns are English"):
        some.begin("en", "eng", Upload("a", b""))


def test_what_was_learnt_by_the_command_line_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "mine" / "translator").mkdir(parents=True)
    (tmp_path / "empty").mkdir()
    FolderLedger(tmp_path).add("en-sw", {"source": "en", "target": "sw"})
    (tmp_path / "en-sw" / "translator").mkdir(parents=True)
    assert taught_folders(tmp_path) == [tmp_path / "mine"], "not what is half learnt"
    assert taught_folders(tmp_path / "none") == []
