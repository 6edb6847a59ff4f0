"""A run in one line, printed with every figure: enough to run it again, and to see that it is
the same.

mode:label|languages:en>de via fr|engine:mini@8e0f5a7b|methods:direct,pivot|projector:min-max|
settings:1a2b3c4d|given:translations,labels|data:9f8e7d6c5b4a|version:0.1.0

Options stand behind a name where they are not the defaults; `settings` is a hash of them all.
"@" precedes the fingerprint of the files that the models are made of.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from urllib.parse import unquote

from xproj_core import __version__
from xproj_core.answers.choice import parse_choices, write_choices
from xproj_core.answers.many_items import Given
from xproj_core.answers.system import signature_line
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.engines import fingerprint
from xproj_core.methods import Mode
from xproj_core.runs.configuration import RunConfiguration

FORMAT = 2
"""Of what is made of the same models, settings and data. Raise it when methods, projectors or
noises give other answers than before: what was begun before is then not gone on with."""
_NEEDED = frozenset(
    ("mode", "languages", "engine", "methods", "projector", "settings", "given", "data", "version")
)
_LANGUAGES = re.compile(r"(\S+?)>(\S+)(?: via (\S+))?")


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature says.

    Attributes:
        models: engine name to fingerprint.
        settings: hash of all options.
        data: hash of the data.
        version: XProj's, which says who wrote it and decides nothing.
        format: as `FORMAT` was then.
    """

    configuration: RunConfiguration
    models: dict[str, str]
    settings: str
    data: str
    version: str
    format: int = 1

    def differences(self, other: Signed) -> list[str]:
        """What is not as in `other`, the run that is to be reproduced; a sentence each."""
        differences = []
        if self.data != other.data:
            differences.append(f"the data are others ({self.data}, not {other.data})")
        differences += [
            f"the models of {name} are others ({digest}, not {other.models[name]})"
            for name, digest in self.models.items()
            if other.models.get(name) not in (None, digest)
        ]
        if self.settings != other.settings:
            differences.append("a parameter that was left at its default has another default now")
        if self.format != other.format:
            differences.append(
                "methods, projectors or noises work otherwise in this version of XProj"
            )
        return differences


def data_hash(items: Iterable[Item]) -> str:
    """The first 12 hex digits of SHA-256 over all that a run may see of the items."""
    digest = hashlib.sha256()
    for item in items:
        sides = [("source", item.source), ("target", item.target), *sorted(item.others.items())]
        for name, sentence in sides:
            if sentence is None:
                continue
            known = "gold" if name in item.gold else ""
            digest.update(
                "\t".join((name, known, sentence.language, *sentence.tokens)).encode() + b"\n"
            )
            digest.update(f"{sentence.text!r}\n".encode())
            for span in sentence.spans:
                digest.update(f"{span.start}\t{span.end}\t{span.label}\n".encode())
        if item.links is not None:
            links = sorted(item.links.sure), sorted(item.links.possible)
            digest.update(f"{links}\n".encode())
    return digest.hexdigest()[:12]


def sign(configuration: RunConfiguration, data: str) -> Signed:
    """The signature of a checked configuration over data of this hash, with today's models."""
    models = {name: fingerprint.of_engine(name) for name in configuration.engines}
    settings = configuration.settings_hash
    return Signed(configuration, models, settings, data, __version__, FORMAT)


def as_line(signed: Signed) -> str:
    """The signature as it is printed."""
    configuration = signed.configuration
    given_names = [name for name, enabled in asdict(configuration.given).items() if enabled]
    via = f" via {configuration.pivot}" if configuration.pivot else ""
    return signature_line(
        {
            "mode": configuration.mode.value,
            "languages": f"{configuration.source}>{configuration.target}{via}",
            "engine": ";".join(
                _quoted(f"{name}@{digest}") for name, digest in signed.models.items()
            ),
            "methods": write_choices(configuration.methods),
            "projector": write_choices(configuration.projectors),
            "settings": signed.settings,
            "given": ",".join(given_names) or "nothing",
            "labels": ",".join(
                f"{_quoted(a)}>{_quoted(b or '')}" for a, b in configuration.labels.items()
            ),
            "data": signed.data,
            # lines were written before there were formats
            "format": signed.format if signed.format > 1 else "",
        }
    )


def parse(text: str) -> Signed:
    """What `as_line` wrote.

    Raises:
        InputError: it is no signature, or names what this XProj does not have.
    """
    parts = dict(part.partition(":")[::2] for part in text.strip().split("|"))
    source, target, pivot = _languages(parts)
    models = dict(
        unquote(engine_part).rpartition("@")[::2]
        if "@" in engine_part
        else (unquote(engine_part), "")
        for engine_part in parts["engine"].split(";")
    )
    given_names = parts["given"].split(",")
    labels = dict(pair.partition(">")[::2] for pair in parts.get("labels", "").split(",") if pair)
    configuration = RunConfiguration(
        source=source,
        target=target,
        pivot=pivot,
        mode=Mode(parts["mode"]),
        engines=tuple(models),
        methods=parse_choices(parts["methods"], "method"),
        projectors=parse_choices(parts["projector"], "projector"),
        given=Given(**{f.name: f.name in given_names for f in fields(Given)}),
        labels={unquote(a): unquote(b) or None for a, b in labels.items()},
    )
    return Signed(
        configuration.checked(),
        models,
        parts["settings"],
        parts["data"],
        parts["version"],
        int(parts.get("format", "1")),
    )


def _languages(parts: Mapping[str, str]) -> tuple[str, str, str | None]:
    """Source, target and pivot, once nothing is missing."""
    missing = sorted(_NEEDED - parts.keys())
    codes = _LANGUAGES.fullmatch(parts.get("languages", ""))
    modes, format = {mode.value for mode in Mode}, parts.get("format", "1")
    if missing or codes is None or parts["mode"] not in modes or not format.isdecimal():
        wrong = "its mode, languages or format are wrong"
        lacks = f"it lacks {', '.join(missing)}" if missing else wrong
        raise InputError(
            f"This is no signature of a run: {lacks}. Copy the whole line that was printed with"
            " the figures, and put it in quotation marks."
        )
    return codes[1], codes[2], codes[3]


def data_in(text: str) -> str:
    """The data's hash in a signature; "" where there is none."""
    return next((p.partition(":")[2] for p in text.split("|") if p.startswith("data:")), "")


def _quoted(text: str) -> str:
    """What separates the parts of a signature does not occur within one."""
    return re.sub(r"[%|;,>\x00-\x1f]", lambda m: f"%{ord(m[0]):02X}", text)
