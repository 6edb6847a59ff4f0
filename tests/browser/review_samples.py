"""Review documents made by hand, and a document model just big enough to try the editor on."""

from __future__ import annotations

from typing import Any, cast

from xproj_core.review.view_types import DocumentView, OfferedSpan

Json = dict[str, Any]


def side(text: str | list[str], language: str) -> Json:
    tokens = text if isinstance(text, list) else text.split()
    return {
        "tokens": tokens,
        "language": language,
        "dir": "rtl" if language in {"ar", "he", "fa"} else "ltr",
    }


def span(id: str, where: str, start: int, end: int, label: str, **more: Any) -> Json:
    fields = {
        "id": id,
        "side": where,
        "start": start,
        "end": end,
        "label": label,
        "from": None,
        "origin": "direct/match-exact",
        "by": "method",
        "score": 0.93,
        "status": "projected",
        "note": "",
        "stale": False,
    }
    return fields | more


def link(i: int, j: int, **more: Any) -> Json:
    fields = {
        "source": i,
        "target": j,
        "possible": False,
        "origin": "direct",
        "by": "method",
        "score": 0.9,
        "status": "projected",
        "note": "",
        "stale": False,
    }
    return fields | more


def document(
    source: Json | None, target: Json | None, spans: list[Json], links: list[Json], **more: Any
) -> DocumentView:
    fields: Json = {
        "revision": 1,
        "done": False,
        "read_only": False,
        "source": source,
        "target": target,
        "spans": spans,
        "links": links,
        "tracks": [],
        "labels": ["PER", "LOC", "ORG", "DATE"],
        "can_undo": False,
        "can_redo": False,
        "saved": "12:04:31",
        "offer": None,
    }
    return cast(DocumentView, fields | more)


def german() -> DocumentView:
    return document(
        side("On Monday Chancellor Ada Weber visited the Nordwind plant in Lagos .", "en"),
        side("Am Montag besuchte Kanzlerin Ada Weber das Nordwind-Werk in Lagos .", "de"),
        [
            span("s0", "source", 1, 2, "DATE", by="import", origin="import", status="accepted"),
            span("s1", "source", 3, 5, "PER", by="import", origin="import", status="accepted"),
            span("s2", "source", 7, 8, "ORG", by="import", origin="import", status="accepted"),
            span("s3", "source", 10, 11, "LOC", by="import", origin="import", status="accepted"),
            span("t0", "target", 0, 2, "DATE", **{"from": "s0"}),
            span("t1", "target", 4, 6, "PER", **{"from": "s1"}, status="accepted"),
            span("t2", "target", 7, 8, "ORG", **{"from": "s2"}, score=0.61, note="plant or firm?"),
            span(
                "t3",
                "target",
                9,
                10,
                "LOC",
                **{"from": "s3"},
                by="person",
                origin="Ana",
                score=None,
                status="corrected",
            ),
            span("t4", "target", 3, 4, "PER", status="rejected"),
        ],
        [
            link(i, j)
            for i, j in (
                (0, 0),
                (1, 1),
                (2, 3),
                (3, 4),
                (4, 5),
                (5, 2),
                (6, 6),
                (7, 7),
                (9, 8),
                (10, 9),
                (11, 10),
            )
        ]
        + [link(8, 7, possible=True)],
        tracks=[
            {
                "title": "pivot/match-exact",
                "spans": [
                    {"start": 1, "end": 2, "label": "DATE"},
                    {"start": 3, "end": 6, "label": "PER"},
                    {"start": 9, "end": 10, "label": "LOC"},
                ],
            },
            {
                "title": "back-translation/match-exact",
                "spans": [
                    {"start": 0, "end": 2, "label": "DATE"},
                    {"start": 4, "end": 6, "label": "PER"},
                    {"start": 7, "end": 8, "label": "ORG"},
                ],
            },
        ],
    )


def offer() -> DocumentView:
    """A link was changed, and what follows from it is on offer."""
    view = german()
    ghost = cast(OfferedSpan, span("t2", "target", 6, 8, "ORG"))
    view["offer"] = {
        "projector": "match-exact",
        "spans": [ghost],
        "gone": ["t0"],
        "messages": ["ORG would cover das Nordwind-Werk.", "DATE goes."],
    }
    view["spans"][1]["lost"] = "no link leaves it"
    return view


def arabic() -> DocumentView:
    return document(
        side("Ada Weber visited the Nordwind plant in Lagos on Monday .", "en"),
        side("زارت آدا ويبر مصنع نوردويند في لاغوس يوم الاثنين .", "ar"),
        [
            span("s0", "source", 0, 2, "PER", by="import", status="accepted"),
            span("t0", "target", 1, 3, "PER", **{"from": "s0"}),
            span("t1", "target", 6, 7, "LOC", status="accepted"),
            span("t2", "target", 3, 5, "ORG", stale=True),
        ],
        [
            link(i, j)
            for i, j in (
                (0, 1),
                (1, 2),
                (2, 0),
                (4, 4),
                (5, 3),
                (6, 5),
                (7, 6),
                (8, 7),
                (9, 8),
                (10, 9),
            )
        ],
    )


def chinese() -> DocumentView:
    return document(
        side("Ada Weber flew from Lagos to Beijing 👩‍🚀 on Monday .", "en"),
        side([*"艾达·韦伯周一从拉各斯飞往北京", "👩‍🚀", "é", "。"], "zh"),
        [
            span("s0", "source", 0, 2, "PER", by="import", status="accepted"),
            span("t0", "target", 0, 5, "PER", **{"from": "s0"}),
            span("t1", "target", 8, 11, "LOC"),
            span("t2", "target", 13, 15, "LOC"),
        ],
        [
            link(0, 0),
            link(0, 1),
            link(1, 3),
            link(1, 4),
            link(8, 5),
            link(9, 6),
            link(3, 7),
            *(link(4, j) for j in (8, 9, 10)),
            link(2, 11),
            link(5, 12),
            link(6, 13),
            link(6, 14),
            link(7, 15),
            link(10, 17),
        ],
    )


def long() -> DocumentView:
    words = (
        "In the spring of that year the council of the old harbour town decided after many long"
        " evenings to rebuild the bridge which Ada Weber had drawn for Nordwind and which the"
        " flood had taken away , and so they wrote to the offices in Lagos , in Porto and in"
        " Bergen , asked for timber , for stone and for people who knew the river , and they"
        " waited for an answer that came only when the first snow already lay"
    ).split()
    source = [w.lower() for w in words][:80]
    target = [w.upper().capitalize() if len(w) > 3 else w for w in source]
    order = list(range(len(source)))
    for k in range(5, len(order) - 6, 7):
        order[k : k + 5] = [order[k + 4], *order[k : k + 4]]
    for k in (3, 41):
        order[k], order[k + 30] = order[k + 30], order[k]
    spans = [
        span(f"s{k}", "source", k, k + 2, label)
        for k, label in ((8, "ORG"), (24, "PER"), (40, "LOC"), (44, "LOC"), (60, "ORG"))
    ]
    spans += [
        span(f"t{k}", "target", k, k + n, label)
        for k, n, label in (
            (8, 3, "ORG"),
            (14, 9, "ORG"),
            (24, 2, "PER"),
            (40, 1, "LOC"),
            (70, 2, "DATE"),
        )
    ]
    return document(
        side(source, "en"),
        side(target, "de"),
        spans,
        [link(order[j], j) for j in range(len(order))],
    )


def lanes() -> DocumentView:
    spans = [
        span(
            f"t{k}",
            "target",
            k % 6,
            8 + k % 5,
            ["PER", "LOC", "ORG", "DATE"][k % 4],
            status=["projected", "accepted", "corrected"][k % 3],
        )
        for k in range(20)
    ]
    return document(
        side("a b c d e f g h i j k l m", "en"),
        side("aa bb cc dd ee ff gg hh ii jj kk ll mm", "de"),
        spans,
        [link(k, k) for k in range(13)],
    )


def hostile() -> DocumentView:
    return document(
        None,
        side(["<b>x</b>", "<img", "onerror=alert(1)>", "\u202eabc", "ok"], "en"),
        [span("t0", "target", 0, 1, "<i>PER</i>")],
        [],
    )


SAMPLES = {f.__name__: f for f in (german, offer, arabic, chinese, long, lanes, hostile)}
