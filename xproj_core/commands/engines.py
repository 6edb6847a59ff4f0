"""List the engines, and the back ends they are made of."""

from __future__ import annotations

import argparse
from importlib.util import find_spec

from xproj_core.align import aligners
from xproj_core.commands.output import tell
from xproj_core.engines.fingerprint import ModelRegistry
from xproj_core.engines.presets import PRESETS
from xproj_core.registries import plugin_problems
from xproj_core.tag import taggers
from xproj_core.text.unspaced import announced
from xproj_core.translate import translators

SUMMARY = "what is installed, on which device"
_PACKAGES = ("torch", "transformers", "ctranslate2", "simalign", "spacy", "eflomal")


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> None:
    """Print presets, back ends, packages and the device."""
    for preset in PRESETS.values():
        print(f"{preset.name}: {preset.summary}")
    registries: tuple[ModelRegistry, ...] = (translators, aligners, taggers)
    for registry in registries:
        print(f"\n{registry.kind}s")
        for entry in registry:
            argument = f":{entry.argument}" if entry.argument else ""
            print(f"  {entry.name + argument:34} {entry.summary}")
    installed = ", ".join(p for p in _PACKAGES if find_spec(p))
    print(f"\npackages: {installed or 'none'}")
    print(announced())
    if find_spec("torch"):
        from xproj_core.models.device import pick

        print(f"device: {pick()}")
    tell(plugin_problems())
