"""One dataset on somebody's desk: what is shown first, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from xproj_core.annotation.commands import Command
from xproj_core.annotation.document import Document
from xproj_core.annotation.settings import GOLD, SHARED
from xproj_core.answers.choice import Choice, distinguish, parse_choices
from xproj_core.answers.sure_records import sure_records
from xproj_core.answers.system import System
from xproj_core.confidence import CalibrationModel, model_in_use
from xproj_core.confidence.calibration_model import loads
from xproj_core.domain import codec
from xproj_core.domain.defaults import DEFAULT_PROJECTOR
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.models.protocols import Engine
from xproj_core.review import adjudicate, conversion
from xproj_core.review.reproject import offering
from xproj_core.runs import configuration as configurations
from xproj_core.runs.answers import answers
from xproj_core.store.document_log import Where
from xproj_core.store.documents import Kept
from xproj_core.store.store import Store

_AT_ONCE = 256
_DEFAULT = (DEFAULT_PROJECTOR, dict[str, object]())


class Desk:
    """A dataset under review.

    Attributes:
        dataset: what is known of it.
        settings: how it is reviewed.
    """

    def __init__(self, store: Store, dataset: str, engine: Engine | None = None) -> None:
        """`engine` is for projectors that ask a model.

        Raises:
            StoreError: there is no such dataset.
        """
        self.store = store
        self.dataset = store.datasets.get(dataset)
        self.settings = store.reviews.settings(dataset)
        self._offering = offering(engine, self.model)

    @property
    def model(self) -> CalibrationModel:
        """What estimates how probable labels are right: fitted to the dataset, or in use
        elsewhere, also where the own one was fitted to features of former versions."""
        if self.settings.confidence:
            with suppress(InputError):
                return loads(self.settings.confidence)
        return model_in_use()

    # -- what there is ---------------------------------------------------------------------------

    def material(self, start: int, stop: int) -> Iterator[tuple[int, Item, dict[str, Record]]]:
        """Number, item and every system's record of the items `start` up to `stop`, streamed."""
        id = self.dataset.id
        stop = min(stop, self.dataset.items)
        if self.settings.run:
            run_answers = answers(self.store, self.settings.run, numbers=range(start, stop))
            last = start
            for number, (item, records) in enumerate(run_answers, start):
                yield number, item, records
                last = number + 1
            start = last  # a run that is not finished says nothing of the rest
        for first in range(start, stop, _AT_ONCE):
            end = min(stop, first + _AT_ONCE)
            by_number = {} if self.settings.run else self.store.reviews.records(id, first, end)
            for number, item in enumerate(self.store.datasets.items(id, first, end), first):
                yield number, item, by_number.get(number, {})

    def chosen(self, records: Mapping[str, Record]) -> Record | None:
        """The record that is corrected, of those that there are for an item."""
        if self.settings.system in records:
            return records[self.settings.system]
        return next(iter(records.values()), None)

    def start(self, number: int) -> Document:
        """The document as it is before anybody has done anything.

        Raises:
            StoreError: there is no such item.
        """
        material = next(self.material(number, number + 1), None)
        if material is None:
            self.store.datasets.at(self.dataset.id, number)  # says what is wrong
            raise InputError(f"The item number {number} cannot be read.")
        _, item, records = material
        records = sure_records(records, self.model)
        record = self.chosen(records)
        projector, options = _DEFAULT if record is None else self.projector(record.system)
        return conversion.document(
            item, record, records.values(), self.dataset.labels, projector, options
        )

    def projector(self, system: str) -> tuple[str, dict[str, object]]:
        """The projector of a system, with its options; the default one's where it is unknown."""
        name = str(System.parse(system).projector)
        try:
            if self.settings.run:
                run = self.store.runs.get(self.settings.run)
                chosen = configurations.from_json(run.configuration).projectors
                projectors = distinguish([choice.create("projector") for choice in chosen])
                by_name = {
                    str(choice): Choice.of(projector) for choice, projector in projectors.items()
                }
                choice = by_name[name]
            else:
                [choice] = parse_choices(name, "projector")
                choice = choice.full("projector")
            return choice.name, dict(choice.options)
        except (XProjError, KeyError, ValueError):
            return _DEFAULT

    # -- one document ----------------------------------------------------------------------------

    def where(self, number: int, by: str, layer: str | None = None) -> Where:
        """The place of a person's document of an item, or of that in a given layer."""
        return Where(self.dataset.id, number, self.settings.layer(by) if layer is None else layer)

    def open(self, number: int, by: str, layer: str | None = None) -> Kept:
        """The document as it is now.

        Raises:
            StoreError: there is no such item.
        """
        where = self.where(number, by, layer)
        return self.store.documents.get(where) or Kept(self._first(where))

    def do(
        self, number: int, by: str, sent: Mapping[str, object], layer: str | None = None
    ) -> Kept:
        """Carry out what the browser sent: {"id", "base_revision", "op", "args"}.

        When this returns, the change is on the disk.

        Raises:
            ConflictError: somebody else has changed the document since that revision.
            InputError: what was sent does not fit.
            StoreError: it could not be written.
        """
        where = self.where(number, by, layer)
        id, base = sent.get("id"), sent.get("base_revision")
        op, args = sent.get("op"), sent.get("args")
        if not (
            isinstance(id, str)
            and isinstance(op, str)
            and isinstance(args, Mapping)
            and isinstance(base, int)
            and op != "patch"
        ):
            raise InputError("What was sent is no command. Reload the page and try again.")
        command = self._adopting(where, args) if op == "adopt" else Command(op, args)
        return self.store.documents.do(
            where,
            command,
            id=id,
            by=by,
            base_revision=base,
            initial=lambda: self._first(where),
            offering=self._offering,
        )

    def versions(self, number: int) -> dict[str, Document]:
        """What each annotator made of an item, by layer; layers that nobody touched are not in."""
        versions: dict[str, Document] = {}
        for layer in self.store.documents.layers(self.dataset.id, number):
            snapshot = self.store.documents.get(Where(self.dataset.id, number, layer))
            if layer != GOLD and snapshot is not None:
                versions[layer] = snapshot.document
        return versions

    def _first(self, where: Where) -> Document:
        """A layer's document before anybody has done anything in it."""
        if where.layer == GOLD:
            versions = self.versions(where.number)
            if versions:
                return adjudicate.agreed(versions)
        return self.start(where.number)

    def _adopting(self, where: Where, args: Mapping[str, Any]) -> Command:
        """ "adopt" with the spans and links of the layer that it names.

        Raises:
            InputError: there are no such spans or links.
        """
        layer = args.get("layer")
        there = self.versions(where.number).get(layer) if isinstance(layer, str) else None
        if there is None:
            raise InputError("There is no such version of this sentence.")
        own = self.open(where.number, "", where.layer).document
        for side in ("source", "target"):
            other_side, own_side = getattr(there, side), getattr(own, side)
            if (
                other_side is not None
                and own_side is not None
                and other_side.tokens != own_side.tokens
            ):
                raise InputError(f"That version has another {side} text; label it by hand.")
        try:
            spans = [codec.to_json(there.spans[id]) for id in args.get("spans", ())]
            links = [codec.to_json(there.links[i, j]) for i, j in args.get("links", ())]
        except (KeyError, TypeError, ValueError) as error:
            raise InputError("The span or link is not there any more.") from error
        return Command("adopt", {"layer": layer, "spans": spans, "links": links})


__all__ = ["GOLD", "SHARED", "Desk"]
