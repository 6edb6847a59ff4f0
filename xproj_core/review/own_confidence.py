"""A dataset's own confidence model: moved by what people corrected in it."""

from __future__ import annotations

from dataclasses import replace

from xproj_core.confidence import CalibrationModel, model_in_use
from xproj_core.confidence.fitting import refit
from xproj_core.evaluate.calibration import rows
from xproj_core.review.corrections import corrected
from xproj_core.review.desk import Desk
from xproj_core.text.strings import counted


def fit_to_corrections(desk: Desk) -> CalibrationModel:
    """Fit the model that is in use to the finished sentences, and keep it with the dataset.

    The queue has to be prepared anew for its order to follow.

    Raises:
        InputError: too few entities of systems stand on finished sentences.
    """
    judged = rows(corrected(desk))
    start, sentences = model_in_use(), len(set(judged.groups.tolist()))
    basis = counted(sentences, "finished sentence")
    model = refit(start, judged, f"{start.fitted_on}; then moved by {basis} of this dataset")
    _keep(desk, model.dumps())
    return model


def forget(desk: Desk) -> None:
    """Use the model that is in use elsewhere again."""
    _keep(desk, None)


def _keep(desk: Desk, text: str | None) -> None:
    desk.settings = replace(desk.settings, confidence=text)
    desk.store.reviews.set(desk.dataset.id, desk.settings)
