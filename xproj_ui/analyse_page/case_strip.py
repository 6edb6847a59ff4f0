"""The steps that an entity went through as a line of HTML, the failed one marked."""

from __future__ import annotations

from html import escape

from xproj_core.drawing.colours import ROLES, STEPS, adaptive
from xproj_core.drawing.payload_types import StageView
from xproj_core.drawing.stages import stages_of_case
from xproj_core.evaluate.errors.taxonomy import Case

_SIGNS = {"done": "✓", "failed": "✕", "open": "…", "absent": "–"}
_TITLES = {
    "done": "nothing is known to be wrong here",
    "open": "not reached",
    "absent": "not in this method",
}
_LINE = "display:flex;flex-wrap:wrap;gap:.2rem .6rem;margin:0;padding:0;list-style:none"


def strip(case: Case, alone: bool) -> str:
    """translate ✓ · tag ✕ missed by the tagger · link … · place …

    Args:
        alone: a tagger read the target itself.
    """
    items = "".join(map(_item, stages_of_case(case, alone)))
    label = "The steps that it went through"
    return f'<ol class="xp-steps" aria-label="{label}" style="{_LINE};font-size:.85em">{items}</ol>'


def _item(stage: StageView) -> str:
    sign, name = _SIGNS[stage["state"]], escape(stage["name"])
    item = "margin:0;font-size:inherit"
    if stage["state"] != "failed":
        title = _TITLES[stage["state"]]
        style = f"{item};color:{adaptive(ROLES['soft'])}"
        return f'<li style="{style}" title="{title}">{sign} {name}</li>'
    style = f"{item};font-weight:650;color:{adaptive(STEPS[stage['step']])}"
    return f'<li class="failed" style="{style}">{sign} {name}: {escape(stage["text"])}</li>'
