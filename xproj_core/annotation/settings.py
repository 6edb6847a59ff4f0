"""How a dataset is reviewed, and the layers that its documents lie in."""

from __future__ import annotations

from dataclasses import dataclass

from xproj_core.domain.codec import Layout, register

SHARED, GOLD = "shared", "gold"
_OWN = "by:"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a dataset is reviewed.

    Attributes:
        run: the run whose records are corrected; "" for what came with the items.
        system: the one whose entities are corrected, the others are shown beside it; "" for the
            first. A document keeps what it had when somebody first changed it.
        double: everybody corrects in a layer of their own, without seeing the others'; the gold
            layer is made from them. Otherwise all correct the same documents.
        confidence: the confidence model fitted to the corrections, as JSON text; None for the
            one that is in use elsewhere.
    """

    run: str = ""
    system: str = ""
    double: bool = False
    confidence: str | None = None

    def layer(self, by: str) -> str:
        """Where a person's corrections go."""
        return own_layer(by) if self.double else SHARED


register(Settings, Layout(omit=("confidence",)))


def own_layer(by: str) -> str:
    """The layer of one person."""
    return f"{_OWN}{by}"


def annotator(layer: str) -> str:
    """Whose layer it is; "" for one that nobody owns."""
    return layer.removeprefix(_OWN) if layer.startswith(_OWN) else ""
