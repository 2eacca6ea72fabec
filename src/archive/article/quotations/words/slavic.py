"""How Polish and Ukrainian report speech."""

from __future__ import annotations

from archive.article.quotations.vocabulary import Vocabulary

__all__ = ["POLISH", "UKRAINIAN"]

POLISH = Vocabulary(
    code="pl",
    verbs="""
        powiedział powiedziała powiedzieli mówi mówią mówił mówiła dodał dodała dodali dodaje
        stwierdził stwierdziła stwierdzili stwierdza podkreślił podkreśliła podkreślili podkreśla
        zaznaczył zaznaczyła zaznacza napisał napisała napisali pisze wskazał wskazała wskazuje
        wyjaśnił wyjaśniła wyjaśnia tłumaczy tłumaczył tłumaczyła ocenił oceniła ocenia zapewnił
        zapewniła zapewnia zapytał zapytała pyta odpowiedział odpowiedziała odpowiada przekazał
        przekazała przekazali przekazuje poinformował poinformowała poinformowali informuje
        oświadczył oświadczyła ogłosił ogłosiła zakończył zakończyła zauważył zauważyła zauważa
        przyznał przyznała przyznaje uważa twierdzi twierdził twierdziła ostrzegł ostrzegła ostrzega
        argumentował argumentowała argumentuje podaje podał podała podali skomentował skomentowała
        komentuje relacjonuje apeluje zaapelował przypomniał przypomniała przypomina krytykuje
        nazwał nazwała określił określiła zapowiedział zapowiedziała groził
    """,
    pronouns="on ona oni one",
    nobody="ja my ty wy to co kto jak gdzie dlaczego nic nikt się że który która",
    determiners="tego tej ten ta",
    between="""
        też także również jednak następnie wcześniej później potem już jeszcze to bowiem zatem
        natomiast zaś
    """,
    passives="został została zostali",
    agents="przez",
    bounds="""
        w we na do z ze o od po przed przy za nad pod dla przez podczas że iż i a oraz ale lecz jak
        gdy kiedy który która którzy bo się w wobec powtarzając dodając
    """,
    clauses="że iż gdy kiedy jak",
    links="ds i de von",
    asides="jak",
    relatives="który która którzy",
    conjunctions="i a oraz ale",
    sources="według, zdaniem, jak podaje",
    titles="ds m.in prof dr ok proc św red ul im mln mld tys",
    times="""
        poniedziałek wtorek środa środę czwartek piątek sobota sobotę niedziela niedzielę
    """,
    drops=True,
    dashes=True,
    common="w i na z się do że nie to jest o jak po od za przez ma",
)

UKRAINIAN = Vocabulary(
    code="uk",
    verbs="""
        сказав сказала сказали каже кажуть говорить говорять говорив говорила заявив заявила заявили
        заявляє додав додала додали додає зазначив зазначила зазначили зазначає підкреслив
        підкреслила підкреслює наголосив наголосила наголосили наголошує пояснив пояснила пояснює
        написав написала написали пише повідомив повідомила повідомили повідомляє розповів розповіла
        розповідає розповіли відповів відповіла відповідає запитав запитала вважає стверджує
        стверджував уточнив уточнила підтвердив підтвердила попередив попередила нагадав нагадала
        прокоментував прокоментувала відзначив відзначила визнав визнала закликав закликала назвав
        назвала запевнив запевнила переконаний переконана резюмував
    """,
    pronouns="він вона вони",
    nobody="я ми ти ви це що хто як де чому ніщо ніхто який яка",
    between="також потім раніше вже ще і",
    passives="був була були",
    bounds="""
        в у на до з із зі про від по перед при за над під для через під час що і й та а але або як
        коли який яка які бо після щоб
    """,
    clauses="що коли як бо щоб",
    links="з і та",
    asides="як",
    relatives="який яка які",
    conjunctions="і й та але",
    sources="за словами, на думку, згідно з, за даними",
    titles="ім вул млн млрд тис р рр ст",
    times="понеділок вівторок середу четвер пʼятницю суботу неділю",
    drops=True,
    dashes=True,
    common="і в на що не з до у за та як це він про для від є",
)
