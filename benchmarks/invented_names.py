"""500 names that nobody bears, and sentences to put them in.

People have one to three words, places one or two, organisations one to three; no whole name
occurs in the training data (`unseen` in translation.py checks it).
"""

from __future__ import annotations

import random

_GIVEN = (
    "Ilvana Torben Maruska Quentin Adwoa Brielle Casimir Dorothea Eskil Fenna Gorka Hilde Ivo"
    " Jorunn Katarzyna Lorcan Mireia Nuala Osric Petronel Ramiro Saoirse Thandiwe Ulrike Vadim"
    " Wanjiru Ximena Yoruk Zdenka Maria Thomas Julia Daniel"
).split()
_FAMILY = (
    "Velthoven Kowarska Tarvik Brandeloff Okonjara Mendivar Lussignan Hagerup Zwetkow Ferrantino"
    " Dlaminova Astrup Querolle Bjornsted Vascomar Iturbeko Nkembari Oylander Rautavuori Selvik"
    " Tamburelli Ullstrand Wexcombe Yildirak Zamorelle Pettibrand Kruyswalt Lindqvar Morozhen"
    " Castellmora Grimwaldt Haverstone Jurgelis Kestrella Monteverro Nordhaug"
).split()
_PLACES = (
    "Velmora Tandoro Brunskaar Kelvinge Oslagar Marrabek Zuldova Pirinia Estaval Quorra Lendava"
    " Hokmun Drevania Sankuru Talmeny Wexley Orvantes Jablonice Rimouville Castrobel Nyambura"
    " Vasteras Grimsay Ulmara Fjordal Iskendra Montrelle Paranhos Belacruz Thornaby"
).split()
_LEADS = "Nova San Santa Port Fort Villa Bad Lago".split()
_FIRMS = (
    "Kelmar Brelotech Zentiva Ovandis Quillex Nordwind Trabalux Fenomia Vexanor Lumidor Axentra"
    " Corvalis Dynamera Ergovia Pharmadon Solenix Technovar Ultramont Veridane Wolframix"
).split()
_KINDS = "Holding Systems Motors Energy Media Labs Airlines Capital Foods Logistics".split()

TEMPLATES = {
    "en": {
        "PER": ("Yesterday I met {} in the park.", "{} is a good teacher.",
                "The letter was written by {}.", "Do you know where {} lives?",
                "{} and my brother work together.", "My friend {} bought a new car."),
        "LOC": ("We spent the summer in {}.", "{} is a small town.", "The train to {} is late.",
                "I would like to live in {} with my family.", "Is {} far from here?",
                "They came back from {} last week."),
        "ORG": ("My father works for {}.", "{} has opened a new office.",
                "She got a letter from {} today.", "He wants to sell his house to {}.",
                "Did you hear about {}?", "The president of {} did not answer."),
    },
    "de": {
        "PER": ("Gestern habe ich {} im Park getroffen.", "{} ist ein guter Lehrer.",
                "Der Brief wurde von {} geschrieben.", "Weißt du, wo {} wohnt?",
                "{} und mein Bruder arbeiten zusammen.", "Das Auto gehört {}."),
        "LOC": ("Wir haben den Sommer in {} verbracht.", "{} ist eine kleine Stadt.",
                "Der Zug nach {} hat Verspätung.", "Ich möchte mit meiner Familie in {} wohnen.",
                "Ist {} weit von hier?", "Sie kamen letzte Woche aus {} zurück."),
        "ORG": ("Mein Vater arbeitet für {}.", "{} hat ein neues Büro eröffnet.",
                "Sie hat heute einen Brief von {} bekommen.", "Er will sein Haus an {} verkaufen.",
                "Hast du von {} gehört?", "Der Präsident von {} hat nicht geantwortet."),
    },
    "fr": {
        "PER": ("Hier, j'ai rencontré {} dans le parc.", "{} est un bon professeur.",
                "La lettre a été écrite par {}.", "Sais-tu où habite {} ?",
                "{} et mon frère travaillent ensemble.", "Cette voiture appartient à {}."),
        "LOC": ("Nous avons passé l'été à {}.", "{} est une petite ville.",
                "Le train pour {} est en retard.", "Je voudrais vivre à {} avec ma famille.",
                "Est-ce que {} est loin d'ici ?", "Ils sont revenus de {} la semaine dernière."),
        "ORG": ("Mon père travaille pour {}.", "{} a ouvert un nouveau bureau.",
                "Elle a reçu une lettre de {} aujourd'hui.", "Il veut vendre sa maison à {}.",
                "As-tu entendu parler de {} ?", "Le président de {} n'a pas répondu."),
    },
    "es": {
        "PER": ("Ayer encontré a {} en el parque.", "{} es un buen profesor.",
                "La carta fue escrita por {}.", "¿Sabes dónde vive {}?",
                "{} y mi hermano trabajan juntos.", "Este coche es de {}."),
        "LOC": ("Pasamos el verano en {}.", "{} es una ciudad pequeña.",
                "El tren a {} llega tarde.", "Me gustaría vivir en {} con mi familia.",
                "¿Está {} lejos de aquí?", "Ellos volvieron de {} la semana pasada."),
        "ORG": ("Mi padre trabaja para {}.", "{} ha abierto una oficina nueva.",
                "Ella recibió hoy una carta de {}.", "Él quiere vender su casa a {}.",
                "¿Has oído hablar de {}?", "El presidente de {} no respondió."),
    },
}  # fmt: skip


def names(seed: int = 7) -> list[tuple[str, str]]:
    """500 different (type, name)."""
    chance = random.Random(seed)
    typed_names: dict[tuple[str, str], None] = {}
    while len(typed_names) < 500:
        size = chance.choice((1, 2, 2, 3))
        kind = chance.choice(("PER", "LOC", "ORG"))
        if kind == "PER":
            words = [chance.choice(_GIVEN) for _ in range(size - 1)] + [chance.choice(_FAMILY)]
        elif kind == "LOC":
            words = [chance.choice(_LEADS)] * (size > 1) + [chance.choice(_PLACES)]
        else:
            words = [chance.choice(_FIRMS)] + [chance.choice(_FAMILY)] * (size > 2)
            words += [chance.choice(_KINDS)] * (size > 1)
        if len(set(words)) == len(words):
            typed_names[kind, " ".join(words)] = None
    return list(typed_names)


def sentences(language: str, seed: int = 7) -> list[tuple[str, str, str]]:
    """500 (type, name, sentence with the name)."""
    chance = random.Random(seed + 1)
    return [
        (kind, name, chance.choice(TEMPLATES[language][kind]).format(name))
        for kind, name in names(seed)
    ]
