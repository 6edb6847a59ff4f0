"""Options that several commands share."""

from __future__ import annotations

import argparse

from xproj_core.domain.defaults import DEFAULT_PROJECTOR
from xproj_core.domain.parameters import parse_options
from xproj_core.project import projectors
from xproj_core.project.base import Projector


def add_projector(parser: argparse.ArgumentParser) -> None:
    """--projector NAME --set key=value ..."""
    names = ", ".join(projectors.names())
    parser.add_argument("--projector", default=DEFAULT_PROJECTOR, metavar="NAME", help=names)
    parser.add_argument(
        "--set",
        nargs="+",
        action="extend",
        default=[],
        metavar="KEY=VALUE",
        help="parameters of the projector",
    )


def projector_of(options: argparse.Namespace) -> Projector:
    """The projector that the options ask for."""
    name = options.projector
    return projectors.create(name, **parse_options(name, options.set, projectors.parameters(name)))
