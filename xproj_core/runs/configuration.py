"""What a run is asked to do; with its data and its models this decides every figure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from xproj_core.answers.choice import Choice, Kind
from xproj_core.answers.many_items import Given, Job
from xproj_core.domain import Sentence, codec, languages
from xproj_core.domain.codec import Json, Layout
from xproj_core.domain.defaults import DEFAULT_METHODS, DEFAULT_PROJECTOR
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.engines.presets import preset
from xproj_core.methods import Memo, Mode
from xproj_core.models.protocols import Engine
from xproj_core.tag.mapped import LabelMap, MappedTagger, mapped


@dataclass(frozen=True)
class RunConfiguration:
    """Methods × projectors × engines, and what they are given.

    Attributes:
        source, target, pivot: language codes; pivot None without one.
        engines: names as in `presets`.
        given: what is taken from the data where they have it.
        labels: labels that the data or a tagger use to those that count; None drops one.
    """

    source: str
    target: str
    pivot: str | None = None
    mode: Mode = Mode.LABEL
    engines: tuple[str, ...] = ("mini",)
    methods: tuple[Choice, ...] = tuple(Choice(name) for name in DEFAULT_METHODS)
    projectors: tuple[Choice, ...] = (Choice(DEFAULT_PROJECTOR),)
    given: Given = field(default_factory=Given)
    labels: LabelMap = field(default_factory=dict)

    def checked(self) -> RunConfiguration:
        """The same with language codes in their usual form; loads nothing.

        Raises:
            XProjError: something in it cannot be run; the message says what.
        """
        source, target = languages.two(self.source, self.target)
        pivot = languages.normalise(self.pivot) if self.pivot else None
        for what, chosen in (
            ("method", self.methods),
            ("projector", self.projectors),
            ("engine", self.engines),
        ):
            if not chosen:
                raise InputError(f"Choose at least one {what}.")
        for engine in self.engines:
            preset(engine)
        self.settings()
        if any(choice.name == "pivot" for choice in self.methods):
            if pivot is None:
                raise InputError("The method pivot needs a pivot: a third language. Choose one.")
            if pivot in (source, target):
                raise InputError(
                    f"The pivot is {languages.name(pivot)}, as one of the two sides is. Choose a"
                    " third language."
                )
        return replace(self, source=source, target=target, pivot=pivot)

    def settings(self) -> dict[str, list[Json]]:
        """Every option of every method and projector, those left at their defaults too."""
        chosen: dict[Kind, tuple[Choice, ...]] = {
            "method": self.methods,
            "projector": self.projectors,
        }
        return {
            kind: [{"name": c.name, **c.full(kind).options} for c in choices]
            for kind, choices in chosen.items()
        }

    @property
    def settings_hash(self) -> str:
        """8 hex digits over `settings`: another one if a default has changed since."""
        return hashlib.sha256(json.dumps(self.settings()).encode()).hexdigest()[:8]

    @property
    def side(self) -> str:
        """The side that the mode starts from, "target" or "source"."""
        return "target" if self.mode is Mode.LABEL else "source"

    @property
    def systems(self) -> tuple[str, ...]:
        """The names of all systems."""
        nothing: Any = None
        return tuple(name for job in self.jobs(lambda _: nothing) for name in job.systems)

    def jobs(
        self, load: Callable[[str], Engine], new_memo: Callable[[str], Memo] | None = None
    ) -> list[Job]:
        """A job per engine.

        Args:
            load: the engine by its name.
            new_memo: the memory for a chunk, by the engine's name.

        Raises:
            EngineError: a model cannot be loaded.
        """
        jobs = []
        for name in self.engines:
            engine = load(name)
            jobs.append(
                Job(
                    self._with_map(engine) if self.labels else engine,
                    [choice.create("method") for choice in self.methods],
                    [choice.create("projector") for choice in self.projectors],
                    self.mode,
                    self.source,
                    self.target,
                    self.pivot,
                    self.given,
                    new_memo=partial(new_memo, name) if new_memo else Memo,
                    engine_name=name if len(self.engines) > 1 else "",
                )
            )
        return jobs

    def _with_map(self, engine: Engine) -> Engine:
        if engine is None:
            return engine
        tagger, target_tagger = (
            None if t is None else MappedTagger(t, self.labels)
            for t in (engine.tagger, engine.target_tagger)
        )
        return replace(engine, tagger=tagger, target_tagger=target_tagger)

    def item(self, item: Item) -> Item:
        """An item with the labels that count."""
        if not self.labels:
            return item
        return replace(
            item,
            source=self._mapped(item.source),
            target=self._mapped(item.target),
            others={
                code: s.labelled(mapped(s.spans, self.labels)) for code, s in item.others.items()
            },
        )

    def _mapped(self, sentence: Sentence | None) -> Sentence | None:
        return None if sentence is None else sentence.labelled(mapped(sentence.spans, self.labels))


codec.register(
    RunConfiguration,
    Layout(
        order=("mode",),
        required=("pivot", "mode", "engines", "methods", "projectors", "given", "labels"),
    ),
)


def as_json(configuration: RunConfiguration) -> Json:
    """Plain JSON values; `from_json` gives the configuration back."""
    return codec.to_object(configuration)


def from_json(values: Json) -> RunConfiguration:
    """The configuration that `as_json` wrote.

    Raises:
        InputError: it is not one.
    """
    return codec.from_json(RunConfiguration, values)
