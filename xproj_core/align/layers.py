"""Computing an encoder only up to the layer that is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor, nn
    from transformers import PretrainedConfig

Forward = Callable[["nn.Module", "Tensor", "Tensor", int], "Tensor"]


def depth(config: PretrainedConfig) -> int:
    """The number of encoder layers a configuration states."""
    for name in ("encoder_layers", "num_hidden_layers", "n_layers", "num_layers"):
        value = getattr(config, name, None)
        if isinstance(value, int):
            return value
    raise ValueError(f"a {config.model_type} configuration states no number of layers")


def cut(model: nn.Module, n_layers: int, layer: int) -> Forward:
    """Drop the layers above `layer` from `model`; the returned function runs the rest.

    Hidden state k is the output of the k-th layer, 0 the embeddings, as in `hidden_states` of
    transformers. Where the layers cannot be told apart safely (shared or oddly named ones),
    all of them are computed and the state is picked.

    Returns:
        forward(model, input_ids, attention_mask, layer) -> (batch, length, size).
    """
    from torch import nn

    stacks = [m for m in model.modules() if isinstance(m, nn.ModuleList) and len(m) == n_layers]
    if layer == n_layers:
        return _last_state
    if len(stacks) != 1 or layer == 0:
        return _pick_state
    del stacks[0][layer:]
    caught: list[Tensor | tuple[Tensor, ...]] = []
    stacks[0][layer - 1].register_forward_hook(lambda _m, _i, output: caught.append(output))

    def forward(model: nn.Module, ids: Tensor, mask: Tensor, _: int) -> Tensor:
        caught.clear()
        model(input_ids=ids, attention_mask=mask)
        output = caught.pop()
        return output[0] if isinstance(output, tuple) else output

    return forward


def _last_state(model: nn.Module, ids: Tensor, mask: Tensor, _: int) -> Tensor:
    state: Tensor = model(input_ids=ids, attention_mask=mask).last_hidden_state
    return state


def _pick_state(model: nn.Module, ids: Tensor, mask: Tensor, layer: int) -> Tensor:
    states = model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
    state: Tensor = states[layer]
    return state
