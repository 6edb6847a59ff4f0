"""Which method wins where: figures of `benchmarks/`, with what they were measured on.

Every figure is a cell of a table there; `tests/unit/test_method_figures.py` looks it up.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Cited:
    """A cell of a table of `benchmarks/FILE.md`.

    Attributes:
        row: how the table's row begins, without its first bar.
        section: the heading above the table.
    """

    text: str
    file: str
    section: str
    row: str


@dataclass(frozen=True)
class Measured:
    """Direct projection and another way of getting labels, on the same sentences."""

    on: str
    direct: Cited
    other: Cited


@dataclass(frozen=True)
class Duel:
    """A question, its answer in a sentence, and the figures that it rests on.

    `first` and `other` head their columns.
    """

    question: str
    answer: str
    first: str
    other: str
    figures: tuple[Measured, ...]


def _mafand(language: str, counts: str, direct: str, transfer: str, links: str) -> Measured:
    section = "MAFAND dev: six African languages"
    return Measured(
        f"{language}, MAFAND dev, {counts.split(', ')[1]} sentences",
        Cited(direct, "published", section, f"{language} {counts} | {links}"),
        Cited(transfer, "published", section, f"{language} {counts} | none: model transfer"),
    )


def _europarl(section: str, direct: str, method: str, other: str) -> Measured:
    return Measured(
        f"{section.split(', ')[0].replace(':', ', Europarl,')}",
        Cited(direct, "end_to_end", section, "direct"),
        Cited(other, "end_to_end", section, method),
    )


def _study(section: str, on: str, direct: str, gain: str, noise: str) -> Measured:
    return Measured(
        on,
        Cited(direct, "pivot_study", section, noise),
        Cited(gain, "pivot_study", section, noise),
    )


_GERMAN = "German: 799 sentences, 502 entities"
_SPANISH = "Spanish: 799 sentences, 511 entities"
_MINI = "Translated and tagged by Mini: Europarl de and es, through fr"
_HUMAN = "Human translations, gold source labels: Europarl, 6 directions"
_PUD = "Human translations: PUD (en, pt, sv), 6 directions"
_ONE = "Every direction, clean"
_PT_SV, _SV_PT = "PUD | pt → sv | en", "PUD | sv → pt | en"
_EN_ES = "Europarl | en → es | de"
_STRAIGHT, _FRENCH = "Mini, direct", "Mini, pivot through the human French"

DUELS = (
    Duel(
        "Project, or put a tagger straight on the text?",
        "Project where the tagger does not know the language and there is a translation. Where it"
        " reads the language, as Mini reads German and Spanish, the two come close or model"
        " transfer is ahead.",
        "projected",
        "model transfer",
        (
            _mafand("Luganda", "(en), 705, 1051", "75.8", "56.1", _STRAIGHT),
            _mafand("Luo", "(en), 724, 858", "65.1", "49.2", _STRAIGHT),
            _mafand("Setswana", "(en), 493, 570", "71.8", "46.5", _STRAIGHT),
            _mafand("Twi", "(en), 572, 323", "66.0", "44.3", _STRAIGHT),
            _mafand("Bambara", "(fr), 543, 426", "53.1", "24.8", _FRENCH),
            _mafand("Wolof", "(fr), 629, 680", "58.7", "30.2", _FRENCH),
            _europarl(_GERMAN, "34.7", "model transfer", "33.1"),
            _europarl(_SPANISH, "60.4", "model transfer", "65.5"),
        ),
    ),
    Duel(
        "Does back-translation change anything?",
        "Hardly ever, unless the links are bad: it mends some that are missing and makes shifted"
        " ones worse.",
        "direct",
        "back-translation",
        (
            _europarl(_GERMAN, "34.7", "back-translation, refined", "34.7"),
            _europarl(_SPANISH, "60.4", "back-translation, refined", "60.4"),
            _study(
                _MINI, "German and Spanish, Europarl, links as they are", "56.8", "+0.0", "clean"
            ),
            _study(_MINI, "30 % of these links missing", "41.3", "+7.6", "drop-links | 0.3"),
            _study(_MINI, "30 % of these links shifted", "39.0", "-13.0", "shift-links | 0.3"),
        ),
    ),
    Duel(
        "Does a pivot pay?",
        "Alone only where the way round is the easier one, as between Portuguese and Swedish"
        " through English. Mixed with the direct links it gains a point on Europarl, and nothing"
        " that can be told from chance on PUD.",
        "direct",
        "with pivot",
        (
            _study(_HUMAN, "pivot alone, Europarl, human translations", "84.3", "-4.8", "clean"),
            _study(_HUMAN, "mixed with direct, the same texts", "84.3", "+1.1", "clean"),
            _study(_PUD, "pivot alone, PUD, human translations", "79.4", "-1.4", "clean"),
            _study(_PUD, "mixed with direct, the same texts", "79.4", "+0.1", "clean"),
            _study(_ONE, "Portuguese to Swedish through English", "80.8", "+1.4", _PT_SV),
            _study(_ONE, "Swedish to Portuguese through English", "75.8", "+1.8", _SV_PT),
            _study(_ONE, "English to Spanish through German", "90.3", "-14.0", _EN_ES),
            _study(_MINI, "pivot alone, Europarl, Mini's translations", "56.8", "-18.0", "clean"),
        ),
    ),
)
"""F1 in per cent; a figure with a sign is the difference from direct, in points."""


def popover() -> None:
    """The duels, where somebody asks which method to take."""
    with st.popover("Which method when?", icon=":material/balance:", type="tertiary"):
        for duel in DUELS:
            st.markdown(f"**{duel.question}** {duel.answer}\n\n{_table(duel)}")
        st.caption(
            "F1 in per cent; with a sign, points more or less than direct. Luganda, Luo, Setswana"
            " and Twi have a human English sentence from which labels are projected, Bambara and"
            " Wolof a human French one, through which they go; model transfer is Mini's English"
            " tagger put on the African sentence. Of Europarl, Mini translates and tags unless"
            " the line says otherwise. Links that go missing are drawn for each alignment by"
            " itself, so that gains from a detour are upper bounds."
        )


def _table(duel: Duel) -> str:
    rows = [
        ("measured on", duel.first, duel.other),
        ("---", "---:", "---:"),
        *((m.on, m.direct.text, m.other.text) for m in duel.figures),
    ]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    files = dict.fromkeys(f"benchmarks/{m.other.file}.md" for m in duel.figures)
    return "\n".join([*lines, "", f":small[From {' and '.join(files)}]"])
