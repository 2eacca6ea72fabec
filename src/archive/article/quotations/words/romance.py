"""How French, Spanish, Italian and Portuguese report speech."""

from __future__ import annotations

from archive.article.quotations.vocabulary import Vocabulary

__all__ = ["FRENCH", "ITALIAN", "PORTUGUESE", "SPANISH"]

FRENCH = Vocabulary(
    code="fr",
    verbs="""
        dit dis disent disait déclare déclarent déclaré déclarait explique expliquent expliqué
        expliquait affirme affirment affirmé affirmait ajoute ajoutent ajouté ajoutait estime
        estiment estimé estimait souligne soulignent souligné soulignait précise précisent précisé
        assure assurent assuré raconte racontent raconté confie confient confié répond répondent
        répondu écrit écrivent juge jugent jugé argumente argumentent argue martèle martelé rappelle
        rappellent rappelé note notent noté indique indiquent indiqué annonce annoncent annoncé
        insiste insistent insisté dénonce dénoncent dénoncé regrette regrettent regretté demande
        demandent demandé lance lancent lancé poursuit poursuivent poursuivi conclut conclu
        reconnaît reconnu admet admettent admis commente commenté prévient prévenu avertit averti
        critique critiqué qualifie qualifié promet promis confirme confirmé témoigne témoigné résume
        résumé analyse analysé ironise soutient soutenu plaide plaidé évoque évoqué fait soupire
        tonne tweete tweeté appelle appelé constate constaté
    """,
    participles="estimant ajoutant affirmant expliquant soulignant disant déclarant précisant",
    pronouns="il elle ils elles",
    nobody="""
        je nous vous tu on ce cela ça que qui quoi où comment pourquoi rien personne tout y en se
        lui leur
    """,
    articles="le la les l’ l' un une des",
    determiners="le la les l’ l' un une des du de au aux ce cette ces son sa ses leur d'",
    between="""
        a ont avait avaient est aussi encore également ainsi alors déjà toutefois ensuite lui se
    """,
    passives="été être sont",
    agents="par",
    bounds="""
        à au aux en dans sur sous pour par avec sans chez après avant pendant lors depuis contre
        vers que qu’ qui dont où et ou mais car comme quand si ne pas est sont a ont avoir
    """,
    links="de du des la le les d’ d' et l’ l' en pour",
    asides="comme",
    relatives="qui",
    conjunctions="et mais",
    sources="selon, d’après, d'après",
    first="pour",
    titles="m mm mme dr st etc cf p",
    times="""
        lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin
        juillet août septembre octobre novembre décembre
    """,
    clitics=("-t-il", "-t-elle", "-t-on", "-ils", "-elles", "-il", "-elle", "-on", "-je"),
    dashes=True,
    common="le la les des et est une dans que pour qui sur du au par ce",
)

SPANISH = Vocabulary(
    code="es",
    verbs="""
        dice dicen dijo dijeron dicho decía afirma afirman afirmó afirmaron afirmado asegura
        aseguran aseguró aseguraron asegurado explica explican explicó explicaron explicado señala
        señalan señaló señalaron señalado añade añaden añadió añadieron añadido agrega agregó
        destaca destacan destacó destacado subraya subrayó subrayado advierte advirtió advertido
        declara declaró declararon declarado sostiene sostienen sostuvo defiende defendió defendido
        reconoce reconoció reconocido admite admitió admitido insiste insistió insistido remarca
        remarcó apunta apuntó apuntado indica indicó indicado comenta comentó comentado cuenta
        cuentan contó contado relata relató recuerda recordó recordado responde respondió pregunta
        preguntó preguntado escribe escribió escrito critica criticó criticado denuncia denunció
        denunciado reclama reclamó reclamaron reclamado anuncia anunció anunciado considera
        consideró concluye concluyó opina opinó lamenta lamentó lamentado pide pidió pedido califica
        calificó calificado llama llamó precisa precisó manifiesta manifestó expresa expresó
        confiesa confesó promete prometió resume resumió argumenta argumentó valora valoró zanja
        zanjó espeta espetó matiza matizó ironiza reitera reiteró
    """,
    participles="añadiendo diciendo afirmando asegurando señalando explicando",
    pronouns="él ella ellos ellas",
    nobody="""
        yo nosotros tú usted ustedes esto eso que qué quién cómo dónde nada nadie algo todo se me te
        nos
    """,
    articles="el la los las un una unos unas",
    determiners="el la los las un una unos unas del al su sus este esta ese esa",
    between="ha han había habían también además ya luego después se le les lo así no",
    passives="sido ser fue fueron",
    agents="por",
    bounds="""
        a al en con por para sobre tras desde hasta ante bajo contra durante según sin entre que
        quien cuando como donde porque si y e o pero sino ni aunque mientras asimismo es son fue ha
        han
    """,
    clauses="que cuando porque si como aunque",
    links="de del la el los las y e der von",
    asides="como",
    relatives="que quien quienes",
    conjunctions="y e pero",
    sources="según, de acuerdo con, en palabras de, a juicio de",
    titles="sr sra dr dra etc ee uu núm art",
    times="""
        lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio
        julio agosto septiembre octubre noviembre diciembre
    """,
    drops=True,
    dashes=True,
    common="el la de que y los las en un una del por con se para es su",
)

ITALIAN = Vocabulary(
    code="it",
    verbs="""
        dice dicono disse detto afferma affermano affermò affermato spiega spiegano spiegato
        aggiunge aggiungono aggiunto sottolinea sottolineano sottolineato dichiara dichiarano
        dichiarato racconta raccontano raccontato risponde rispondono risposto scrive scrivono
        scritto commenta commentato osserva osservato sostiene sostengono sostenuto ricorda
        ricordano ricordato ribadisce ribadito precisa precisato conclude concluso annuncia
        annunciato avverte avvertito ammette ammesso chiede chiedono chiesto denuncia denunciato
        critica criticato assicura assicurato insiste insistito prosegue proseguito replica
        replicato attacca attaccato definisce definito evidenzia evidenziato rivela rivelato
        confessa confessato conferma confermato promette promesso lamenta lamentato riferisce
        riferito segnala segnalato chiama chiamato
    """,
    participles="aggiungendo dicendo affermando spiegando sottolineando",
    pronouns="lui lei loro egli ella",
    nobody="""
        io noi tu voi ciò questo quello che chi cosa come dove nulla niente nessuno tutto si ci
    """,
    articles="il lo la i gli le l’ l' un uno una",
    determiners="il lo la i gli le l’ l' un uno una del della dei delle al alla suo sua",
    between="ha hanno aveva avevano è anche poi ancora inoltre già così si gli",
    passives="stato stata stati viene vengono essere",
    agents="da dal dalla",
    bounds="""
        a ad al alla in nel nella con per su sul sulla da dal dalla tra fra durante dopo prima
        contro senza che quando come dove perché se e o ma né è sono ha hanno
    """,
    clauses="che quando perché se come",
    links="di del della dei degli delle dell’ dell' d’ d' la il lo e de",
    asides="come",
    relatives="che",
    conjunctions="e ed ma",
    sources="secondo, a detta di",
    titles="dott sig avv ing on sen prof ecc",
    times="""
        lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile
        maggio giugno luglio agosto settembre ottobre novembre dicembre
    """,
    drops=True,
    dashes=True,
    common="il la di che e un una per con del della sono non gli nel alla",
)

PORTUGUESE = Vocabulary(
    code="pt",
    verbs="""
        diz dizem disse disseram dito afirma afirmam afirmou afirmaram afirmado explica explicam
        explicou explicaram acrescenta acrescentou acrescentaram destaca destacou ressalta ressaltou
        conta contam contou contaram declara declarou declararam escreve escreveu responde respondeu
        respondem pergunta perguntou comenta comentou garante garantiu defende defendeu alerta
        alertou argumenta argumentou conclui concluiu completa completou avalia avaliou aponta
        apontou lembra lembrou reconhece reconheceu admite admitiu critica criticou anuncia anunciou
        informa informou informaram sublinha sublinhou salienta salientou revela revelou considera
        considerou pede pediu reforça reforçou relata relatou ressalva brinca brincou observa
        observou chama chamou estranha denuncia denunciou promete prometeu
    """,
    participles="acrescentando dizendo afirmando explicando",
    pronouns="ele ela eles elas",
    nobody="eu nós você vocês isso isto que quem como onde nada ninguém tudo se lhe me nos",
    articles="o a os as um uma uns umas",
    determiners="o a os as um uma do da dos das ao à seu sua este esta esse essa",
    between="tem têm havia tinha também ainda já depois então se lhe não",
    passives="sido ser foi foram",
    agents="por pelo pela",
    bounds="""
        a ao à em no na nos nas com por pelo pela para sobre após desde até contra durante sem entre
        que quem quando como onde porque se e ou mas nem é são foi tem
    """,
    clauses="que quando porque se como",
    links="de do da dos das e",
    asides="como",
    relatives="que quem",
    conjunctions="e mas",
    sources="segundo, de acordo com, conforme",
    titles="sr sra dr dra prof etc núm art",
    times="""
        segunda terça quarta quinta sexta sábado domingo janeiro fevereiro março abril maio junho
        julho agosto setembro outubro novembro dezembro
    """,
    drops=True,
    dashes=True,
    common="o a de que e do da em um uma para com não os as por mais",
)
