"""What a sweep found: curves, areas, crossings, files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from xproj_core.domain import codec
from xproj_core.domain.codec import RawJson
from xproj_core.robustness.results import (
    INDEPENDENT,
    Results,
    as_csv,
    as_table,
    describe_crossing,
    percent,
)
from xproj_ui.address import robustness
from xproj_ui.address.robustness_view import View
from xproj_ui.robustness_page import state
from xproj_ui.robustness_page.charts import figure, system_title
from xproj_ui.robustness_page.controls import noise_title
from xproj_ui.say import escaped, say


def show_results(results: Results, *, live: bool = False) -> None:
    """Everything; of a sweep that is still running (`live`) the curves alone."""
    _curves(results, live)
    if live:
        return
    st.caption(
        "Bands are 95 % intervals over resampled sentences and seeds. Click a point to see"
        " sentences below."
    )
    _areas(results)
    _crossings(results)
    _downloads(results)
    say(results.signature, "quiet")


def _curves(results: Results, live: bool) -> None:
    wide = 2 if len(results.noises) > 1 else 1
    for k, noise in enumerate(results.noises):
        if k % wide == 0:  # a row of its own for each two: narrow screens keep the order
            places = st.columns(wide, gap="medium")
        with places[k % wide]:
            st.markdown(f"**{escaped(noise_title(noise))}**")
            key = f"rb_chart_{k}{'_live' if live else ''}"
            more: RawJson = (
                {}
                if live
                else {
                    "on_select": partial(_clicked, key),
                    "selection_mode": "points",
                }
            )
            st.plotly_chart(
                figure(results, noise),
                theme="streamlit",
                width="stretch",
                key=key,
                config={"displayModeBar": False},
                **more,
            )


def _clicked(key: str) -> None:
    """Look at the sentences of the point that was clicked."""
    chosen = st.session_state[key].get("selection", {}).get("points", [])
    places = [p.get("customdata") for p in chosen]
    place = next((p[0] if isinstance(p, list) else p for p in places if p), None)
    if place:
        at = robustness.at(place)
        view: View = st.session_state[state.VIEW]
        if at is not None and at.rate:
            st.session_state[state.VIEW] = replace(view, at=at, sentence=None)


def _areas(results: Results) -> None:
    """Area under each curve, a row per system and a column per noise."""
    import pandas as pd

    st.markdown(
        "**Area under the curves**: mean F1 over the range of rates, with its interval, and"
        " what share of the clean F1 that is"
    )
    rows = {}
    for system in results.systems:
        cells = {"clean": percent(results.curve(results.noises[0], system).points[0].f1)}
        for noise in results.noises:
            curve = results.curve(noise, system)
            share = f"{100 * curve.relative.value:.0f} %"
            cells[noise] = f"{percent(curve.area)} · {share}"
        rows[system_title(system, results.systems)] = cells
    st.dataframe(pd.DataFrame.from_dict(rows, orient="index"), width="stretch")


def _crossings(results: Results) -> None:
    if not results.overtakings:
        return
    st.markdown("**Does a detour overtake direct projection?**")
    for noise in results.noises:
        lines = [
            f"- {escaped(f'{system_title(o.system, results.systems)}: {describe_crossing(o)}')}"
            for o in results.overtakings
            if o.noise == noise
        ]
        st.markdown(f"{escaped(noise_title(noise))}\n" + "\n".join(lines))
    st.caption(INDEPENDENT)


def _downloads(results: Results) -> None:
    with st.container(horizontal=True):
        for label, name, write, kind in (
            ("CSV", "robustness.csv", as_csv, "text/csv"),
            ("JSON", "robustness.json", _json, "application/json"),
            ("Markdown", "robustness.md", as_table, "text/markdown"),
        ):
            st.download_button(
                label,
                partial(_bytes, write, results),
                name,
                kind,
                key=f"rb_download_{label}",
                on_click="ignore",
                icon=":material/download:",
            )


def _json(results: Results) -> str:
    return json.dumps(codec.to_json(results), ensure_ascii=False, indent=1)


def _bytes(write: Callable[[Results], str], results: Results) -> bytes:
    return write(results).encode()
