"""Everything a person can do to a document: one pure function per command.

`apply` never looks at a clock, a store or a model. What a command was not asked about stays as
it is: no other span or link is removed or changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from xproj_core.annotation.arguments import Arguments
from xproj_core.annotation.document import (
    SIDES,
    Document,
    Mark,
    MarkedLink,
    MarkedSpan,
    Offer,
    Status,
)
from xproj_core.annotation.patch import Patch
from xproj_core.annotation.retext import retext
from xproj_core.domain import codec
from xproj_core.domain.errors import InputError

Offering = Callable[[Document, Document], Offer | None]
"""(before, after a change of links or spans) → the offer that follows from it, or None."""


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody asks for: an operation with its arguments, all plain JSON values."""

    op: str
    args: Mapping[str, Any] = field(default_factory=dict)


def apply(
    document: Document, command: Command, by: str, offering: Offering | None = None
) -> tuple[Document, Command]:
    """The document after `command`, and the command that leads back.

    Args:
        by: the person's name.
        offering: finds what a projector makes of changed links; without it nothing is offered,
            and an offer that spans were changed under is withdrawn.

    Raises:
        InputError: an unknown operation, or arguments that do not fit the document.
    """
    if command.op == "patch":  # an inverse; the service lets nobody send one
        patch = codec.from_json(Patch, command.args)
    else:
        operation = _OPERATIONS.get(command.op)
        if operation is None:
            raise InputError(
                f"There is no operation {command.op!r}. Known: {', '.join(OPERATIONS)}."
            )
        patch = operation(document, Arguments(command.op, command.args, document), by)
        if command.op not in ("take_offer", "keep", "retext"):
            _renew_offer(document, patch, offering)
    return patch.on(document), Command("patch", codec.to_object(patch.inverse(document)))


def _renew_offer(document: Document, patch: Patch, offering: Offering | None) -> None:
    """A change of links may lead to an offer; a change of spans may make one pointless."""
    relinked = any(_live(document.links.get(p)) != _live(new) for p, new in patch.links.items())
    if not relinked and (document.offer is None or not patch.spans):
        return
    offer = None if offering is None else offering(document, patch.on(document))
    if offer != document.offer:
        patch.fields["offer"] = offer


def _live(link: MarkedLink | None) -> tuple[bool, bool]:
    return (False, False) if link is None or not link.mark.live else (True, link.possible)


# -- spans --------------------------------------------------------------------------------------


def _add_span(document: Document, arguments: Arguments, by: str) -> Patch:
    side = arguments.side("side")
    start, end = arguments.range(side)
    label = arguments.label("label")
    for other in document.on(side):
        if other.place == (start, end, label):
            raise InputError(f"There is a {label} on these words already.")
    id = _free_id(document, arguments)
    mark = Mark(by, "person", status="accepted", editor=by)
    return Patch(spans={id: MarkedSpan(id, side, start, end, label, mark)})


def _free_id(document: Document, arguments: Arguments) -> str:
    """The id that the service chose, which the log has not seen yet; without one, a free one."""
    chosen = arguments.text("id", default="")
    if chosen in document.spans:
        raise InputError(f"There is a span {chosen} already.")
    return chosen or next(i for n in count() if (i := f"p{n}") not in document.spans)


def _delete_span(document: Document, arguments: Arguments, by: str) -> Patch:
    span = arguments.span("id")
    return Patch(spans={span.id: _deleted(span, by)})


def _deleted(span: MarkedSpan, by: str) -> MarkedSpan | None:
    """A person's own span goes; what a machine or a file said is kept as rejected."""
    if span.mark.by == "person":
        return None
    return replace(span, mark=replace(span.mark, status="rejected", editor=by, stale=False))


def _relabel(document: Document, arguments: Arguments, by: str) -> Patch:
    span = arguments.span("id")
    return _respan(document, span, replace(span, label=arguments.label("label")), by)


def _resize(document: Document, arguments: Arguments, by: str) -> Patch:
    span = arguments.span("id")
    start, end = arguments.range(span.side)
    return _respan(document, span, replace(span, start=start, end=end), by)


def _respan(document: Document, old: MarkedSpan, new: MarkedSpan, by: str) -> Patch:
    if new == old:
        return Patch()
    for other in document.on(old.side):
        if other.id != old.id and other.place == new.place:
            raise InputError(f"There is a {new.label} on these words already.")
    return Patch(spans={old.id: replace(new, mark=_corrected(old.mark, by))})


def _corrected(mark: Mark, by: str) -> Mark:
    status = mark.status if mark.by == "person" and mark.live else "corrected"
    return replace(mark, status=status, editor=by, stale=False)


# -- links --------------------------------------------------------------------------------------


def _link(document: Document, arguments: Arguments, by: str) -> Patch:
    pair = arguments.pair("source", "target")
    possible = arguments.flag("possible", default=False)
    old = document.links.get(pair)
    if old is None:
        new = MarkedLink(*pair, possible, Mark(by, "person", status="accepted", editor=by))
    elif old.mark.live and old.possible == possible:
        return Patch()
    elif old.possible == possible:  # rejected before, and now wanted after all
        new = replace(old, mark=replace(old.mark, status="accepted", editor=by, stale=False))
    else:
        new = replace(old, possible=possible, mark=_corrected(old.mark, by))
    return Patch(links={pair: new})


def _unlink(document: Document, arguments: Arguments, by: str) -> Patch:
    pair = arguments.pair("source", "target")
    old = arguments.link(pair)
    if old.mark.by == "person":
        return Patch(links={pair: None})
    mark = replace(old.mark, status="rejected", editor=by, stale=False)
    return Patch(links={pair: replace(old, mark=mark)})


# -- spans and links ----------------------------------------------------------------------------


def _set_status(document: Document, arguments: Arguments, by: str) -> Patch:
    status = arguments.status("status")
    patch = Patch()
    for id in arguments.texts("spans"):
        span = arguments.span_called(id)
        patch.spans[id] = replace(span, mark=_stated(span.mark, status, by))
    for pair in arguments.pairs("links"):
        link = arguments.link(pair)
        patch.links[pair] = replace(link, mark=_stated(link.mark, status, by))
    return patch


def _stated(mark: Mark, status: Status, by: str) -> Mark:
    return replace(mark, status=status, editor=by, stale=False)


def _note(document: Document, arguments: Arguments, by: str) -> Patch:
    text = arguments.text("text", default="")
    if "link" in arguments:
        [pair] = arguments.pairs("link", single=True)
        link = arguments.link(pair)
        return Patch(links={pair: replace(link, mark=replace(link.mark, note=text, editor=by))})
    span = arguments.span("span")
    return Patch(spans={span.id: replace(span, mark=replace(span.mark, note=text, editor=by))})


def _adopt(document: Document, arguments: Arguments, by: str) -> Patch:
    """Spans and links of another layer, as they are there; the service fills them in."""
    patch = Patch()
    there = {(s.side, *s.place) for side in SIDES for s in document.on(side)}
    first = _free_id(document, arguments)
    ids = (i for n in count() if (i := f"{first}.{n}") not in document.spans)
    for span in arguments.values("spans", MarkedSpan):
        if (span.side, *span.place) not in there:
            there.add((span.side, *span.place))
            id = next(ids)
            patch.spans[id] = replace(span, id=id, mark=replace(span.mark, editor=by))
    for link in arguments.values("links", MarkedLink):
        old = document.links.get(link.pair)
        if _live(old) != _live(link):
            patch.links[link.pair] = replace(link, mark=replace(link.mark, editor=by))
    return patch


# -- the document -------------------------------------------------------------------------------


def _retext(document: Document, arguments: Arguments, by: str) -> Patch:
    return retext(document, arguments.side("side"), arguments.text("text"))


def _take_offer(document: Document, arguments: Arguments, by: str) -> Patch:
    offer = document.offer
    if offer is None:
        raise InputError("There is no re-projection on offer (any more).")
    patch = Patch(fields={"offer": None})
    for span in offer.spans:
        mark = replace(span.mark, editor=by)
        patch.spans[span.id] = replace(span, mark=mark)
    for id in offer.gone:
        patch.spans[id] = _deleted(document.spans[id], by)
    return patch


def _keep(document: Document, arguments: Arguments, by: str) -> Patch:
    return Patch() if document.offer is None else Patch(fields={"offer": None})


def _done(document: Document, arguments: Arguments, by: str) -> Patch:
    return Patch(fields={"done": arguments.flag("done", default=True)})


_OPERATIONS: dict[str, Callable[[Document, Arguments, str], Patch]] = {
    "add_span": _add_span,
    "delete_span": _delete_span,
    "relabel": _relabel,
    "resize": _resize,
    "set_status": _set_status,
    "note": _note,
    "link": _link,
    "unlink": _unlink,
    "retext": _retext,
    "take_offer": _take_offer,
    "keep": _keep,
    "adopt": _adopt,
    "done": _done,
}
OPERATIONS = tuple(_OPERATIONS)
