"""What there is: presets, what is in memory, back ends, packages, the device."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import streamlit as st

from xproj_core.align import aligners
from xproj_core.domain.errors import XProjError
from xproj_core.domain.registry import Entry
from xproj_core.engines.presets import PRESETS, Preset
from xproj_core.models.protocols import Engine
from xproj_core.registries import plugin_problems
from xproj_core.tag import taggers
from xproj_core.translate import translators
from xproj_ui.engines import shelf, title
from xproj_ui.languages_menu import name
from xproj_ui.project_page import answer, state
from xproj_ui.say import escaped, say

PACKAGES = ("torch", "transformers", "ctranslate2", "simalign", "spacy", "sentencepiece", "eflomal")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of plain text."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(escaped(cell) or " " for cell in row) + " |" for row in rows]
    st.markdown("\n".join(lines))


def presets() -> None:
    """One card per preset, with a button that loads it and uses it."""
    places = st.columns(len(PRESETS), gap="medium")
    for place, preset in zip(places, PRESETS.values(), strict=True):
        with place, st.container(border=True, height="stretch"):
            _card(preset)


def _card(preset: Preset) -> None:
    loaded = preset.name in shelf().loaded()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{preset.title}**", width="content")
        if loaded:
            st.badge("loaded", color="green", icon=":material/check:")
        if st.session_state[state.key("engine")] == preset.name:
            st.badge("in use", color="blue")
    st.markdown(preset.summary)
    table(
        ("part", "model"),
        [
            ("translator", preset.translator),
            ("aligner", preset.aligner),
            ("tagger", preset.tagger or "none"),
        ],
    )
    if st.button("Use it" if loaded else "Load it and use it", key=f"use_{preset.name}"):
        use(preset.name)


def use(engine: str) -> bool:
    """Load an engine and choose it; says what went wrong if it cannot be loaded."""
    try:
        with st.spinner(f"Loading {title(engine)} …", show_time=True):
            shelf().get(engine)
    except XProjError as error:
        say(str(error))
        return False
    answer.allow(engine)
    state.choose_engine(engine)
    st.switch_page("pages/project.py")
    return True


def in_memory() -> None:
    """The engines that are loaded, part by part, and how much memory the process uses."""
    loaded = shelf().loaded()
    if not loaded:
        st.markdown("No engine is loaded yet.")
        return
    table(
        ("engine", "translator", "aligner", "tagger", "tagger of the target"),
        [_parts(name, shelf().get(name)) for name in loaded],
    )
    used = _resident()
    if used is not None:
        st.caption(f"This process uses {used / 2**20:,.0f} MiB of memory.")


def _parts(name: str, engine: Engine) -> tuple[str, ...]:
    models = engine.models
    kinds = ("translator", "aligner", "tagger", "target_tagger")
    return (title(name), *(models.get(kind, "none") for kind in kinds))


def _resident() -> int | None:
    """Bytes of memory this process holds; None where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return None
    import resource

    return pages * resource.getpagesize()


def back_ends() -> None:
    """What is registered for each kind, and the packages it may need."""
    for kind, entries in (
        ("Translators", list(translators)),
        ("Aligners", list(aligners)),
        ("Taggers", list(taggers)),
    ):
        st.markdown(f"**{kind}**")
        table(("name", "what it is"), [(_called(e), e.summary) for e in entries])
    for problem in plugin_problems():
        say(problem, "note")
    st.markdown("**Packages**")
    table(("package", "version"), [(p, _version(p)) for p in PACKAGES])


def _called(entry: Entry) -> str:
    return f"{entry.name}:{entry.argument}" if entry.argument else entry.name


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def device() -> None:
    """Where big models run. Looking imports torch, which takes seconds: only when asked."""
    requested = st.session_state.get("look_for_device") or "torch" in sys.modules
    if not requested:
        st.markdown("Mini runs on the CPU and needs no torch.")
        st.button("Look for a GPU", key="look_for_device")
        return
    try:
        from xproj_core.models.device import pick

        with st.spinner("Asking torch …"):
            hardware = pick()
    except ImportError:
        st.markdown("torch is not installed: only Mini and CTranslate2 models run here.")
        return
    free = "" if hardware.free is None else f", {hardware.free / 2**30:.1f} GiB free"
    say(f"Big models run on {hardware}{free}.", "quiet")


def mini_pairs() -> None:
    """Which languages Mini translates between, and which it knows from the examples."""
    try:
        translator = shelf().get("mini").translator
    except XProjError as error:
        say(str(error))
        return
    machine = getattr(translator, "fallback", None) or translator
    directions: dict[str, list[str]] = {}
    for source, target in getattr(machine, "directions", ()):
        directions.setdefault(source, []).append(target)
    table(
        ("from", "into"),
        [(name(s), ", ".join(name(t) for t in ts)) for s, ts in sorted(directions.items())],
    )
    st.caption("Sentences of the examples have human translations in their languages as well.")
