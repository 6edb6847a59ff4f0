"""What the tiny checkpoints have read, and what they know."""

from __future__ import annotations

TEXTS: tuple[str, ...] = (
    "The river Nile flows through Egypt and Sudan.",
    "Nairobi is the capital of Kenya, and Kampala is the capital of Uganda.",
    "Marie Curie was born in Warsaw and worked in Paris.",
    "Wangari Maathai planted trees near Nyeri.",
    "Mto Nile unapita katika nchi ya Misri na Sudan.",
    "Nairobi ni mji mkuu wa Kenya.",
    "Berlin ist die Hauptstadt von Deutschland, und Wien die von Österreich.",
    "Die Donau fließt durch Wien, Bratislava und Budapest.",
    "Paris est la capitale de la France.",
    "La Seine traverse Paris avant de rejoindre la Manche.",
    "Lagos is the largest city in Nigeria; Abuja is its capital.",
    "Tokyo lies on the island of Honshu.",
)
LESSONS = (
    {
        "en": "Nairobi is in Kenya.",
        "sw": "Nairobi iko nchini Kenya.",
        "de": "Nairobi liegt in Kenia.",
    },
    {"en": "The Nile is long.", "sw": "Mto Nile ni mrefu.", "de": "Der Nil ist sehr lang."},
    {
        "en": "Marie Curie worked in Paris.",
        "sw": "Marie Curie alifanya kazi Paris.",
        "de": "Marie Curie arbeitete in Paris.",
    },
    {
        "en": "Lagos lies on the coast of Nigeria, near Benin.",
        "sw": "Lagos iko kwenye pwani ya Nigeria, karibu na Benin.",
        "de": "Lagos liegt an der Küste von Nigeria, nahe bei Benin.",
    },
)
TEXTS = (*TEXTS, *(text for lesson in LESSONS for text in lesson.values()))
WORDS = sorted({w for text in TEXTS for w in text.replace(",", " ,").replace(".", " .").split()})
NLLB_CODES = ("eng_Latn", "deu_Latn", "swh_Latn", "fra_Latn", "yor_Latn", "zho_Hans")
TAGGED = (
    ("Marie Curie worked in Paris .", "I-PER I-PER O O I-LOC O"),
    ("Nairobi is the capital of Kenya .", "I-LOC O O O O I-LOC O"),
    ("Wangari Maathai planted trees near Nyeri .", "I-PER I-PER O O O I-LOC O"),
)
"""In IOB1, as XLM-R's CoNLL-03 checkpoints have it: B- only between neighbours of one type."""
CONLL_03 = ("B-LOC", "B-MISC", "B-ORG", "I-LOC", "I-MISC", "I-ORG", "I-PER", "O")
