"""Which device a model runs on, in which number format, and what to do when memory runs out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from xproj_core.domain.errors import EngineError

if TYPE_CHECKING:
    import torch

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Device:
    """A place to compute.

    Attributes:
        name: "cpu", "cuda" or "cuda:1", as torch writes it.
        dtype: "bfloat16", "float16" or "float32".
        title: the device's name for a reader ("NVIDIA H100", "CPU, 2 cores").
        memory: bytes in all; None where unknown.
        free: bytes free when asked; None where unknown.
    """

    name: str
    dtype: str
    title: str
    memory: int | None = None
    free: int | None = None

    @property
    def is_cuda(self) -> bool:
        """True for an NVIDIA (or ROCm) device."""
        return self.name.startswith("cuda")

    @property
    def most_cells(self) -> int | None:
        """Padded tokens per batch that an encoder is fastest with; None for no bound.

        On a CPU a batch's activations have to stay in the cache: measured with MiniLM, 400
        padded tokens a batch are three times as fast as 7000.
        """
        return None if self.is_cuda else 512

    @property
    def torch_dtype(self) -> torch.dtype:
        """The `torch.dtype`; imports torch."""
        import torch

        dtype: torch.dtype = getattr(torch, self.dtype)
        return dtype

    def __str__(self) -> str:
        memory = "" if self.memory is None else f", {self.memory / 2**30:.0f} GiB"
        return f"{self.title}{memory}, {self.dtype}"


def pick(name: str | None = None) -> Device:
    """The device `name`, or the best one there is.

    bf16 where the GPU computes it natively (compute capability 8.0 and later), fp16 from
    7.0, fp32 otherwise and on a CPU.

    Raises:
        EngineError: a CUDA device was asked for and there is none of that number.
    """
    import torch

    if name is None:
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if not name.startswith("cuda"):
        return _cpu(name)
    number = int(name.partition(":")[2] or 0)
    if not torch.cuda.is_available() or number >= torch.cuda.device_count():
        raise EngineError(
            f"There is no device {name!r} here: torch sees {torch.cuda.device_count()} CUDA"
            " devices. Choose cpu, or check the driver and the installed torch build."
        )
    capability = torch.cuda.get_device_capability(number)
    free, total = torch.cuda.mem_get_info(number)
    title = torch.cuda.get_device_name(number)
    return Device(name, dtype_for(capability), title, int(total), int(free))


def dtype_for(capability: tuple[int, int]) -> str:
    """The number format for a CUDA compute capability (major, minor)."""
    if capability >= (8, 0):
        return "bfloat16"
    return "float16" if capability >= (7, 0) else "float32"


def _cpu(name: str) -> Device:
    if name != "cpu":
        raise EngineError(f"{name!r} is not a device. Choose cpu, cuda or cuda:N.")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = None
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Device("cpu", "float32", f"CPU, {cores} cores", memory)


def is_out_of_memory(error: BaseException) -> bool:
    """True for torch's and CTranslate2's ways of saying that memory ran out."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    return isinstance(error, RuntimeError) and any(
        words in str(error).lower()
        for words in ("out of memory", "can't allocate memory", "failed to allocate")
    )


def in_batches(
    items: Sequence[Item],
    batch_size: int,
    run: Callable[[Sequence[Item]], Sequence[Result]],
    what: str = "the model",
    *,
    length: Callable[[Item], int] = lambda _: 1,
    most: int | None = None,
) -> list[Result]:
    """`run` over `items`, at most `batch_size` at once, halving the batch when memory runs out.

    Args:
        items: what to compute; results come back in this order.
        run: computes one batch, one result per item.
        what: the model's name, for the message.
        length: an item's length; sort by it, longest first, and little is padded.
        most: the most cells, items times the first one's length, in a batch.

    Raises:
        EngineError: a single item does not fit either; the message says what to do.
    """
    results: list[Result] = []
    start = 0
    while start < len(items):
        fitting = batch_size if most is None else most // max(1, length(items[start]))
        batch = items[start : start + max(1, min(batch_size, fitting))]
        try:
            results.extend(run(batch))
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            if len(batch) == 1:
                raise EngineError(_no_memory(what)) from error
            batch_size = len(batch) // 2
            _free_cached()
            continue
        start += len(batch)
    return results


def _free_cached() -> None:
    """Give memory that torch keeps for reuse back, so that a smaller batch can have it."""
    import sys

    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()


def _no_memory(what: str) -> str:
    return (
        f"{what} ran out of memory on a single sentence. Shorten the sentence, close other"
        " programs that use the device, choose a smaller model or fewer beams, or run it on"
        " the CPU (device cpu)."
    )


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it, NumPy's and SciPy's linear algebra keep to one thread.

    Sums split over threads are rounded otherwise. The arrays here are small besides: on a busy
    machine, threads wait for one another longer than they work.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1, user_api="blas"):
        yield
