"""A table as LaTeX, with the rules of booktabs."""

from __future__ import annotations

import re

from xproj_core.tables.table import Table, shown

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "–": "--",
    "—": "---",
    "→": r"$\to$",
    "↔": r"$\leftrightarrow$",
    "−": "$-$",
}
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def escaped(text: str) -> str:
    """Text that LaTeX sets as it stands; line breaks and control characters become spaces."""
    return "".join(_SPECIAL.get(c, c) for c in _INVISIBLE.sub(" ", text))


def latex(table: Table) -> str:
    """A table environment. Scripts other than Latin need XeLaTeX or LuaLaTeX and a font."""
    left = [c.kind == "text" for c in table.columns]
    lines = [
        "% needs \\usepackage{booktabs} and, for pdfLaTeX, \\usepackage[T1]{fontenc}",
        "\\begin{table}",
        "\\centering",
        f"\\begin{{tabular}}{{@{{}}{''.join('l' if t else 'r' for t in left)}@{{}}}}",
        "\\toprule",
        _row([escaped(h) for h in table.headings()]),
        "\\midrule",
    ]
    for number, row in enumerate(table.rows):
        cells = [escaped(shown(v, c.kind)) for v, c in zip(row, table.columns, strict=True)]
        lines.append(
            _row(
                [
                    f"\\textbf{{{cell}}}" if (number, k) in table.strong else cell
                    for k, cell in enumerate(cells)
                ]
            )
        )
    stop = "" if table.title.endswith("?") else "."
    note = f" {escaped(table.note)}" if table.note else ""
    lines += [
        "\\bottomrule",
        "\\end{tabular}",
        f"\\caption{{{escaped(table.title)}{stop}{note}}}",
        f"\\label{{tab:{re.sub('[^a-z0-9-]', '-', table.name.lower())}}}",
        "\\end{table}",
    ]
    return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> str:
    """A cell that begins with a bracket would be taken for an option of the row before."""
    return " & ".join("{" + c + "}" if c.startswith(("[", "*")) else c for c in cells) + r" \\"
