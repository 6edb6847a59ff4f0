"""Methods, by name."""

from __future__ import annotations

from xproj_core.domain.registry import Registry
from xproj_core.methods.base import SLOTS, Edit, Method, Mode, Task, places_labels
from xproj_core.methods.steps import Memo, Steps

__all__ = ["SLOTS", "Edit", "Memo", "Method", "Mode", "Steps", "Task", "methods", "places_labels"]

methods: Registry[Method] = Registry("method")
_here = "xproj_core.methods"
methods.add("direct", f"{_here}.direct:Direct", "Translate and align the two sentences")
methods.add("pivot", f"{_here}.pivot:Pivot", "Link through a third language")
methods.add(
    "back_translation",
    f"{_here}.back_translation:BackTranslation",
    "Refine the links through the translation of the translation",
)
methods.add(
    "marked_back_translation",
    f"{_here}.marked_back_translation:MarkedBackTranslation",
    "The paper's variant: back-translate with markers around the entities",
)
methods.add("markers", f"{_here}.markers:Markers", "Translate with markers around the entities")
methods.add("model_transfer", f"{_here}.model_transfer:ModelTransfer", "Tag the target directly")
methods.add(
    "ensemble", f"{_here}.ensemble:Ensemble", "Let methods, or several source languages, vote"
)
