"""Sentences with slots, written for this project: kinds of text that the corpora lack.

`{PER}`, `{LOC}` and `{ORG}` are replaced by names; words are separated by blanks.
"""

from __future__ import annotations

ENGLISH = """
{PER}
{PER} {PER}
{ORG}
{LOC}
{LOC} , {LOC}
{PER} , {PER} and {PER}
{PER} , {ORG}
{ORG} , {LOC}
Hi {PER} ,
Hello {PER} ,
Dear {PER} ,
Dear {PER} : thank you for your letter .
Thanks , {PER}
Thank you , {PER} .
Regards , {PER}
Best wishes , {PER}
- {PER}
From : {PER}
To : {PER}
To : {PER} , {PER} , {PER}
Cc : {PER} ; {PER}
Subject : meeting with {ORG}
{PER} - {ORG} - {LOC}
{PER} , {ORG} , 555-0134
{PER} {ORG} 12 Main Street {LOC} , {LOC} 10003
{PER} , can you send me the {ORG} contract by Friday ?
Please call {PER} at {ORG} .
I spoke to {PER} this morning and he agrees .
Attached is the draft that {PER} and {PER} discussed .
Let me know if {PER} needs anything else .
I talked with {PER} from {ORG} about the deal .
{PER} will be out of the office until Monday .
Have you heard from {PER} ?
The meeting with {ORG} has been moved to 3 pm .
{PER} asked whether {ORG} would sign the agreement .
{LOC} ( Reuters ) - Officials said on Tuesday that talks had failed .
{LOC} , {LOC} - {PER} said {ORG} would cut 200 jobs .
{PER} , the chairman of {ORG} , resigned on Monday .
{PER} , a spokesman for {ORG} , declined to comment .
{ORG} said its profit rose 12 percent in the third quarter .
{ORG} shares fell sharply after the announcement .
{ORG} has bought {ORG} for 3.2 billion dollars .
{ORG} and {ORG} announced a merger in {LOC} .
{ORG} is opening a new office in {LOC} .
Police in {LOC} arrested {PER} on Thursday .
The president of {LOC} met {PER} in {LOC} .
Thousands of people fled {LOC} after the flood .
Troops entered {LOC} , a town 40 miles north of {LOC} .
The government of {LOC} rejected the proposal of {ORG} .
A bomb went off in {LOC} , killing two members of {ORG} .
{PER} was born in {LOC} , {LOC} , in 1954 .
{PER} was born in {LOC} and studied at {ORG} .
{PER} ( born 1961 ) is a politician from {LOC} .
{PER} won the election in {LOC} with the support of {ORG} .
{PER} 's wife , {PER} , is a teacher .
{PER} 's speech was criticised by {ORG} .
{ORG} 's headquarters are in {LOC} .
{LOC} 's largest city is {LOC} .
The river flows from {LOC} to {LOC} .
He moved from {LOC} to {LOC} to work for {ORG} .
She left {ORG} to join {ORG} .
According to {ORG} , the virus has spread to {LOC} .
According to {PER} , this is only the beginning .
The {ORG} report was published yesterday .
The {ORG} was founded in 1921 .
Members of the {ORG} met in {LOC} .
A lawyer for the {ORG} spoke to reporters .
The book was written by {PER} and published by {ORG} .
{ORG} beat {ORG} 3-1 in {LOC} .
{ORG} signed {PER} from {ORG} .
{PER} scored twice for {ORG} .
{PER} said that {PER} had lied to {PER} .
" I have never been to {LOC} , " {PER} said .
" We are ready , " said {PER} , who works for {ORG} .
Where can I buy a cheap phone in {LOC} ?
What is the best hotel in {LOC} ?
Is {LOC} safe for tourists ?
How do I get from {LOC} to {LOC} by train ?
does anyone know a good dentist in {LOC} ?
i am moving to {LOC} next month , any tips ?
anybody here from {LOC} ?
i bought it at {ORG} last week
is {ORG} hiring right now ?
my cousin {PER} lives in {LOC}
{PER} is so funny lol
happy birthday {PER} ! ! !
omg {PER} just followed me
watching {PER} on tv tonight
going to {LOC} with {PER} tomorrow
just landed in {LOC}
I love {LOC} in the summer .
{PER} did a great job on our roof .
Ask for {PER} , she is the best stylist here .
Great food and service , thanks to {PER} and {PER} .
{ORG} fixed my car in a day and the price was fair .
I have been going to {ORG} for years and never had a problem .
I called {ORG} and they never called back .
Do not use {ORG} , they are rude .
I highly recommend {ORG} to anyone in {LOC} .
I took my dog to {ORG} in {LOC} .
Best plumber in {LOC} !
We drove through {LOC} and {LOC} on our way to {LOC} .
We visited {LOC} , {LOC} and {LOC} .
The flight from {LOC} to {LOC} was late .
{LOC} is the capital of {LOC} .
{LOC} borders {LOC} and {LOC} .
My name is {PER} and I am from {LOC} .
This is {PER} .
I am {PER} 's brother .
Do you know {PER} ?
{PER} and I went to school together .
Neither {PER} nor {PER} was at home .
{PER} told {PER} to wait .
{PER} thinks that {LOC} is too far away .
I work for {ORG} .
I work at {ORG} in {LOC} .
My sister studies at {ORG} .
He was a professor at {ORG} .
She writes for {ORG} .
{ORG} reported that {PER} had died in {LOC} .
The {LOC} office of {ORG} has closed .
{PER} of {ORG}
{PER} from {LOC}
{ORG} to close factory in {LOC}
{PER} to visit {LOC}
{PER} Wins Election In {LOC}
{ORG} Sues {ORG} Over Patents
{LOC} votes against treaty
""".strip().splitlines()

OTHER: dict[str, list[str]] = {
    "de": """
{PER} wurde in {LOC} geboren .
{PER} arbeitet bei {ORG} in {LOC} .
{ORG} hat seinen Sitz in {LOC} .
Der Sprecher von {ORG} , {PER} , lehnte das ab .
Gestern traf {PER} in {LOC} den Präsidenten von {ORG} .
Die Regierung von {LOC} hat den Vorschlag der {ORG} abgelehnt .
Wir fahren im Sommer nach {LOC} und {LOC} .
{PER} und {PER} wohnen in {LOC} .
Die Stadt {LOC} liegt an einem Fluss .
Laut {ORG} ist der Gewinn gestiegen .
Herr {PER} , ich danke Ihnen für Ihren Bericht .
Hast du {PER} gesehen ?
Ich habe das Buch von {PER} gelesen .
Die Polizei in {LOC} nahm am Montag zwei Männer fest .
""".strip().splitlines(),
    "fr": """
{PER} est né à {LOC} .
{PER} travaille chez {ORG} à {LOC} .
Le siège de {ORG} se trouve à {LOC} .
Le porte-parole de {ORG} , {PER} , a refusé .
Hier , {PER} a rencontré le président de {ORG} à {LOC} .
Le gouvernement a rejeté la proposition de {ORG} .
Nous irons à {LOC} et à {LOC} cet été .
{PER} et {PER} habitent à {LOC} .
La ville de {LOC} est très belle .
Selon {ORG} , les prix ont augmenté .
Monsieur {PER} , je vous remercie de votre rapport .
As-tu vu {PER} ?
J' ai lu le livre de {PER} .
La police de {LOC} a arrêté deux hommes lundi .
""".strip().splitlines(),
    "es": """
{PER} nació en {LOC} .
{PER} trabaja en {ORG} en {LOC} .
La sede de {ORG} está en {LOC} .
El portavoz de {ORG} , {PER} , lo rechazó .
Ayer {PER} se reunió en {LOC} con el presidente de {ORG} .
El gobierno de {LOC} rechazó la propuesta de {ORG} .
Este verano iremos a {LOC} y a {LOC} .
{PER} y {PER} viven en {LOC} .
La ciudad de {LOC} es muy bonita .
Según {ORG} , los precios han subido .
Señor {PER} , le agradezco su informe .
¿ Has visto a {PER} ?
He leído el libro de {PER} .
La policía de {LOC} detuvo el lunes a dos hombres .
""".strip().splitlines(),
}
