"""The words that edits are made with, by language; none is shared with what is measured."""

from __future__ import annotations

__all__ = [
    "ADDED",
    "DENIED",
    "MAGNITUDES",
    "NOTES",
    "NUMERALS",
    "PEOPLE",
    "REPORTED",
    "SPOKEN",
    "TOLD",
]

TOLD = (
    "seven|eight|three|fifteen|twelve|eleven|twenty|thirty|fifty|hundred|thousand|million|dozen"
    "|millions|billion|nobody|nothing|never|cannot|without|nicht|keine|keinen|keiner|niemand|nichts"
    "|niemals|sieben|zwanzig|dreißig|fünfzehn|milhões|bilhões|ninguém|nunca|nenhum|jamais|aucune"
    "|cinco|quatro|warnte|sagte|erklärte|betonte|behauptete|fordert|forderte|gefordert|spricht"
    "|schilderte|announced|warned|claimed|argued|explained|insisted|admits|admitted|suggested"
    "|believed|reported|confirmed|replied|stated|wrote|added|noted|tidak|bukan|belum|explicó|afirmó"
    "|disse|afirma|afirmou|nikdy|dvacet|nejsou|nebyl|nebude|nawet|nigdy|geen|nooit|twintig|ingen"
)
DENIED = {
    "en": [
        (" is ", " is not "),
        (" was ", " was not "),
        (" will ", " will not "),
        (" are ", " are not "),
    ],
    "de": [
        (" ist ", " ist nicht "),
        (" wird ", " wird nicht "),
        (" sind ", " sind nicht "),
        (" war ", " war nicht "),
    ],
    "fr": [(" est ", " n'est pas "), (" sont ", " ne sont pas ")],
    "es": [(" es ", " no es "), (" ha ", " no ha "), (" son ", " no son ")],
    "pt": [(" é ", " não é "), (" foi ", " não foi ")],
    "it": [(" è ", " non è "), (" ha ", " non ha ")],
    "no": [(" er ", " er ikke "), (" har ", " har ikke ")],
    "pl": [(" jest ", " nie jest "), (" ma ", " nie ma ")],
    "cs": [(" je ", " není "), (" jsou ", " nejsou ")],
    "ru": [(" был ", " не был "), (" будет ", " не будет ")],
    "da": [(" er ", " er ikke "), (" har ", " har ikke ")],
}
REPORTED = {
    "en": [("said", "claimed"), ("says", "admits"), ("told", "warned"), ("added", "insisted")],
    "de": [("sagte", "behauptete"), ("sagt", "behauptet"), ("erklärte", "warnte")],
    "fr": [("affirme", "admet"), ("explique", "prétend"), ("déclaré", "reconnu")],
    "es": [("dijo", "aseguró"), ("explicó", "advirtió"), ("afirmó", "reconoció")],
    "pt": [("disse", "alegou"), ("afirmou", "admitiu"), ("afirma", "admite")],
    "it": [("ha detto", "ha ammesso"), ("spiega", "sostiene")],
}
NOTES = {
    "en": "Correction: an earlier version of this story gave the wrong year for the first hearing.",
    "de": "Korrektur: In einer früheren Version dieses Textes war das Jahr der Anhörung falsch.",
    "fr": "Rectificatif : une version précédente de cet article donnait une date inexacte.",
    "es": "Corrección: una versión anterior de este texto daba mal el año de la audiencia.",
}
SPOKEN = {
    "en": " “We had hoped for a calmer autumn than this,” a resident said.",
    "de": " „Wir hatten auf einen ruhigeren Herbst gehofft“, sagte eine Anwohnerin.",
    "fr": " « Nous espérions un automne plus calme », a dit une habitante.",
    "es": " «Esperábamos un otoño mucho más tranquilo», dijo una vecina.",
}
ADDED = {
    "en": "The harbour office had closed its eastern gate two weeks before, for reasons unknown.",
    "de": "Das Hafenamt hatte das östliche Tor zwei Wochen zuvor geschlossen, warum auch immer.",
    "fr": "Le bureau du port avait fermé sa porte orientale deux semaines avant, sans explication.",
    "es": "La oficina del puerto había cerrado su puerta oriental dos semanas antes, sin motivo.",
}
PEOPLE = ("Marta Lindqvist", "Oskar Brandel", "Helena Moravec", "Tomas Aguirre", "Rosa Vandelli")
NUMERALS = {
    "en": [("three", "five"), ("four", "nine"), ("two", "six"), ("six", "ten"), ("ten", "twelve")],
    "de": [("drei", "fünf"), ("vier", "neun"), ("zwei", "sechs"), ("sechs", "zehn")],
    "fr": [("trois", "cinq"), ("quatre", "neuf"), ("deux", "sept"), ("dix", "douze")],
    "es": [("tres", "cinco"), ("cuatro", "nueve"), ("dos", "seis"), ("diez", "doce")],
    "pt": [("três", "cinco"), ("quatro", "nove"), ("dois", "seis"), ("duas", "seis")],
    "it": [("tre", "cinque"), ("quattro", "nove"), ("due", "sette")],
    "no": [("tre", "fem"), ("fire", "ni"), ("to", "seks")],
    "pl": [("trzy", "pięć"), ("cztery", "osiem"), ("dwa", "sześć")],
    "cs": [("tři", "pět"), ("čtyři", "osm"), ("dva", "šest")],
    "ru": [("три", "пять"), ("четыре", "восемь"), ("два", "шесть")],
}
MAGNITUDES = {
    "en": [("million", "billion"), ("billion", "million")],
    "de": [("Millionen", "Milliarden"), ("Milliarden", "Millionen")],
    "fr": [("millions", "milliards"), ("milliards", "millions")],
    "pt": [("milhões", "bilhões"), ("bilhões", "milhões")],
    "it": [("milioni", "miliardi"), ("miliardi", "milioni")],
    "pl": [("mln", "mld"), ("miliardów", "milionów")],
    "ru": [("млн", "млрд"), ("миллионов", "миллиардов")],
    "no": [("millioner", "milliarder"), ("milliarder", "millioner")],
}
