"""Table and picture of the pivot study, from the counts that `pivot_study` left in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks.pivot_plan import GROUPS, load, plan
from xproj_core.answers.system import System
from xproj_core.robustness.counts import Tally
from xproj_core.robustness.curves import Curve, Estimate, Point
from xproj_core.robustness.results import Results, results

HERE = Path(__file__).parent
PICTURE = HERE.parent / "docs" / "pivot-study.svg"
TITLES = {
    "pivot": "pivot alone",
    "interpolate": "direct + pivot, interpolated",
    "intersect": "direct ∩ pivot",
    "union": "direct ∪ pivot",
    "back_translation": "back-translation",
}
COLOURS = {
    "pivot": "#c2571a",
    "interpolate": "#1f5fd0",
    "intersect": "#8a3ab9",
    "union": "#0b7a64",
    "back_translation": "#0b7a64",
}


WORDS = """
**Going through a third language alone does not pay. Mixing its links with the direct ones gains
much where links are missing, a point or nothing on clean data, and costs much where links are
shifted.** Every figure below is F1 over direct projection, in points, with its 95 % interval over
resampled sentences and seeds; bold where 0 is outside. The projector is match-exact.

- **Clean, human translations.** Pivot alone loses 4.8 points on Europarl [-5.8, -3.9] and 1.4 on
  PUD [-2.0, -0.9]. Interpolated with the direct links it gains 1.1 on Europarl [+0.4, +1.8] and
  nothing on PUD (+0.1 [-0.3, +0.4]). It depends on the pair: a detour through English is level or
  ahead (de → es +1.1, es → de +0.2, pt → sv +1.4, sv → pt +1.8), one through another language
  loses 1 to 14. Interpolating gains most where the direct pair is weakest (de → es +4.7).
- **Links missing.** What a detour is good for: with .3 of the links dropped,
  interpolation is worth 10.5 points on Europarl and 9.6 on PUD, union as much. Pivot alone loses
  17.6 and 14.8, since a chain breaks at either link.
- **Links too many.** Intersection overtakes direct at a rate of .2 [.14, .27] on Europarl and
  leads by 10.7 points on PUD at .5. Without such noise it costs 5.4 and 1.8.
- **Links shifted.** Every detour loses, 6 to 22 points from a rate of .1 to .3: two wrong chains
  do not make a right one.
- **Wrong labels, translations, characters, case, tokens.** Pivot alone stays behind or level (worst
  where translations miss words or names, 12 to 14 points and 9 to 14, as it needs two), but for
  moved boundaries on PUD (+0.8). Interpolation stays ahead where it leads on clean data: by 0.4 to
  2.5 on Europarl, mostly beyond chance; on PUD it is between -0.2 and +0.6. Of that many
  comparisons some come out significant by chance.
- **Translated and tagged by Mini.** Pivot alone loses 18.0 points [-23.5, -13.1]: a second machine
  translation costs more than any link can win, and least (6 to 9) where the text itself is so noisy
  that direct projection has half as much to lose. Back-translation gives the entities of direct
  projection, all but exactly, as long as links are not the problem; it gains 4.8 to 8.5 where they
  are dropped, nothing where some are added, and loses 9 to 13 where they are shifted.

What this does not show. The noise of each alignment is drawn by itself, so that a detour gets an
independent second look; a real aligner repeats its errors, and +10 is an upper bound. The data are
parallel three ways, not four: en, de, es and en, pt, sv, so that each pair has one pivot.
Refinement is by the sentence in the third language, since nobody translated these back by hand.
On PUD the aligner was trained for none of the pairs. With human translations every sentence with an
entity in any of the languages was measured, with Mini the first 200 of either language; with two
seeds for alignment noise, one for the others.
"""


@dataclass(frozen=True)
class Row:
    """One noise at one rate: direct, clean and noisy, and what the others gain over it."""

    noise: str
    rate: float
    clean: Estimate
    direct: Point
    gains: dict[str, Estimate]


def pooled(tallies: Iterable[Tally]) -> Tally:
    """Counts summed up; sentences with one number are resampled together."""
    total = Tally()
    for tally in tallies:
        total.sentences += tally.sentences
        for condition, systems in tally.counts.items():
            known = total.counts.setdefault(condition, {})
            for system, counts in systems.items():
                known[system] = known[system] + counts if system in known else counts
            total.problems.setdefault(condition, dict.fromkeys(systems, 0))
    return total


def groups(folder: Path, setting: str, corpus: str) -> dict[str, Results]:
    """By group of noises, the results over all directions of a corpus, where all are measured."""
    group_results = {}
    for group in GROUPS:
        works = [w for w in plan() if (w.setting, w.corpus, w.group) == (setting, corpus, group)]
        if works and all((folder / w.file).exists() for w in works):
            group_results[group] = results(pooled(load(folder / w.file) for w in works), "")
    return group_results


def rows(group_results: dict[str, Results]) -> list[Row]:
    """All noises and rates; the clean row comes from the first group, which has all sentences."""
    noise_rows: list[Row] = []
    for sweep_results in group_results.values():
        direct = {c.noise: c for c in sweep_results.curves if _method(c.system) == "direct"}
        others = [c for c in sweep_results.curves if _method(c.system) != "direct"]
        for noise, curve in direct.items():
            for k, point in enumerate(curve.points):
                if k or not noise_rows:
                    gains = {_method(c.system): _gain(c, k) for c in others if c.noise == noise}
                    clean = curve.points[0].f1
                    noise_rows.append(Row(noise if k else "clean", point.rate, clean, point, gains))
    return noise_rows


def _method(system: str) -> str:
    return str(System.parse(system).method)


def _gain(curve: Curve, k: int) -> Estimate:
    gain = curve.points[k].gain
    assert gain is not None
    return gain


def signed(gain: Estimate) -> str:
    """Bold where the interval has no 0 in it."""
    text = f"{100 * gain.value:+.1f} [{100 * gain.low:+.1f}, {100 * gain.high:+.1f}]"
    return f"**{text}**" if gain.low > 0 or gain.high < 0 else text


def table(some: Sequence[Row]) -> list[str]:
    """Markdown."""
    names = list(some[0].gains)
    lines = [
        "| noise | rate | direct, F1 | " + " | ".join(TITLES[n] for n in names) + " |",
        "|---|---|---|" + "---|" * len(names),
    ]
    for row in some:
        f1 = f"{100 * row.direct.f1.value:.1f}"
        if row.rate:
            f1 = f"{100 * row.clean.value:.1f} → {f1}"
        rate = f"{row.rate:g}" if row.rate else ""
        cells = [signed(row.gains[n]) for n in names]
        lines.append(f"| {row.noise} | {rate} | {f1} | " + " | ".join(cells) + " |")
    return lines


def directions(folder: Path) -> list[str]:
    """Clean F1 of every direction."""
    works = [w for w in plan() if (w.setting, w.group) == ("isolated", "alignment")]
    lines: list[str] = []
    for w in works:
        if not (folder / w.file).exists():
            continue
        sweep_results = results(load(folder / w.file), "")
        first = sweep_results.noises[0]
        curves = {
            _method(s): sweep_results.curve(first, s).points[0] for s in sweep_results.systems
        }
        if not lines:
            names = [n for n in curves if n != "direct"]
            lines = [
                "| corpus | direction | pivot | direct, F1 | "
                + " | ".join(TITLES[n] for n in names)
                + " |",
                "|---|---|---|---|" + "---|" * len(names),
            ]
        cells = [signed(p.gain) for p in curves.values() if p.gain is not None]
        corpus = "Europarl" if w.corpus == "europarl" else "PUD"
        lines.append(
            f"| {corpus} | {w.source} → {w.target} | {w.pivot} |"
            f" {100 * curves['direct'].f1.value:.1f} | " + " | ".join(cells) + " |"
        )
    return lines


def crossings(group_results: dict[str, Results]) -> list[str]:
    """A row for each alignment noise and method."""
    lines = []
    for o in group_results["alignment"].overtakings if "alignment" in group_results else ():
        low = "0" if o.low is None else f"{o.low:.2g}"
        high = "never" if o.high is None else f"{o.high:.2g}"
        where = "never" if o.rate is None else f"at {o.rate:.2g} [{low}, {high}]"
        if o.rate == 0 and o.ahead >= 0.5:
            where = f"ahead without noise ({100 * o.ahead:.0f} % of the resamples)"
        elif o.share > 0.025:
            where += f" ({100 * o.share:.0f} % of the resamples)"
        lines.append(f"| {o.noise} | {TITLES[_method(o.system)]} | {where} |")
    return ["| noise | method | first overtakes direct |", "|---|---|---|", *lines]


def picture(some: Sequence[Row], machine: Sequence[Row]) -> str:
    """Both panels as SVG: gains over direct, a row per noise."""
    step, left, width, top = 46, 196, 460, 74
    height = top + step * max(len(some), len(machine)) + 56
    panels = [_panel(some, 0, left, width, top, step, "Human translations, Europarl, 6 directions")]
    if machine:
        panels.append(
            _panel(
                machine,
                left + width + 40,
                left,
                width,
                top,
                step,
                "Translated and tagged by Mini, Europarl de and es",
            )
        )
    full = (left + width + 40) * len(panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full} {height}" width="{full}"'
        f' height="{height}" font-family="system-ui, Segoe UI, Roboto, Noto Sans, sans-serif"'
        ' font-size="13"><rect width="100%" height="100%" fill="#ffffff"/>'
        f"{''.join(panels)}</svg>\n"
    )


def _panel(
    some: Sequence[Row], x0: float, left: float, width: float, top: float, step: float, title: str
) -> str:
    names = list(some[0].gains)
    ends = [100 * v for r in some for g in r.gains.values() for v in (g.low, g.high)]
    low, high = min(-5.0, min(ends)), max(5.0, max(ends))

    def x(value: float) -> float:
        return round(x0 + left + (value - low) / (high - low) * width, 1)

    bottom = top + step * len(some)
    parts = [f'<text x="{x0 + 12}" y="24" font-size="16" font-weight="600">{escape(title)}</text>']
    across = x0 + 12.0
    for k, name in enumerate(names):
        parts.append(_mark(k, across + 6, 46, COLOURS[name]))
        parts.append(f'<text x="{across + 18}" y="50" fill="#1d2129">{escape(TITLES[name])}</text>')
        across += 34 + 7.2 * len(TITLES[name])
    first = int(low // 10) * 10
    for tick in range(first, int(high) + 1, 10):
        if tick >= low:
            colour, strong = ("#1d2129", 1.5) if tick == 0 else ("#d5d9df", 1)
            parts.append(
                f'<line x1="{x(tick)}" x2="{x(tick)}" y1="{top - 6}" y2="{bottom}"'
                f' stroke="{colour}" stroke-width="{strong}"/>'
            )
            parts.append(
                f'<text x="{x(tick)}" y="{bottom + 18}" text-anchor="middle"'
                f' fill="#5b6470">{f"{tick:+d}" if tick else 0}</text>'
            )
    parts.append(
        f'<text x="{x0 + left + width / 2}" y="{bottom + 40}" text-anchor="middle"'
        ' fill="#5b6470">F1 over direct, points, with 95 % intervals</text>'
    )
    for r, row in enumerate(some):
        y = top + step * (r + 0.5)
        if r % 2 == 0:
            parts.append(
                f'<rect x="{x0 + 6}" y="{y - step / 2}" width="{left + width}"'
                f' height="{step}" fill="#8a94a6" opacity=".1"/>'
            )
        name = row.noise + (f", {row.rate:g}" if row.rate else "")
        parts.append(f'<text x="{x0 + 12}" y="{y - 2}" fill="#1d2129">{escape(name)}</text>')
        parts.append(
            f'<text x="{x0 + 12}" y="{y + 13}" fill="#5b6470" font-size="11">direct'
            f" {100 * row.direct.f1.value:.1f}</text>"
        )
        for k, method in enumerate(names):
            gain = row.gains[method]
            height = y + (k - (len(names) - 1) / 2) * (step - 12) / len(names)
            parts.append(
                f'<line x1="{x(100 * gain.low)}" x2="{x(100 * gain.high)}" y1="{height:.1f}"'
                f' y2="{height:.1f}" stroke="{COLOURS[method]}" stroke-width="2"/>'
            )
            parts.append(_mark(k, x(100 * gain.value), height, COLOURS[method]))
    return "".join(parts)


def _mark(k: int, x: float, y: float, colour: str) -> str:
    """A shape of its own for each method."""
    x, y = round(x, 1), round(y, 1)
    if k == 0:
        return f'<circle cx="{x}" cy="{y}" r="4.5" fill="{colour}"/>'
    if k == 1:
        return f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" fill="{colour}"/>'
    points = {
        2: f"{x},{y - 5.5} {x + 5.5},{y} {x},{y + 5.5} {x - 5.5},{y}",
        3: f"{x},{y - 5.5} {x + 5},{y + 4} {x - 5},{y + 4}",
    }[k]
    return f'<polygon points="{points}" fill="{colour}"/>'


def missing(group_results: dict[str, Results]) -> list[str]:
    """A line that names what was not measured."""
    missing_groups = [g for g in GROUPS if g not in group_results]
    return [f"Not measured: noise in {', '.join(missing_groups)}.", ""] if missing_groups else []


def write(folder: Path) -> None:
    """benchmarks/pivot_study.md and the picture."""
    human, pud = groups(folder, "isolated", "europarl"), groups(folder, "isolated", "pud")
    mini = groups(folder, "machine", "europarl")
    shown = rows(human), rows(mini)
    PICTURE.write_text(picture(*shown), encoding="utf-8")
    text = "\n".join(
        [
            "# Does a detour pay? Clean, and under every kind of noise",
            "",
            "    python -m benchmarks.pivot_study --work FOLDER",
            "    python -m benchmarks.pivot_study --work FOLDER --write",
            "",
            WORDS.strip(),
            "",
            "![Gains over direct projection](../docs/pivot-study.svg)",
            "",
            "## Human translations, gold source labels: Europarl, 6 directions",
            "",
            *table(shown[0]),
            "",
            *missing(human),
            "## Translated and tagged by Mini: Europarl de and es, through fr",
            "",
            *(table(shown[1]) if shown[1] else []),
            "",
            *missing(mini),
            "## Human translations: PUD (en, pt, sv), 6 directions",
            "",
            *(table(rows(pud)) if pud else []),
            "",
            *missing(pud),
            "## Where a detour first overtakes direct projection (Europarl, human translations)",
            "",
            *crossings(human),
            "",
            "## Every direction, clean",
            "",
            *directions(folder),
            "",
        ]
    )
    HERE.joinpath("pivot_study.md").write_text(text, encoding="utf-8")
