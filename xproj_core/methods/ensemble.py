"""Ensemble: several methods, and several source languages, vote on the labels of one target.

Every method gathers its own evidence, from every source language its own; the projector in use
projects each, and the spans vote (`project.elections`). Source languages beside the first are
those of the data, where these have the sentence in them, and machine translations otherwise
(multi-source projection). What is drawn is the evidence of the first voter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from xproj_core.domain import Election, Evidence, languages
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.outcomes import lift, where_good
from xproj_core.domain.parameters import option
from xproj_core.domain.voting_rule import VotingOptions, parse_names
from xproj_core.methods import chain, methods
from xproj_core.methods.base import Edit, Method, Mode, Task
from xproj_core.methods.steps import Steps
from xproj_core.models.protocols import Translation


@dataclass(frozen=True, slots=True)
class _Voter:
    """A voter's name and weight, and what it gathered for each task."""

    name: str
    weight: float
    outcomes: Sequence[Evidence | XProjError]


@dataclass(frozen=True)
class Ensemble(VotingOptions):
    """See the module's docstring.

    Weights go by source language first, then by method.
    """

    name = "ensemble"
    methods: str = option("direct+pivot+back_translation", "who votes: names of methods, + between")
    sources: str = option("", "further source languages, each asked too: codes, + between")

    def __post_init__(self) -> None:
        self.rule.check(
            [f"{m} {code}".rstrip() for code in ("", *self.further) for m in self.members]
        )

    @property
    def further(self) -> tuple[str, ...]:
        """The codes of the further source languages."""
        return tuple(languages.normalise(code) for code in parse_names(self.sources))

    @property
    def members(self) -> dict[str, Method]:
        """The methods that vote, by name.

        Raises:
            InputError: there is none, or no such one, or it is an ensemble itself.
        """
        names = parse_names(self.methods)
        if not names:
            raise InputError("Nobody votes: name methods, such as direct+pivot.")
        if self.name in names:
            raise InputError("An ensemble cannot vote in an ensemble: name other methods.")
        return {name: methods.create(name) for name in names}

    def gather(self, tasks: Sequence[Task], steps: Steps) -> list[Evidence | XProjError]:
        """What every voter gathered; who fails does not vote, and a note says why."""
        voters = self._voters(tasks, steps)
        return [self._joined(voters, k) for k in range(len(tasks))]

    def _voters(self, tasks: Sequence[Task], steps: Steps) -> list[_Voter]:
        members, first = self.members, tasks[0].source
        weights = iter(self.rule.weights_of(range(len(members) * (1 + len(self.further)))))
        voters = []
        for k, code in enumerate([first, *self.further]):
            own_tasks = _tasks_from(tasks, code, steps)
            for name, method in members.items():
                weight = next(weights)
                # a further language that is the task's own already would vote twice
                if k and code in (first, tasks[0].target):
                    continue
                voter_name = f"{name} from {languages.name(code)}" if k else name
                outcomes = where_good(own_tasks, partial(_gathered, method, steps))
                voters.append(_Voter(voter_name, weight, outcomes))
        return voters

    def _joined(self, voters: Sequence[_Voter], k: int) -> Evidence | XProjError:
        present = [(v, outcome) for v in voters if isinstance(outcome := v.outcomes[k], Evidence)]
        absent = [(v, outcome) for v in voters if isinstance(outcome := v.outcomes[k], XProjError)]
        if not present:
            return absent[0][1]
        first = present[0][1]
        other = next(
            (v for v, outcome in present if outcome.target.tokens != first.target.tokens), None
        )
        if other is not None:
            return InputError(
                f"{other.name} has another target sentence than {present[0][0].name}, so they"
                " cannot vote on its words: leave one of them out."
            )
        weights = tuple(v.weight for v, _ in present) if self.rule.weights else ()
        notes = [note for _, outcome in present for note in outcome.notes]
        notes += [f"{v.name} does not vote: {error}" for v, error in absent]
        return replace(
            first,
            method=self.name,
            placed=None,
            notes=tuple(dict.fromkeys(notes)),
            election=Election(
                tuple((v.name, outcome) for v, outcome in present),
                replace(self.rule, weights=weights),
            ),
        )


def _gathered(method: Method, steps: Steps, tasks: list[Task]) -> list[Evidence | XProjError]:
    return method.gather(tasks, steps)


def _tasks_from(tasks: Sequence[Task], code: str, steps: Steps) -> list[Task | XProjError]:
    """The tasks from a source language, onto the same target."""
    if code == tasks[0].source:
        return list(tasks)
    if tasks[0].mode is Mode.LABEL:
        return [_from_other(task, code) for task in tasks]
    sources = chain.sources(tasks, steps)
    targets = chain.targets(tasks, steps, sources)
    others = chain.typed_or_translated(
        [replace(task, edits=_source_edit(task, code)) for task in tasks],
        steps,
        "source",
        chain.sentences_of(sources),
        code,
    )
    return lift(partial(_onto, code=code), tasks, others, targets)


def _source_edit(task: Task, code: str) -> dict[str, Edit]:
    """What stands for the source in another language: the data's sentence, or nothing."""
    return {"source": task.others[code]} if code in task.others else {}


def _pivot_edit(task: Task) -> dict[str, Edit]:
    return {"pivot": task.edits["pivot"]} if "pivot" in task.edits else {}


def _from_other(task: Task, code: str) -> Task:
    """The text is labelled from another language."""
    own = _source_edit(task, code)
    own |= {"pivot-source": own["source"]} if own else {}
    return replace(task, source=code, edits={**own, **_pivot_edit(task)})


def _onto(task: Task, source: Translation, target: Translation, code: str) -> Task:
    """The sentence in another language as source; the target is the one of all voters."""
    edits = {"target": Edit(target.sentence), **_pivot_edit(task)}
    labels = task.others[code].spans if code in task.others else None
    return replace(task, sentence=source.sentence, source=code, labels=labels, edits=edits)
