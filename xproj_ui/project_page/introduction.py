"""What a newcomer needs to know."""

from __future__ import annotations

import streamlit as st

from xproj_core.answers.one_sentence import Question
from xproj_ui.address.project_view import START
from xproj_ui.project_page.pickers import shown_example

_NEXT = (
    "Hover a word to follow its links, click an entity to see why it is there, or type a sentence"
    " of your own."
)

_WHAT = r"""
**Annotation projection** carries labels from a sentence in one language onto the same sentence
in another. XProj shows three ways of finding out which words belong together. Here *t* is the
sentence that receives labels, *s* its labelled counterpart, *MT* machine translation and *align*
word alignment.

**Direct.** Translate, then align the two sentences:
$s = MT(t)$, $A = align(s, t)$.

**Pivot.** Go through a third language *p*, and multiply the two alignments:
$p = MT(t)$, $s = MT(p)$, $A = compose(align(s, p), align(p, t))$. Helps where a related or
better-resourced language lies between; errors of two steps add up.

**Back-translation.** Translate the translation back, and use it as a second opinion on the links:
$s = MT(t)$, $b = MT(s)$, $A = refine(align(s, t), compose(align(s, b), align(b, t)))$.

Afterwards the same **projector** turns links into labels for every method, so what differs between
the columns is the method alone. *Compose* is
$P(t \mid s) = \sum_p P(t \mid p)\,P(p \mid s)$.

**Reading the page.** The first block shows the sentence once, with one line of labels per method;
words underlined are labelled differently. Each column shows how its method got there: the thicker
a ribbon, the stronger the link. Hover a word to follow it, click an entity to see why it is where
it is, use a pencil to correct a translation or its labels.
"""


def popover() -> None:
    """The methods in plain words."""
    with st.popover("What am I looking at?", icon=":material/help:", type="tertiary"):
        st.markdown(_WHAT)


def introduction(question: Question) -> str | None:
    """What a prepared sentence shows, and what to try next; None for somebody's own."""
    if question.text == START:
        about = (
            "English labels, carried onto a German sentence in three ways, computed just now. Red"
            " underlines mark words that a method labels unlike the others or unlike the known"
            " labels (gold)."
        )
    elif (example := shown_example(question)) is not None:
        about = example.note
    else:
        return None
    return f"{about} {_NEXT}"
