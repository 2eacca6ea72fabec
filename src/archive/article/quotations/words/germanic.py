"""How German and Norwegian report speech."""

from __future__ import annotations

from archive.article.quotations.vocabulary import Vocabulary

__all__ = ["GERMAN", "NORWEGIAN"]

GERMAN = Vocabulary(
    code="de",
    verbs="""
        sagt sagte sagten sagen gesagt erklärt erklärte erklärten erklären betont betonte betonten
        fügt fügte ergänzt ergänzte meint meinte meinten meinen berichtet berichtete berichteten
        schreibt schrieb schrieben geschrieben kritisiert kritisierte kritisierten warnt warnte
        warnten fordert forderte forderten gefordert behauptet behauptete behaupteten antwortet
        antwortete antworteten fragt fragte fragten gefragt ruft rief riefen nennt nannte nannten
        genannt bezeichnet bezeichnete bezeichneten lobt lobte findet fand glaubt glaubte teilt
        teilte mitteilte mitteilt kündigt kündigte verkündet verkündete bestätigt bestätigte
        versichert versicherte vermutet vermutete erzählt erzählte erzählten erinnert erinnerte
        begründet begründete urteilt urteilte heißt hieß lautet lautete unterstreicht unterstrich
        räumt räumte äußert äußerte resümiert resümierte konstatiert konstatierte mahnt mahnte
        appelliert appellierte bekräftigt bekräftigte verspricht versprach scherzt scherzte klagt
        klagte jubelt jubelte schwärmt schwärmte verrät verriet gesteht gestand weiß wusste hofft
        hoffte ahnt ahnte prophezeit bilanziert bilanzierte analysiert analysierte kommentiert
        kommentierte kommentierten schildert schilderte empfiehlt empfahl rät riet droht drohte
        bemängelt bemängelte bedauert bedauerte entgegnet entgegnete erwidert erwiderte zitiert
        zitierte überzeugt beschreibt beschrieb twittert twitterte postet postete
    """,
    pronouns="er sie",
    nobody="""
        ich wir ihr du es man das dies was wer wie wo warum nichts etwas niemand alle jeder sich mir
        mich uns ihm ihn ihnen dem den dass ob
    """,
    articles="der die das den dem des ein eine einer eines einem einen",
    determiners="der die das den dem des ein eine einer eines zum zur vom im am",
    between="""
        hat habe haben hatte hatten auch dann später zuvor zudem wiederum allerdings jedoch aber nun
        weiter dazu noch schon bereits am abschließend daraufhin mehrfach selbst dabei einst mal
        immer gleichzeitig zunächst deshalb außerdem gestern heute immerhin trotzdem dennoch darum
        daher so danach sich erst jetzt zuletzt schließlich damit hier dort ist war sei anschließend
        allein
    """,
    recipients="dem den einem",
    passives="wird wurde werden wurden worden",
    agents="von vom durch",
    bounds="""
        in im am an auf bei beim mit nach vor zu zum zur für gegen gegenüber über unter um aus seit
        während wegen als wie dass weil wenn ob und oder aber sondern denn ist sind war hat habe
        laut hinzu dazu mit ein auch
    """,
    clauses="als dass weil wenn ob wie nachdem während da bevor obwohl",
    links="von vom der des und zu van de",
    asides="wie",
    relatives="der die das welcher welche",
    conjunctions="und aber",
    sources="so, laut",
    first="für, nach ansicht von, nach angaben von, nach worten von",
    after="zufolge",
    titles="""
        dr prof st hl bzw ca z.b u.a d.h nr abs art bspw ggf sog str mio mrd jan feb aug sept okt
    """,
    times="""
        montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend januar februar märz
        april mai juni juli august september oktober november dezember
    """,
    inverts=True,
    common="der die und das den von mit ist nicht für auf ein dem sich auch",
)

NORWEGIAN = Vocabulary(
    code="no",
    verbs="""
        sier sa sagt forteller fortalte fortalt skriver skrev skrevet forklarer forklarte mener
        mente svarer svarte spør spurte uttalte uttaler fortsetter fortsatte legger la understreker
        understreket påpeker påpekte hevder hevdet melder meldte opplyser opplyste kommenterer
        kommenterte bekrefter bekreftet innrømmer innrømmet avslører avslørte deler delte minnes
        mintes roper ropte lover lovet advarer advarte konstaterer konstaterte beskriver beskrev
        kaller kalte kalt siterer siterte utdyper utdypet tilføyer tilføyde fastslår fastslo røper
        røpet medgir medga presiserer presiserte oppsummerer jubler jublet ler smiler tror innleder
    """,
    pronouns="han hun de",
    things="de",
    nobody="jeg vi du dere det dette som hva hvem hvor hvordan hvorfor man noen ingen alle meg seg",
    articles="den det de en ei et",
    determiners="den det de en ei et sin sitt",
    between="har hadde også da så videre selv nå senere tidligere igjen ikke",
    passives="blir ble blitt",
    agents="av",
    bounds="""
        i på til om med for fra etter under over ved av som at og men eller når da mens fordi hvis
        etterfulgt er var har hadde skal skulle vil ble følgende før gjennom mot hos
    """,
    clauses="at da når som hvis mens fordi",
    links="i for av og von van de la",
    asides="som",
    relatives="som",
    conjunctions="og men",
    sources="ifølge",
    titles="dr nr st ca bl.a f.eks kl",
    times="""
        mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar mars april mai juni juli
        august september oktober november desember
    """,
    inverts=True,
    dashes=True,
    common="og i det er på som til av for har med ikke at han jeg ble",
)
