"""Errors that were made on purpose, at one step of a chain, are put down to that step.

By the taxonomy, and by the explanation that the page shows of each entity.

Each chain is right but for one thing: the translator dropped a name, the tagger missed,
mislabelled, cut or extended one, a link was dropped or led astray, or the projector filtered an
entity or let two collide.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from xproj_core.answers.one_sentence import Column, Comparison
from xproj_core.domain import Alignment, Evidence, Projection, Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.domain.record import record
from xproj_core.drawing import payload
from xproj_core.evaluate.errors.classify import classify
from xproj_core.evaluate.errors.taxonomy import Case, Kind, Step
from xproj_core.project import projectors

NAMES = {
    "PER": ("Amadou Keita", "Ingrid", "Maria da Silva", "Okonkwo", "Tove Lind"),
    "LOC": ("Bamako", "Rio Grande", "Lagos", "Porto Novo"),
    "ORG": ("Radio Kanal", "Unesco", "Banque Atlantique Centrale", "Nordkredit"),
}
PLAIN = "saw said and then with about near often again because slowly never".split()
FOREIGN = "zubo keti mara lopi wena tuku safi reno dabi homo yelu piro".split()


@dataclass
class Chain:
    """A sentence pair in which every word has its partner: target word for each source word."""

    source: list[str]
    target: list[str]
    partner: list[int]
    gold: list[Span]  # on the target
    right: list[Span]  # on the source, in the same order
    used: list[Span] = field(init=False)
    links: set[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.used = list(self.right)
        self.links = set(enumerate(self.partner))

    def projected(self, projector: str, options: dict[str, object]) -> tuple[Evidence, Projection]:
        source = Sentence(tuple(self.source), "en", tuple(sorted(self.used)))
        target = Sentence(tuple(self.target), "sw")
        links = Alignment.from_links(self.links, (len(source), len(target)))
        evidence = Evidence(
            *("direct", source, target, links, (source, target), (links,)),
            origins=("mini", "given"),
            tagset=("PER", "LOC", "ORG"),
        )
        (projection,) = projectors.create(projector, **options).project([evidence])
        return evidence, projection

    def cases(self, projector: str, gold_source: bool, **options: object) -> list[Case]:
        evidence, projection = self.projected(projector, options)
        target = evidence.target.labelled(sorted(self.gold))
        sides = {"source", "target"} if gold_source else {"target"}
        source = evidence.source.labelled(self.right)
        item = Item("1", source, target, frozenset(sides))  # type: ignore[arg-type]
        answer = record("1", 0, f"direct/{projector}", evidence, projection, target)
        return [c for c in classify(item, answer) if c.kind is not Kind.CORRECT]

    def marked_steps(self, projector: str, **options: object) -> set[str]:
        """The steps that the page marks, in the explanations of this one column."""
        evidence, projection = self.projected(projector, options)
        direct = Column("direct", evidence, projection)
        gold = tuple(sorted(self.gold))
        comparison = Comparison((direct,), evidence.target, gold, frozenset(), {}, {}, 0.0)
        drawing = payload(comparison)
        reasons = {w["id"]: w for w in drawing["columns"][0]["why"]}
        for span in drawing["tracks"][0]["spans"]:
            assert span["entity"] is not None
            failed = [s for s in reasons[span["entity"]]["stages"] if s["state"] == "failed"]
            right = Span(span["start"], span["end"], span["label"]) in projection.spans
            assert len(failed) == (not right), reasons[span["entity"]]
        stages = (s for w in reasons.values() for s in w["stages"])
        return {s["step"] for s in stages if s["state"] == "failed"}


def chain(rng: random.Random) -> Chain:
    """Two to four names, in blocks that change places with their neighbours here and there."""
    blocks: list[tuple[list[str], list[str], str]] = []
    plain = rng.sample(range(len(PLAIN)), len(PLAIN))
    for label in rng.sample([*NAMES, *NAMES], rng.randint(2, 4)):
        for k in [plain.pop() for _ in range(rng.randint(1, 2))]:
            blocks.append(([PLAIN[k]], [FOREIGN[k]], ""))
        used = {" ".join(b[0]) for b in blocks}
        name = rng.choice([n for n in NAMES[label] if n not in used]).split()
        blocks.append((name, list(name), label))
    blocks += [([PLAIN[k]], [FOREIGN[k]], "") for k in plain[:2]]
    order = list(range(len(blocks)))
    for k in range(0, len(order) - 1, 3):
        order[k], order[k + 1] = order[k + 1], order[k]
    starts: dict[int, int] = {}
    target: list[str] = []
    for k in order:
        starts[k] = len(target)
        target += blocks[k][1]
    made = Chain([], target, [], [], [])
    for k, (words, there, label) in enumerate(blocks):
        at = len(made.source)
        made.source += words
        made.partner += range(starts[k], starts[k] + len(there))
        if label:
            made.right.append(Span(at, at + len(words), label))
            made.gold.append(Span(starts[k], starts[k] + len(there), label))
    return Chain(made.source, target, made.partner, made.gold, made.right)


def _drop_word(c: Chain, rng: random.Random) -> None:
    """The translation has neither the name nor anything else for it."""
    gone = rng.choice(c.right)
    keep = [i for i in range(len(c.source)) if i not in gone]
    new = {i: k for k, i in enumerate(keep)}
    c.source = [c.source[i] for i in keep]
    c.links = {(new[i], j) for i, j in c.links if i in new}
    c.used = [Span(new[s.start], new[s.end - 1] + 1, s.label) for s in c.right if s is not gone]
    c.right = c.used


def _miss(c: Chain, rng: random.Random) -> None:
    c.used.remove(rng.choice(c.used))


def _mislabel(c: Chain, rng: random.Random) -> None:
    old = rng.choice(c.used)
    other = rng.choice([label for label in NAMES if label != old.label])
    c.used[c.used.index(old)] = Span(old.start, old.end, other)


def _cut(c: Chain, rng: random.Random) -> bool:
    long = [s for s in c.used if len(s) > 1]
    if not long:
        return False
    old = rng.choice(long)
    front = rng.random() < 0.5
    c.used[c.used.index(old)] = Span(old.start + front, old.end - (not front), old.label)
    return True


def _extend(c: Chain, rng: random.Random) -> None:
    old = rng.choice(c.used)
    front = rng.random() < 0.5 and old.start > 0
    new = Span(old.start - front, min(len(c.source), old.end + (not front)), old.label)
    c.used[c.used.index(old)] = new


def _merge(c: Chain, rng: random.Random) -> None:
    """The tagger makes one entity of two and what is between."""
    k = rng.randrange(len(c.used) - 1)
    first, second = c.used[k : k + 2]
    c.used[k : k + 2] = [Span(first.start, second.end, first.label)]


def _drop_link(c: Chain, rng: random.Random) -> None:
    span = rng.choice(c.right)
    gone = rng.randrange(span.start, span.end)
    c.links = {(i, j) for i, j in c.links if i != gone}


def _lead_astray(c: Chain, rng: random.Random) -> None:
    """A word's link leads to another word of the target, outside its own entity."""
    span, gold = rng.choice(list(zip(c.right, c.gold, strict=True)))
    moved = rng.randrange(span.start, span.end)
    others = [j for j in range(len(c.target)) if j not in gold]
    c.links = {(i, j) for i, j in c.links if i != moved} | {(moved, rng.choice(others))}


BREAKS: list[tuple[Callable[[Chain, random.Random], bool | None], Step]] = [
    (_drop_word, Step.TRANSLATION),
    (_miss, Step.TAGGING),
    (_mislabel, Step.TAGGING),
    (_cut, Step.TAGGING),
    (_extend, Step.TAGGING),
    (_merge, Step.TAGGING),
    (_drop_link, Step.ALIGNMENT),
    (_lead_astray, Step.ALIGNMENT),
]
N_EACH = 25
USED = ("match-exact", "match-greedy", "seed-heuristic", "elp", "min-max", "thesis-heuristic")


@pytest.mark.parametrize(("broken", "step"), BREAKS)
@pytest.mark.parametrize("gold_source", [False, True])
def test_one_broken_step_is_the_one_to_blame(
    broken: Callable[[Chain, random.Random], bool | None], step: Step, gold_source: bool
) -> None:
    if gold_source and broken is _drop_word:
        return  # a source that people wrote dropped nothing
    rng = random.Random(broken.__name__)
    done = 0
    while done < N_EACH:
        c = chain(rng)
        name = USED[done % len(USED)]
        assert not c.cases(name, gold_source), "the chain is right before it is broken"
        if broken(c, rng) is False or not (cases := c.cases(name, gold_source)):
            continue  # this one did no harm
        done += 1
        assert {case.step for case in cases} == {step}, (name, c, cases)
        assert gold_source or c.marked_steps(name) == {step}, (name, c)


@pytest.mark.parametrize("gold_source", [False, True])
def test_the_projector_is_to_blame_where_all_else_is_right(gold_source: bool) -> None:
    rng = random.Random(3)
    done = 0
    while done < N_EACH:
        c = chain(rng)
        filters = ("match-exact", {"threshold": 9}), ("match-greedy", {"max_words": 1})
        name, options = filters[done % 2]
        if not (cases := c.cases(name, gold_source, **options)):
            continue
        done += 1
        assert {case.step for case in cases} == {Step.PROJECTION}, cases
        assert c.marked_steps(name, **options) == {Step.PROJECTION}


@pytest.mark.parametrize("gold_source", [False, True])
def test_entities_that_only_changed_places_and_collide(gold_source: bool) -> None:
    """By order, as it was published, Easy-Label-Projection drops one of two that changed places."""
    rng = random.Random(5)
    done = 0
    while done < N_EACH:
        c = chain(rng)
        k = rng.randrange(len(c.gold) - 1)
        a, b = c.gold[k], c.gold[k + 1]
        if a.end > b.start or a.label == b.label:
            continue
        words = [*range(b.start, b.end), *range(a.end, b.start), *range(a.start, a.end)]
        new = {old: a.start + n for n, old in enumerate(words)}
        old_target = list(c.target)
        for old, place in new.items():
            c.target[place] = old_target[old]
        c.links = {(i, new.get(j, j)) for i, j in c.links}
        c.gold = [
            Span(new.get(s.start, s.start), new.get(s.end - 1, s.end - 1) + 1, s.label)
            for s in c.gold
        ]
        done += 1
        cases = c.cases("elp", gold_source)
        assert cases and {case.step for case in cases} == {Step.PROJECTION}, cases
        assert c.marked_steps("elp") == {Step.PROJECTION}


@pytest.mark.parametrize("gold_source", [False, True])
def test_a_right_entity_whose_place_a_wrong_one_took(gold_source: bool) -> None:
    """The step of the other one counts: nothing was wrong with this one, nor with the projector."""
    okonkwo, lagos = Span(1, 2, "PER"), Span(3, 4, "LOC")
    extended = Chain(
        "near Okonkwo said Lagos".split(),
        "safi keti Okonkwo Lagos".split(),
        [0, 2, 1, 3],
        [Span(2, 3, "PER"), lagos],
        [okonkwo, lagos],
    )
    assert not extended.cases("min-max", gold_source)
    extended.used = [okonkwo, Span(2, 4, "LOC")]
    astray = Chain(
        "Okonkwo near Rio Grande".split(),
        "keti Okonkwo Rio Grande".split(),
        [1, 0, 2, 3],
        [okonkwo, Span(2, 4, "LOC")],
        [Span(0, 1, "PER"), Span(2, 4, "LOC")],
    )
    assert not astray.cases("min-max", gold_source)
    astray.links = astray.links - {(2, 2)} | {(2, 0)}
    for broken, step in ((extended, Step.TAGGING), (astray, Step.ALIGNMENT)):
        cases = broken.cases("min-max", gold_source)
        assert len(cases) == 2 and {case.step for case in cases} == {step}, cases
        assert gold_source or broken.marked_steps("min-max") == {step}


def test_a_label_that_the_tagger_does_not_have() -> None:
    rng = random.Random(7)
    for done in range(N_EACH):
        c = chain(rng)
        k = rng.randrange(len(c.gold))
        for spans in (c.gold, c.right):
            spans[k] = replace(spans[k], label="DATE")
        c.used = [s for s in c.right if s.label != "DATE"]
        for gold_source in (False, True):
            cases = c.cases(USED[done % len(USED)], gold_source)
            assert [x.kind for x in cases] == [Kind.UNKNOWN_LABEL], cases
            assert "no label DATE" in cases[0].message and cases[0].step is Step.TAGGING
        assert c.marked_steps(USED[done % len(USED)]) == {Step.TAGGING}


def test_what_people_wrote_tells_whether_a_machine_dropped_it() -> None:
    target = Sentence(("محمد", "زار", "مالي"), "ar", (Span(0, 1, "PER"), Span(2, 3, "LOC")))
    written = Sentence(
        ("Muhammad", "visited", "Mali"), "en", (Span(0, 1, "PER"), Span(2, 3, "LOC"))
    )
    item = Item("1", written, target, frozenset({"source", "target"}))
    for words, kind in (
        ("He visited Mali", Kind.MT_DROPPED),
        ("Muhamad in Mali", Kind.SOURCE_MISS),
    ):
        source = Sentence(tuple(words.split()), "en", (Span(2, 3, "LOC"),))
        links = Alignment.from_links({(2, 2)}, (3, 3))
        evidence = Evidence(
            "direct",
            source,
            target.labelled(()),
            links,
            (source, target),
            (links,),
            origins=("mini", ""),
        )
        (projection,) = projectors.create("match-exact").project([evidence])
        (case,) = (
            c
            for c in classify(item, record("1", 0, "direct/x", evidence, projection, target))
            if c.kind is not Kind.CORRECT
        )
        assert case.kind is kind
