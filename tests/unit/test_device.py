from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain.errors import EngineError
from xproj_core.models.device import dtype_for, in_batches, is_out_of_memory, pick


def test_the_number_format_follows_the_capability() -> None:
    assert dtype_for((9, 0)) == dtype_for((8, 0)) == "bfloat16"
    assert dtype_for((7, 5)) == "float16"
    assert dtype_for((6, 1)) == "float32"


def test_a_device_describes_itself() -> None:
    device = pick("cpu")
    assert (device.name, device.dtype, device.is_cuda) == ("cpu", "float32", False)
    assert "CPU" in str(device) and "float32" in str(device)


def test_devices_that_are_not_there() -> None:
    with pytest.raises(EngineError, match="'tpu' is not a device"):
        pick("tpu")
    with pytest.raises(EngineError, match="Choose cpu"):
        pick("cuda:99")


@given(st.lists(st.integers(1, 9), max_size=40), st.integers(1, 9), st.integers(1, 9))
def test_batches_keep_order_under_any_memory(items: list[int], size: int, room: int) -> None:
    sizes: list[int] = []

    def run(batch: Sequence[int]) -> list[int]:
        if len(batch) > room:
            raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
        sizes.append(len(batch))
        return [x * x for x in batch]

    assert in_batches(items, size, run) == [x * x for x in items]
    assert all(s <= min(size, room) for s in sizes)


@given(st.lists(st.integers(1, 30), max_size=40), st.integers(1, 50))
def test_batches_stay_under_the_most_cells(lengths: list[int], most: int) -> None:
    longest_first = sorted(lengths, reverse=True)
    batches: list[list[int]] = []

    def run(batch: Sequence[int]) -> Sequence[int]:
        batches.append(list(batch))
        return batch

    assert in_batches(longest_first, 8, run, length=lambda n: n, most=most) == longest_first
    assert all(len(b) == 1 or len(b) * b[0] <= most for b in batches)


def test_other_errors_pass_through() -> None:
    def run(batch: Sequence[int]) -> list[int]:
        raise ValueError("a defect")

    with pytest.raises(ValueError, match="a defect"):
        in_batches([1, 2], 2, run)
    assert not is_out_of_memory(RuntimeError("shape mismatch"))
