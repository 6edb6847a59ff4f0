"""Comparisons made by hand, to draw and to test the drawing on."""

from __future__ import annotations

from tests.browser.comparisons import (
    aligned,
    column,
    compared,
    diagonal,
    sentence,
    straight,
    traced,
)
from xproj_core.answers.one_sentence import Column, Comparison
from xproj_core.domain import (
    Evidence,
    Lost,
    Projected,
    Projection,
    Sentence,
    Span,
    Trace,
)


def german() -> Comparison:
    """A compound, an entity that grows and one that is lost."""
    en = sentence(
        "On Monday Chancellor Angela Merkel visited the Siemens plant in Lagos .",
        "en",
        [(1, 2, "DATE"), (3, 5, "PER"), (7, 8, "ORG"), (10, 11, "LOC")],
    )
    de = sentence(
        "Am Montag besuchte Bundeskanzlerin Angela Merkel das Siemens-Werk in Lagos .", "de"
    )
    fr = sentence("Lundi , la chancelière Angela Merkel a visité l' usine Siemens à Lagos .", "fr")
    back = sentence(
        "Am Montag besuchte Kanzlerin Angela Merkel die Siemens-Fabrik in Lagos .", "de"
    )
    gold = [(1, 2, "DATE"), (4, 6, "PER"), (7, 8, "ORG"), (9, 10, "LOC")]
    all_placed = list(enumerate(gold))
    direct = column(
        "direct",
        [en, de],
        [
            [
                (0, 0, 0.9),
                (1, 1, 0.98),
                (2, 3, 0.7),
                (3, 4, 1),
                (4, 5, 1),
                (5, 2, 0.8),
                (6, 6, 0.9),
                (7, 7, 0.8),
                (8, 7, 0.6),
                (9, 8, 0.95),
                (10, 9, 1),
                (11, 10, 1),
            ]
        ],
        all_placed,
        origins=("mini", "given"),
    )
    pivot = column(
        "pivot",
        [en, fr, de],
        [
            [
                (0, 0, 0.5),
                (1, 0, 0.9),
                (2, 3, 0.9),
                (3, 4, 1),
                (4, 5, 1),
                (5, 7, 0.9),
                (6, 8, 0.8),
                (8, 9, 0.9),
                (7, 10, 1),
                (9, 11, 0.8),
                (10, 12, 1),
                (11, 13, 1),
            ],
            [
                (0, 0, 0.6),
                (0, 1, 0.9),
                (3, 3, 0.8),
                (4, 4, 1),
                (5, 5, 1),
                (7, 2, 0.8),
                (8, 6, 0.8),
                (9, 7, 0.5),
                (11, 8, 0.7),
                (12, 9, 1),
                (13, 10, 1),
            ],
        ],
        [(0, (0, 2, "DATE")), (1, (4, 6, "PER")), (3, (9, 10, "LOC"))],
        [(2, "unaligned", "its only link through French, .20, is under the threshold")],
        origins=("mini", "memory", "given"),
    )
    refined = column(
        "back_translation",
        [en, back, de],
        [
            [
                (0, 0, 0.9),
                (1, 1, 1),
                (2, 3, 0.9),
                (3, 4, 1),
                (4, 5, 1),
                (5, 2, 0.9),
                (6, 6, 0.9),
                (7, 7, 0.9),
                (8, 7, 0.8),
                (9, 8, 1),
                (10, 9, 1),
                (11, 10, 1),
            ],
            [(k, k, 1.0 if k not in (3, 6, 7) else 0.7) for k in range(11)],
        ],
        all_placed,
        origins=("mini", "typed", "given"),
    )
    return compared([direct, pivot, refined], de, gold)


def arabic() -> Comparison:
    en = sentence("Nelson Mandela was born in Mvezo .", "en", [(0, 2, "PER"), (5, 6, "LOC")])
    fr = sentence("Nelson Mandela est né à Mvezo .", "fr")
    ar = sentence("وُلد نيلسون مانديلا في قرية مفيزو .", "ar")
    return straight(en, ar, [(1, 3, "PER"), (5, 6, "LOC")], fr)


def long_arabic() -> Comparison:
    """Several lines that run from right to left, with entities that go on in the next line."""
    words = (
        "زار وفد من جامعة القاهرة مدينة الإسكندرية يوم الاثنين والتقى الطلاب هناك في المكتبة".split(
            " "
        )
    )
    ar = sentence(words * 4, "ar")
    spans = [(k, k + 2, "ORG") for k in range(3, 56, 14)] + [
        (k, k + 9, "EVENT") for k in range(5, 50, 14)
    ]
    en = sentence([f"w{k}" for k in range(56)], "en", spans)
    return straight(en, ar, spans, sentence([f"m{k}" for k in range(56)], "fr"))


def chinese() -> Comparison:
    en = sentence("Lu Xun was born in Shaoxing .", "en", [(0, 2, "PER"), (5, 6, "LOC")])
    fr = sentence("Lu Xun est né à Shaoxing .", "fr")
    zh = sentence("鲁迅 出生 于 绍兴 。", "zh")
    return straight(en, zh, [(0, 1, "PER"), (3, 4, "LOC")], fr)


def hindi() -> Comparison:
    en = sentence("The Ganges flows through Varanasi .", "en", [(1, 2, "LOC"), (4, 5, "LOC")])
    fr = sentence("Le Gange traverse Varanasi .", "fr")
    hi = sentence("गंगा वाराणसी से होकर बहती है ।", "hi")
    return straight(en, hi, [(0, 1, "LOC"), (1, 2, "LOC")], fr)


def long() -> Comparison:
    words = "the bridge over the river near Mombasa was opened in 1931 by the city council and"
    text = " ".join([words] * 5).split(" ")[:70]
    spans = (
        [(k, k + 1, "LOC") for k in range(6, 70, 16)]
        + [(k, k + 1, "DATE") for k in range(10, 70, 16)]
        + [(k, k + 3, "ORG") for k in range(12, 66, 16)]
    )
    en = sentence(text, "en", spans)
    sw = sentence([w.replace("the", "la").capitalize() for w in text], "sw")
    fr = sentence([w.replace("the", "le") for w in text], "fr")
    placed = [(s.start, s.end, s.label) for s in en.spans]
    return straight(en, sw, placed, fr)


def nested() -> Comparison:
    spans = [(0, 4, "ORG"), (3, 4, "LOC"), (5, 7, "PER"), (6, 9, "MISC")]
    en = sentence(
        "The University of Lagos honoured Wole Soyinka Prize winners today .", "en", spans
    )
    de = sentence("Die Universität von Lagos ehrte Wole Soyinka Preis Träger heute .", "de")
    fr = sentence("L' Université de Lagos honore Wole Soyinka Prix lauréats aujourd'hui .", "fr")
    return straight(en, de, spans, fr)


def overlapping() -> Comparison:
    spans = [(k, k + 20, f"KIND_{k}") for k in range(20)]
    en = sentence([f"word{k}" for k in range(40)], "en", spans)
    de = sentence([f"Wort{k}" for k in range(40)], "de")
    return compared(
        [column("direct", [en, de], [diagonal(en, de)], list(enumerate(spans)))], de, None
    )


def hostile() -> Comparison:
    tokens = [
        "<b>x</b>",
        "<script>alert(1)</script>",
        "👩‍👩‍👧‍👦",
        "e\u0301a\u0328",
        "&amp;",
        "\u202eabc",
        "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle",
        ".",
    ]
    en = sentence(tokens, "en", [(0, 2, "<i>L</i>"), (6, 7, "ORG")])
    de = sentence(tokens, "de")
    return straight(en, de, [(0, 2, "<i>L</i>"), (6, 7, "ORG")], sentence(tokens, "fr"))


def single() -> Comparison:
    en, de = sentence("Lagos", "en", [(0, 1, "LOC")]), sentence("Lagos", "de")
    direct = column("direct", [en, de], [[(0, 0, 1.0)]], [(0, (0, 1, "LOC"))])
    return compared([direct], de)


def nothing() -> Comparison:
    en, de = sentence("It rains .", "en"), sentence("Es regnet .", "de")
    return compared([column("direct", [en, de], [diagonal(en, de)], [])], de)


def many() -> Comparison:
    """Six methods, two of which need no alignment, and one whose labels stand in the middle."""
    base = german()
    assert base.columns[0].evidence and base.target and base.gold
    source, target, gold = base.columns[0].evidence.source, base.target, base.gold
    extra = [
        _by_markers(source, target, gold),
        _by_transfer(target, gold),
        _by_marked_back(source, target),
    ]
    known = [(s.start, s.end, s.label) for s in gold]
    return compared([*base.columns, *extra], target, known)


def _by_markers(source: Sentence, target: Sentence, gold: tuple[Span, ...]) -> Column:
    pairs = list(zip(gold, source.spans, strict=True))
    marked = target.labelled(gold[:3])
    evidence = Evidence(
        "markers",
        source,
        target,
        None,
        (source, marked, target),
        (None, None),
        placed=tuple(pairs[:3]),
        origins=("mini", "mini", "given"),
    )
    rule = "its markers came through the translation"
    placed = tuple(Projected(t, Trace(s, rule=rule, confidence=0.8)) for t, s in pairs[:3])
    message = "its markers did not survive the translation"
    lost = Lost(source.spans[3], "method", message, Trace(source.spans[3]))
    return Column("markers", evidence, Projection(placed, (lost,)))


def _by_transfer(target: Sentence, gold: tuple[Span, ...]) -> Column:
    evidence = Evidence(
        "model_transfer",
        target.labelled(gold[1:]),
        target,
        None,
        (target,),
        (),
        placed=tuple((t, None) for t in gold[1:]),
        origins=("given",),
    )
    trace = Trace(None, rule="the tagger's own decision", confidence=0.9)
    entities = tuple(Projected(t, trace) for t in gold[1:])
    return Column("model_transfer", evidence, Projection(entities))


def _by_marked_back(source: Sentence, target: Sentence) -> Column:
    """The back-translation carries three of four labels."""
    labelled = [(1, 2, "DATE"), (4, 6, "PER"), (9, 10, "LOC")]
    back = sentence(
        "Am Montag besuchte Kanzlerin Angela Merkel die Siemens-Fabrik in Lagos .", "de", labelled
    )
    used = aligned(back, target, diagonal(back, target))
    first = aligned(source, back, [(1, 1, 0.9), (3, 4, 1), (4, 5, 1), (10, 9, 1)])
    evidence = Evidence(
        "marked_back_translation",
        back,
        target,
        used,
        (source, back, target),
        (first, used),
        origins=("mini", "mini", "given"),
        notes=("The markers of “Siemens” ORG did not survive translation.",),
    )
    entities = tuple(Projected(s, traced(s, s, used)) for s in back.spans)
    return Column("marked_back_translation", evidence, Projection(entities))


SAMPLES = {
    make.__name__: make
    for make in (
        german,
        arabic,
        long_arabic,
        chinese,
        hindi,
        long,
        nested,
        overlapping,
        hostile,
        single,
        nothing,
        many,
    )
}
