"""Small closed word classes by language: negators, number words, units, modal and legal words.

Data, not code. Words that mean something else as often (English *one*, German *ein*, French *un*)
are left out of the number words: a class that is not said is better than one that is wrong.
"""

from __future__ import annotations

from attrs import field, frozen

__all__ = ["LEXICONS", "Lexicon", "pick_lexicon"]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _table(text: str) -> dict[str, int]:
    """``word`` and its value by turns, several spellings joined by a stroke."""
    items = text.split()
    return {
        word: int(value)
        for words, value in zip(items[::2], items[1::2], strict=True)
        for word in words.split("|")
    }


@frozen
class Lexicon:
    """The closed words of one language, in lower case.

    Args:
        negators: words that deny.
        numbers: number words and their values.
        magnitudes: words that multiply the number before them, and by which power of ten.
        nouns: whether nouns are written with a capital (German).
        determiners: where nouns have capitals, what stands before a noun that is no name.
        prefixes: with them a word says that the rest of it is not so.
        units: what a number before them counts, and for each a number of its own: several
            spellings of a unit have the same.
        hedges: words that say that something is only what is said.
        modals: how sure something is, 1 for what may be and 2 for what will or must. No word that
            only carries a tense: *would*, German *wird*.
        standings: where somebody stands before the law, each step with a number of its own.
    """

    negators: frozenset[str] = field(converter=_set)
    numbers: dict[str, int] = field(converter=_table, default="", hash=False)
    magnitudes: dict[str, int] = field(converter=_table, default="", hash=False)
    nouns: bool = False
    determiners: frozenset[str] = field(converter=_set, default="")
    prefixes: frozenset[str] = field(converter=_set, default="")
    units: dict[str, int] = field(converter=_table, default="", hash=False)
    hedges: frozenset[str] = field(converter=_set, default="")
    modals: dict[str, int] = field(converter=_table, default="", hash=False)
    standings: dict[str, int] = field(converter=_table, default="", hash=False)


LEXICONS = {
    "en": Lexicon(
        "not no never none nobody nothing nowhere neither nor cannot without hardly"
        " barely scarcely non",
        "zero 0 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12"
        " thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19"
        " twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 dozen 12"
        " second 2 third|thirds 3 fourth|quarter|quarters 4 fifth|fifths 5 sixth 6 seventh 7"
        " eighth 8 ninth 9 tenth 10 half|twice|double|doubled|doubling 2"
        " triple|tripled|tripling 3 quadrupled 4",
        "hundred|hundreds 2 thousand|thousands 3 million|millions|mn 6 billion|billions|bn 9"
        " trillion|trillions|tn 12",
        prefixes="un in im il ir dis",
        units="second|seconds 1 minute|minutes 2 hour|hours 3 day|days 4 week|weeks 5"
        " month|months 6 year|years 7 decade|decades 8 dollar|dollars 9 euro|euros 10"
        " pound|pounds 11 yen 12 yuan 13 rupee|rupees 14 rouble|roubles|ruble|rubles 15"
        " franc|francs 16 percent 17 percentage 18 metre|metres|meter|meters 19"
        " kilometre|kilometres|kilometer|kilometers|km 20 mile|miles 21 foot|feet 22 inch|inches 23"
        " yard|yards 24 gram|grams 25 kilogram|kilograms|kg 26 tonne|tonnes|ton|tons 27"
        " litre|litres|liter|liters 28 gallon|gallons 29 barrel|barrels 30 acre|acres 31"
        " hectare|hectares 32 cent|cents|pence 33 celsius 34 fahrenheit 35",
        hedges="alleged allegedly reportedly purported purportedly supposedly suspected",
        modals="may|might|could|perhaps|maybe|possibly 1 will|shall|must|wo|certainly|definitely 2",
        standings="accused|accuse|accuses 1 charged|indicted 2 convicted|conviction|convictions 3"
        " acquitted|acquittal|exonerated 4 sentenced 5 guilty 6 innocent 7 arrested|detained 8"
        " pardoned 9 suspect|suspects 10 defendant|defendants 11",
    ),
    "de": Lexicon(
        "nicht nichts nie niemals niemand niemanden niemandem kein keine keiner keines keinen"
        " keinem weder nirgends ohne",
        "null 0 zwei 2 drei 3 vier 4 fünf 5 sechs 6 sieben 7 acht 8 neun 9 zehn 10 elf 11"
        " zwölf 12 dreizehn 13 vierzehn 14 fünfzehn 15 sechzehn 16 siebzehn 17 achtzehn 18"
        " neunzehn 19 zwanzig 20 dreißig|dreissig 30 vierzig 40 fünfzig 50 sechzig 60 siebzig 70"
        " achtzig 80 neunzig 90 dutzend 12"
        " zweite|zweiten|zweiter|zweites|zweitem 2 dritte|dritten|dritter|drittes|drittel 3"
        " vierte|vierten|vierter|viertes|viertel 4 fünfte|fünften|fünfter|fünftes|fünftel 5"
        " hälfte|doppelt|verdoppelt 2 verdreifacht 3",
        "hundert 2 hunderte 2 tausend|tausende|tausenden 3 million|millionen|mio 6"
        " milliarde|milliarden|mrd 9 billion|billionen 12",
        nouns=True,
        determiners="der die das dem den des ein eine einen einem einer eines kein keine keinen"
        " keinem keiner keines im am zum zur vom beim ins ans dieser diese dieses diesen diesem"
        " jeder jede jedes jeden jedem mein meine sein seine seinen seinem seiner seines ihr ihre"
        " ihren ihrem ihrer ihres unser unsere unseren unserem unserer viele vielen mehr weniger"
        " einige einigen alle allen aller mehrere mehreren welche solche manche",
        prefixes="un",
        units="sekunde|sekunden 1 minute|minuten 2 stunde|stunden 3 tag|tage|tagen 4"
        " woche|wochen 5 monat|monate|monaten 6 jahr|jahre|jahren 7 dollar 9 euro 10"
        " pfund 11 franken 16 prozent 17 prozentpunkt|prozentpunkte|prozentpunkten 18"
        " meter|metern 19 kilometer|kilometern|km 20 meile|meilen 21 gramm 25"
        " kilogramm|kilo|kg 26 tonne|tonnen 27 liter|litern 28 hektar 32 cent 33",
        hedges="angeblich angebliche angeblichen angeblicher angebliches mutmaßlich"
        " mutmaßliche mutmaßlichen mutmaßlicher mutmaßliches vermeintlich"
        " vermeintliche vermeintlichen vermeintlicher",
        modals="könnte|könnten|dürfte|dürften|vielleicht|möglicherweise 1 muss|müssen 2",
        standings="beschuldigt|beschuldigte|beschuldigten|beschuldigter 1"
        " angeklagt|angeklagte|angeklagten|angeklagter 2"
        " verurteilt|verurteilte|verurteilten|verurteilter 3"
        " freigesprochen|freigesprochene|freigesprochenen|freigesprochener 4 schuldig 6"
        " unschuldig 7 verhaftet|festgenommen 8 begnadigt 9"
        " verdächtig|verdächtige|verdächtigen|verdächtiger 10",
    ),
    "fr": Lexicon(
        "ne n' pas jamais aucun aucune rien personne ni sans nul nulle non guère",
        "zéro 0 deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 dix 10 onze 11 douze 12"
        " treize 13 quatorze 14 quinze 15 seize 16 vingt 20 trente 30 quarante 40 cinquante 50"
        " soixante 60 deuxième|second|seconde|moitié|double|doublé 2"
        " troisième|tiers|triple|triplé 3"
        " quatrième|quart 4 cinquième 5",
        "cent|cents 2 mille 3 milliers 3 million|millions 6 milliard|milliards 9",
        prefixes="in im il ir",
        units="seconde|secondes 1 minute|minutes 2 heure|heures 3 jour|jours 4"
        " semaine|semaines 5 mois 6 an|ans|année|années 7 dollar|dollars 9 euro|euros 10"
        " livre|livres 11 franc|francs 16 mètre|mètres 19 kilomètre|kilomètres|km 20"
        " kilo|kilos|kg 26 tonne|tonnes 27 litre|litres 28 hectare|hectares 32"
        " centime|centimes 33",
        hedges="présumé présumée présumés présumées prétendu prétendue prétendument",
        modals="pourrait|pourraient|peut-être 1 doit|doivent 2",
        standings="accusé|accusée|accusés|accusées 1 inculpé|inculpée|inculpés|inculpées 2"
        " condamné|condamnée|condamnés|condamnées 3 acquitté|acquittée|acquittés|acquittées 4"
        " coupable|coupables 6 innocent|innocente|innocents|innocentes 7"
        " arrêté|arrêtée|arrêtés|arrêtées 8 gracié|graciée|graciés|graciées 9"
        " suspect|suspecte|suspects|suspectes 10",
    ),
    "es": Lexicon(
        "no nunca jamás nadie nada ningún ninguna ninguno ni tampoco sin",
        "cero 0 dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11"
        " doce 12 trece 13 catorce 14 quince 15 veinte 20 treinta 30 cuarenta 40 cincuenta 50"
        " sesenta 60 setenta 70 ochenta 80 noventa 90 segundo|segunda|mitad|doble 2"
        " tercero|tercer|tercera|tercio|tercios|triple 3 cuarto|cuarta 4 quinto|quinta 5",
        "cien|ciento|cientos 2 mil|miles 3 millón|millones 6 billón|billones 12",
        prefixes="in im ir des",
        units="segundo|segundos 1 minuto|minutos 2 hora|horas 3 día|días 4 semana|semanas 5"
        " mes|meses 6 año|años 7 dólar|dólares 9 euro|euros 10 libra|libras 11"
        " peso|pesos 36 metro|metros 19 kilómetro|kilómetros|km 20 kilo|kilos|kg 26"
        " tonelada|toneladas 27 litro|litros 28 hectárea|hectáreas 32"
        " céntimo|céntimos 33",
        hedges="presunto presunta presuntos presuntas presuntamente supuesto supuesta"
        " supuestos supuestas supuestamente",
        modals="podría|podrían|quizá|quizás 1 debe|deben 2",
        standings="acusado|acusada|acusados|acusadas 1"
        " imputado|imputada|imputados|imputadas|procesado|procesada 2"
        " condenado|condenada|condenados|condenadas 3 absuelto|absuelta|absueltos|absueltas 4"
        " culpable|culpables 6 inocente|inocentes 7 detenido|detenida|detenidos|detenidas 8"
        " indultado|indultada|indultados|indultadas 9"
        " sospechoso|sospechosa|sospechosos|sospechosas 10",
    ),
    "it": Lexicon(
        "non mai nessuno nessuna nessun niente nulla né neanche nemmeno senza",
        "zero 0 due 2 tre 3 quattro 4 cinque 5 sette 7 otto 8 nove 9 dieci 10 undici 11"
        " dodici 12 tredici 13 quattordici 14 quindici 15 venti 20 trenta 30 quaranta 40"
        " cinquanta 50 sessanta 60 settanta 70 ottanta 80 novanta 90 seconda|metà|doppio 2"
        " terzo|terza|terzi|triplo 3 quarto|quarta|quarti 4 quinto|quinta 5",
        "cento|centinaia 2 mila|mille|migliaia 3 milione|milioni 6 miliardo|miliardi 9",
        prefixes="in im il ir dis",
        units="secondo|secondi 1 minuto|minuti 2 ora|ore 3 giorno|giorni 4"
        " settimana|settimane 5 mese|mesi 6 anno|anni 7 dollaro|dollari 9 euro 10"
        " sterlina|sterline 11 metro|metri 19 chilometro|chilometri|km 20"
        " chilo|chili|kg 26 tonnellata|tonnellate 27 litro|litri 28 ettaro|ettari 32",
        hedges="presunto presunta presunti presunte presumibilmente",
    ),
    "pt": Lexicon(
        "não nunca jamais ninguém nada nenhum nenhuma nem tampouco sem",
        "zero 0 dois|duas 2 três 3 quatro 4 cinco 5 seis 6 sete 7 oito 8 nove 9 dez 10 onze 11"
        " doze 12 treze 13 catorze|quatorze 14 quinze 15 vinte 20 trinta 30 quarenta 40"
        " cinquenta 50 sessenta 60 setenta 70 oitenta 80 noventa 90",
        "cem|cento|centenas 2 mil|milhares 3 milhão|milhões 6 bilhão|bilhões|bilião|biliões 9"
        " trilhão|trilhões 12",
        prefixes="in im ir des",
        units="segundo|segundos 1 minuto|minutos 2 hora|horas 3 dia|dias 4 semana|semanas 5"
        " mês|meses 6 ano|anos 7 dólar|dólares 9 euro|euros 10 libra|libras 11"
        " real|reais 37 metro|metros 19"
        " quilômetro|quilômetros|quilómetro|quilómetros|km 20 quilo|quilos|kg 26"
        " tonelada|toneladas 27 litro|litros 28 hectare|hectares 32",
        hedges="suposto suposta supostos supostas supostamente alegado alegada alegadamente",
    ),
    "nl": Lexicon(
        "niet niets nooit geen niemand nergens noch zonder",
        "nul 0 twee 2 drie 3 vier 4 vijf 5 zes 6 zeven 7 acht 8 negen 9 tien 10 elf 11 twaalf 12"
        " dertien 13 veertien 14 vijftien 15 twintig 20 dertig 30 veertig 40 vijftig 50",
        "honderd|honderden 2 duizend|duizenden 3 miljoen|miljoenen 6 miljard|miljarden 9",
        prefixes="on",
        units="seconde|seconden 1 minuut|minuten 2 uur|uren 3 dag|dagen 4 week|weken 5"
        " maand|maanden 6 jaar|jaren 7 dollar 9 euro 10 pond 11 procent 17"
        " procentpunt 18 meter 19 kilometer|km 20 kilo|kg 26 ton 27 liter 28 hectare 32",
        hedges="vermeende vermoedelijke vermoedelijk zogenaamde",
    ),
    "no": Lexicon(
        "ikke ikkje aldri ingen ingenting intet verken uten",
        "null 0 to 2 tre 3 fire 4 fem 5 seks 6 sju|syv 7 åtte 8 ni 9 ti 10 elleve 11 tolv 12"
        " tretten 13 femten 15 tjue 20 tretti 30 førti 40 femti 50 seksti 60",
        "hundre 2 tusen 3 million|millioner 6 milliard|milliarder 9",
    ),
    "da": Lexicon(
        "ikke aldrig ingen intet hverken uden",
        "nul 0 to 2 tre 3 fire 4 fem 5 seks 6 syv 7 otte 8 ni 9 ti 10 elleve 11 tolv 12 tyve 20"
        " tredive 30 fyrre 40 halvtreds 50 tres 60",
        "hundrede 2 tusind|tusinde 3 million|millioner 6 milliard|milliarder 9",
    ),
    "sv": Lexicon(
        "inte aldrig ingen inget inga ingenting varken utan",
        "noll 0 två 2 tre 3 fyra 4 fem 5 sex 6 sju 7 åtta 8 nio 9 tio 10 elva 11 tolv 12"
        " tjugo 20 trettio 30 fyrtio 40 femtio 50",
        "hundra 2 tusen 3 miljon|miljoner 6 miljard|miljarder 9",
    ),
    "pl": Lexicon(
        "nie nigdy nikt nic żaden żadna żadne żadnych żadnego nigdzie ani bez",
        "zero 0 dwa|dwie|dwóch 2 trzy|trzech 3 cztery|czterech 4 pięć|pięciu 5 sześć|sześciu 6"
        " siedem|siedmiu 7 osiem|ośmiu 8 dziewięć|dziewięciu 9 dziesięć|dziesięciu 10"
        " jedenaście 11 dwanaście 12 piętnaście 15 dwadzieścia 20 trzydzieści 30 czterdzieści 40"
        " pięćdziesiąt 50",
        "sto|setki 2 tysiąc|tysiące|tysięcy|tys 3 milion|miliony|milionów|mln 6"
        " miliard|miliardy|miliardów|mld 9",
    ),
    "cs": Lexicon(
        "ne nikdy nikdo nic žádný žádná žádné nikde ani bez není nejsou nebyl nebyla nebylo nemá"
        " nemají nebude nebudou nelze",
        "nula 0 dva|dvě 2 tři 3 čtyři 4 pět 5 šest 6 sedm 7 osm 8 devět 9 deset 10 jedenáct 11"
        " dvanáct 12 patnáct 15 dvacet 20 třicet 30 čtyřicet 40 padesát 50",
        "sto|stovky 2 tisíc|tisíce|tis 3 milion|miliony|milionů|mil 6 miliarda|miliardy|miliard|mld"
        " 9",
    ),
    "ru": Lexicon(
        "не нет никогда никто никого ничего ничто ни нельзя без",
        "ноль 0 два|две|двух 2 три|трех|трёх 3 четыре|четырех|четырёх 4 пять|пяти 5 шесть|шести 6"
        " семь|семи 7 восемь|восьми 8 девять|девяти 9 десять|десяти 10 двенадцать 12"
        " пятнадцать 15 двадцать 20 тридцать 30 сорок 40 пятьдесят 50",
        "сто|сотни 2 тысяча|тысячи|тысяч|тыс 3 миллион|миллиона|миллионов|млн 6"
        " миллиард|миллиарда|миллиардов|млрд 9",
    ),
    "uk": Lexicon(
        "не ні нема немає ніколи ніхто нікого нічого ніщо без",
        "нуль 0 два|дві|двох 2 три|трьох 3 чотири|чотирьох 4 пять|п'ять|п’ять 5 шість|шести 6"
        " сім|семи 7 вісім|восьми 8 девять|дев'ять|дев’ять 9 десять 10 дванадцять 12"
        " двадцять 20 тридцять 30 сорок 40",
        "сто|сотні 2 тисяча|тисячі|тисяч|тис 3 мільйон|мільйони|мільйонів|млн 6"
        " мільярд|мільярди|мільярдів|млрд 9",
    ),
    "id": Lexicon(
        "tidak bukan belum jangan tak tanpa",
        "nol 0 dua 2 tiga 3 empat 4 lima 5 enam 6 tujuh 7 delapan 8 sembilan 9 sepuluh 10",
        "ratus|ratusan 2 ribu|ribuan 3 juta 6 miliar 9 triliun 12",
    ),
    "fi": Lexicon(
        "ei eivät en emme ette et eikä älä ilman",
        "nolla 0 kaksi 2 kolme 3 neljä 4 viisi 5 kuusi 6 seitsemän 7 kahdeksan 8 yhdeksän 9"
        " kymmenen 10",
        "sata|sataa 2 tuhat|tuhatta 3 miljoona|miljoonaa 6 miljardi|miljardia 9",
    ),
    "lt": Lexicon("ne nė nėra niekada niekas nieko be"),
    "vi": Lexicon("không chẳng chưa đừng"),
    "hi": Lexicon("नहीं न मत ना बिना", "", "हजार 3 लाख 5 करोड़ 7"),
    "ko": Lexicon("안 못 없다 없는 없이 아니다 아닌"),
    "ja": Lexicon("", "二 2 三 3 四 4 五 5 六 6 七 7 八 8 九 9", "十 1 百 2 千 3 万 4 億 8 兆 12"),
    "zh": Lexicon(
        "不 没 沒 无 無 未 非",
        "两 2 二 2 三 3 四 4 五 5 六 6 七 7 八 8 九 9",
        "十 1 百 2 千 3 万|萬 4 亿|億 8 兆 12",
    ),
}
"""By ISO 639-1 code."""

_ALIASES = {"nb": "no", "nn": "no", "in": "id", "cn": "zh"}
_EMPTY = Lexicon("")


def pick_lexicon(code: str | None) -> Lexicon:
    """The lexicon of a language, or an empty one.

    Args:
        code: the first part of a BCP 47 tag, lower case, or None.
    """
    return LEXICONS.get(_ALIASES.get(code or "", code or ""), _EMPTY)
