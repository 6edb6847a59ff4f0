from __future__ import annotations

import pytest

from benchmarks import gpu_chain


def test_the_chain_runs_at_tiny_size(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("simalign")
    import torch

    torch.set_num_threads(1)
    gpu_chain.main(["--tiny", "--sentences", "5", "--device", "cpu"])
    rows = [r for r in capsys.readouterr().out.splitlines() if r.startswith("| ")][1:]
    assert [row.split("|")[2].strip() for row in rows] == ["32", "1", "16", "64"]
    assert all(float(row.split("|")[3]) > 0 for row in rows)
