"""Tables whose cells open the sentences behind them, and go into a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import streamlit as st

from xproj_core.domain.codec import RawJson
from xproj_core.drawing.colours import ROLES, faded
from xproj_core.evaluate.analysis.selection import Pick
from xproj_core.tables.csv_table import csv_of
from xproj_ui.analyse_page import state

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler
    from streamlit.elements.lib.column_types import ColumnConfig

Row = Mapping[str, object]
_SHADE, _ = ROLES["shade"]
_WHOLE = 24  # rows that are shown without scrolling
Opens = Callable[[int, str], Pick | None]


def table(
    name: str,
    rows: Sequence[Row],
    opens: Opens | None,
    *,
    percent: Sequence[str] = (),
    shade: Callable[[int, str], float] | None = None,
    alt: str,
) -> None:
    """Rows of one shape.

    Args:
        name: of the file, and the widget's key.
        opens: for row and column, the sentences that a click on the cell lists; None for a table
            whose figures were not made from these sentences.
        percent: columns that hold fractions, to be shown in per cent.
        shade: for row and column, how dark the cell is, in [0, 1].
        alt: what the table shows, for screen readers.
    """
    import pandas as pd

    if not rows:
        return
    frame = pd.DataFrame(list(rows)).convert_dtypes()
    key = f"an_table_{name}_{state.times_closed()}"
    config = _columns(frame, percent)
    shown = frame if shade is None else _coloured(frame, shade)
    height: Literal["content", "auto"] = "content" if len(rows) <= _WHOLE else "auto"
    st.dataframe(
        shown,
        hide_index=True,
        key=key,
        column_config=config,
        alt=alt,
        height=height,
        placeholder="–",
        **({} if opens is None else _selecting(key, opens)),
    )
    _download(name, rows, f"{key}_csv")


def _download(name: str, rows: Sequence[Row], key: str) -> None:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    st.download_button(
        "CSV",
        lambda: csv_of(headings, ([row.get(h) for h in headings] for row in rows)).encode(),
        f"{name}.csv",
        "text/csv",
        key=key,
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def _selecting(key: str, opens: Opens) -> RawJson:
    """What lets a click on a cell list its sentences."""

    def chosen() -> None:
        cells = st.session_state[key].selection.cells
        if cells:
            row, column = cells[0]
            pick = opens(int(row), str(column))
            if pick is not None:
                state.open_list(pick)

    return {"on_select": chosen, "selection_mode": "single-cell"}


def _columns(frame: pd.DataFrame, percent: Sequence[str]) -> dict[str, ColumnConfig]:
    """How numbers are written; the fractions among them are turned into per cent in `frame`."""
    config: dict[str, ColumnConfig] = {
        str(c): st.column_config.NumberColumn(format="localized")
        for c in frame.select_dtypes("integer")
    }
    for column in (c for c in percent if c in frame):
        config[column] = st.column_config.NumberColumn(format="%.1f %%")
        frame[column] = [None if v is None else v * 100 for v in frame[column]]
    return config


def _coloured(frame: pd.DataFrame, shade: Callable[[int, str], float]) -> Styler:
    """Colours with alpha, so that both themes show through."""
    shaded = frame.style.apply(lambda _: _shaded(frame, shade), axis=None)
    return shaded.format(na_rep="–", thousands=",")


def sentences_button(label: str, pick: Pick, name: str) -> None:
    """A number in a line of text that lists its sentences."""
    st.button(
        label,
        key=f"an_open_{name}",
        type="tertiary",
        icon=":material/list:",
        on_click=state.open_list,
        args=(pick,),
    )


def _shaded(frame: pd.DataFrame, shade: Callable[[int, str], float]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        [
            [f"background-color: {faded(_SHADE, 0.65 * shade(k, str(c)))}" for c in frame]
            for k in range(len(frame))
        ],
        columns=frame.columns,
    )
