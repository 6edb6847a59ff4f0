"""What stands beside names, and tells them from other words."""

from __future__ import annotations

TITLES = {
    "en": "Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Prof Prof. Professor Doctor President King Queen"
    " Prince Princess Captain General Minister Sir Lady Lord Uncle Aunt Judge Senator",
    "de": "Herr Frau Herrn Dr. Prof. Professor Doktor Präsident Präsidentin"
    " König Königin Onkel Tante Kanzler Kanzlerin Minister Ministerin Firma Familie Stadt",
    "fr": "M. Mme Mlle Dr Dr. Monsieur Madame Mademoiselle Président Docteur Professeur",
    "es": "Sr. Sra. Srta. Dr. Dra. Señor Señora Don Doña Presidente Doctor Profesor",
}

HONORIFICS = {
    "en": "Mr Mr. Mrs Mrs. Ms Ms.",
    "de": "Herr Herrn Frau",
    "fr": "M. Mme Mlle Monsieur Madame",
    "es": "Sr. Sra. Srta. Señor Señora Don Doña",
}
"""What surnames stand behind: "Herr Koch" is no cook."""
OFFICES = {
    "de": "Abgeordnete Abgeordneter Berichterstatter Berichterstatterin Bürgermeister Direktor"
    " Direktorin General Kollege Kollegen Kollegin Kommissar Kommissarin Lehrer Lehrerin Nachbar"
    " Nachbarin Pfarrer Richter Vorsitzende Vorsitzender",
    "en": "Chairman Chairwoman Commissioner Secretary Speaker",
    "fr": "Commissaire Député Députée Directeur Directrice Juge Maire Ministre Présidente"
    " Rapporteur Secrétaire",
    "es": "Alcalde Comisario Comisaria Diputada Diputado Director Directora Juez Jueza Ministra"
    " Ministro Ponente Presidenta Profesora Secretaria Secretario Vicepresidenta Vicepresidente",
}

DETERMINERS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the a an my your his her its our their this that these those",
        "es": "el la los las un una del al mi tu su sus nuestro nuestra nuestros nuestras este esta"
        " estos estas ese esa",
        "fr": "le la les l' un une du des au aux mon ma mes ton ta tes son sa ses notre nos votre"
        " vos leur leurs ce cet cette ces",
    }.items()
}
"""Behind these a known word with a capital is no surname, but a body: "la Comisión"."""
JOINING = frozenset("of and de y e et d'".split())
"""Such a name goes on behind these: "la Comisión de Industria"."""
