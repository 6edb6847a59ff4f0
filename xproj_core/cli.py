"""The command line: `xproj COMMAND ...` or `python -m xproj_core COMMAND ...`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from xproj_core import __version__
from xproj_core.domain.errors import XProjError

COMMANDS = (
    "align",
    "project",
    "evaluate",
    "confidence",
    "tag",
    "vote",
    "run",
    "runs",
    "datasets",
    "report",
    "convert",
    "repair",
    "noise",
    "engines",
    "train",
)
"""Each is a module of `xproj_core.commands` with SUMMARY, arguments(parser) and run(options)."""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="xproj", description="Carry entity labels from one language to another."
    )
    top.add_argument("--version", action="version", version=f"xproj {__version__}")
    subparsers = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        module = import_module(f"xproj_core.commands.{name}")
        sub = subparsers.add_parser(name, help=module.SUMMARY, description=module.__doc__)
        module.arguments(sub)
        sub.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what the user can put right is one sentence on standard error.

    Returns:
        0, or 2 when the input or the engine cannot be used.
    """
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except XProjError as error:
        print(f"xproj {options.command}: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""  # a full disk names no file
        print(f"xproj {options.command}: {where}{error.strerror or error}.", file=sys.stderr)
        return 2
    except MemoryError:
        print(
            f"xproj {options.command}: memory ran out. Split the file, or its longest sentences.",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        print(f"xproj {options.command}: stopped.", file=sys.stderr)
        return 130
    return 0
