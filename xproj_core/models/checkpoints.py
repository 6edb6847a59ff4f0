"""Opening transformers checkpoints safely, with errors that say what to do.

Weights are read from safetensors where there are any, otherwise with torch's
`weights_only` reader; code shipped with a checkpoint is never run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

from xproj_core.domain.errors import (
    CheckpointError,
    EngineError,
    NotInstalledError,
    XProjError,
)
from xproj_core.models.device import Device

if TYPE_CHECKING:
    from transformers import PretrainedConfig, PreTrainedModel, PreTrainedTokenizerBase

T = TypeVar("T")

_WEIGHTS = (
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json",
)
_TOKENIZER = (
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.json",
    "vocab.txt",
    "spiece.model",
    "sentencepiece.bpe.model",
    "source.spm",
)
_UNREACHABLE = (
    "couldn't connect",
    "offline mode",
    "connection error",
    "name resolution",
    "timed out",
    "cannot send a request",
    "localentrynotfound",
    "max retries",
    "network is unreachable",
    "connecterror",
    "connecttimeout",
    "name or service not known",
)


def looks_local(id_or_folder: str) -> bool:
    """True when the text means a folder, not a hub id like "owner/name"."""
    return (
        Path(id_or_folder).expanduser().exists()
        or id_or_folder.startswith((".", "/", "~", "\\"))
        or id_or_folder.count("/") > 1
        or "\\" in id_or_folder
    )


def check_folder(id_or_folder: str) -> str:
    """The path or id to load from.

    Raises:
        CheckpointError: a folder that is not there, or lacks a configuration, weights or a
            tokenizer; the message names what is missing.
        EngineError: an id that is not in the cache, and no hub to get it from.
    """
    if not looks_local(id_or_folder):
        explained(id_or_folder, lambda: _reach_hub(id_or_folder))
        return id_or_folder
    folder = Path(id_or_folder).expanduser()
    if not folder.is_dir():
        raise CheckpointError(
            f"There is no folder {folder}. Give the folder a transformers checkpoint was saved"
            " in, or a hub id such as owner/name."
        )
    missing = [] if (folder / "config.json").is_file() else ["config.json"]
    if not any((folder / name).is_file() for name in _WEIGHTS):
        missing.append("weights (model.safetensors)")
    if not any((folder / name).is_file() for name in _TOKENIZER):
        missing.append("a tokenizer (tokenizer.json or a vocabulary)")
    if missing:
        raise CheckpointError(
            f"The folder {folder} is no transformers checkpoint: it lacks {_and(missing)}. Give"
            " the folder that save_pretrained or a download of the whole model wrote."
        )
    return str(folder)


def _reach_hub(id_or_folder: str) -> None:
    """Ask the hub once for a sign of life, unless the checkpoint is at hand.

    Without a network, transformers asks five times, half a minute, and prints every failure.
    """
    try:
        from huggingface_hub import constants, get_session, try_to_load_from_cache
    except ImportError:
        return  # nothing can be fetched then, and transformers says so
    with suppress(ValueError):  # not an id at all: transformers says what is wrong with it
        if constants.HF_HUB_OFFLINE or try_to_load_from_cache(id_or_folder, "config.json"):
            return
        get_session().head(constants.ENDPOINT, timeout=10)


def load_config(id_or_folder: str) -> PretrainedConfig:
    """The checkpoint's configuration (`AutoConfig`)."""
    transformers = import_transformers()
    path = check_folder(id_or_folder)
    return explained(
        id_or_folder,
        lambda: transformers.AutoConfig.from_pretrained(path, trust_remote_code=False),
    )


def load_tokenizer(id_or_folder: str, **options: object) -> PreTrainedTokenizerBase:
    """The checkpoint's tokenizer (`AutoTokenizer`)."""
    transformers = import_transformers()
    path = check_folder(id_or_folder)
    return explained(
        id_or_folder,
        lambda: transformers.AutoTokenizer.from_pretrained(
            path, trust_remote_code=False, **options
        ),
    )


def load_model(
    auto_class: str, id_or_folder: str, device: Device, **options: object
) -> PreTrainedModel:
    """The weights as `transformers.<auto_class>`, in evaluation mode on `device`.

    Raises:
        CheckpointError: not a checkpoint of that kind, or one whose weights do not fit it.
        EngineError: the hub cannot be reached, or memory ran out.
    """
    transformers = import_transformers()
    path = check_folder(id_or_folder)
    # Without this transformers asks the hub, in a background thread, to convert old weights.
    os.environ.setdefault("DISABLE_SAFETENSORS_CONVERSION", "1")

    def read() -> PreTrainedModel:
        model, report = getattr(transformers, auto_class).from_pretrained(
            path,
            trust_remote_code=False,
            weights_only=True,
            dtype=device.torch_dtype,
            output_loading_info=True,
            **options,
        )
        _refuse_random_weights(id_or_folder, auto_class, report)
        return model.eval().to(device.name)

    return explained(id_or_folder, read)


def _refuse_random_weights(
    where: str, auto_class: str, report: Mapping[str, Collection[str]]
) -> None:
    """A head that the checkpoint lacks would be made up at random: refuse it."""
    missing = sorted(k for k in report.get("missing_keys", ()) if "pooler" not in k)
    if missing:
        raise CheckpointError(
            f"{where} holds no weights for {_and(missing[:3])}"
            f"{f' and {len(missing) - 3} more' if len(missing) > 3 else ''}, so it cannot be used"
            f" as {auto_class}: choose a checkpoint that was trained for this task."
        )


def explained(where: str, read: Callable[[], T]) -> T:
    """`read()`, with every failure turned into a sentence about `where`."""
    try:
        return read()
    except XProjError:
        raise
    except ImportError as error:
        raise NotInstalledError(f"{where}", getattr(error, "name", None) or str(error)) from error
    except Exception as error:
        raise _explain(where, error) from error


def _explain(where: str, error: BaseException) -> EngineError:
    from xproj_core.models.device import is_out_of_memory

    text = " ".join(str(error).split())
    if is_out_of_memory(error):
        return EngineError(
            f"{where} does not fit into memory. Choose a smaller model or another device."
        )
    names = " ".join(type(e).__name__.lower() for e in _causes(error))
    messages = " ".join(str(e).lower() for e in _causes(error)) + " " + names
    if not looks_local(where) and any(words in messages for words in _UNREACHABLE):
        return EngineError(
            f"The model hub could not be reached, and {where} is not in the local cache. On a"
            f" machine with a connection run: hf download {where} --local-dir FOLDER; copy that"
            " folder here and give its path instead of the id. Mini works without a network."
        )
    if not looks_local(where) and "valid model identifier" in text:
        return CheckpointError(
            f"The hub has no model {where!r} that you may read. Check the spelling (owner/name)."
        )
    return CheckpointError(
        f"{where} could not be loaded as a checkpoint: {text[:400]} Check that the files are"
        " complete and of a kind this back end reads."
    )


def _causes(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain


def import_transformers() -> ModuleType:
    """The transformers package.

    Raises:
        NotInstalledError: it is not installed.
    """
    try:
        return import_module("transformers")
    except ImportError as error:
        raise NotInstalledError("This engine", "transformers") from error


def input_limit(tokenizer: PreTrainedTokenizerBase, config: PretrainedConfig) -> int:
    """The most subwords, special ones included, that the model takes at once.

    Relative-position models (T5) have none of their own; 512 is what they were trained on.
    """
    limits = [512]
    positions = getattr(config, "max_position_embeddings", None)
    if isinstance(positions, int) and positions > 0:
        # RoBERTa's positions start after the padding index.
        offset = (config.pad_token_id or 0) + 1 if "roberta" in config.model_type else 0
        limits = [positions - offset]
    stated = getattr(tokenizer, "model_max_length", None)
    if isinstance(stated, int) and 0 < stated < 1_000_000:
        limits.append(stated)
    return min(limits)


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
