"""How English reports speech."""

from __future__ import annotations

from archive.article.quotations.vocabulary import Vocabulary

__all__ = ["ENGLISH"]

ENGLISH = Vocabulary(
    code="en",
    verbs="""
        said says say told tells tell added adds add asked asks ask wrote writes write replied
        replies reply answered explained explains noted notes note stated stressed stresses stress
        insisted insists insist argued argues argue claimed claims claim warned warns warn admitted
        admits admit announced announces announce declared declares declare described describes
        describe called calls call recalled recalls recall remarked remarks remark commented
        comments comment concluded concludes conclude confirmed confirms confirm tweeted posted
        posed shouted shouts yelled yells chanted chants chant cried cries joked jokes joke quipped
        quips urged urges urge suggested suggests suggest responded responds respond acknowledged
        acknowledges conceded concedes concede denied denies deny rejected rejects reject reported
        revealed reveals reveal testified testifies testify complained complains complain criticised
        criticises criticized criticizes praised praises dismissed dismisses denounced denounces
        denounce condemned condemns condemn accused accuses accuse emphasised emphasises emphasized
        emphasizes emphasize maintained maintains contended contends contend observed observes
        pointed predicted predicts predict promised promises promise vowed vows vow pledged lamented
        laments wondered wonders thought thinks believed believes felt feels feel begged pleaded
        reads read referred refers refer labelled labels labeled branded dubbed characterised
        characterized requested demanded proclaimed asserted asserts assert alleged alleges allege
        reiterated reiterates reiterate retorted whispered muttered screamed screams exclaimed
        exclaims mused muses opined opines enthused gushed boasted boasts echoed echoes chimed
        signed summarised summarized disclosed discloses hailed hails slammed slams blasted blasts
        mocked mocks quoted outlined outlines expressed expresses advised advises advise recommended
        recommends recommend proposed proposes hinted cautioned cautions countered cited cites
        captioned agreed agrees agree speculated specified joined interjected clarified clarifies
        elaborated elaborates
    """,
    nouns="notes note claims claim calls call comments comment promises promise labels cries",
    naming="called calls call calling dubbed dubbing",
    participles="""
        saying adding noting calling telling asking warning explaining writing claiming arguing
        insisting stating describing denouncing declaring asserting suggesting stressing emphasising
        emphasizing recalling commenting concluding admitting announcing tweeting posting replying
        responding promising vowing urging citing quoting expressing accusing referring pointing
        acknowledging complaining lamenting joking shouting chanting yelling boasting alleging
        advising reading
    """,
    pronouns="he she they it",
    things="""
        they it statement report letter study document ministry company bank court government
        newspaper website book tweet agency department office committee investigation film map video
        post group team party union
    """,
    nobody="""
        i we you this that these those what there which who where when how why nothing something
        nobody all any some many others most none not here if so to us me him them her
    """,
    articles="the a an",
    determiners="the a an his her its their our my your this that no any these those 's’s to",
    between="""
        has had have also later then previously recently once again simply only just even reportedly
        repeatedly initially originally famously angrily tearfully quietly jokingly further often
        always never still now earlier today yesterday tonight would will could may might can did
        does do further initially eventually publicly privately bluntly
    """,
    passives="was were is are been being be gets got",
    agents="by",
    bounds="""
        in on at during after before for with about as to when while where because if since until
        though although whereas but and or nor that than so into over under against amid through via
        without within between from by is are was were be been has have had would will who which
        whose what how why following regarding speaking including inside outside despite
    """,
    clauses="when while as because although though if after before since until",
    links="of and de la le van von der den del di da bin ibn al el for 's",
    asides="as",
    relatives="who which that",
    conjunctions="and but",
    sources="according to",
    titles="""
        mr mrs ms dr prof gen maj lt col sgt capt cmdr adm rev hon sen sens rep reps gov st jr sr vs
        no jan feb mar apr jun jul aug sep sept oct nov dec u.s u.n u.k e.g i.e inc ltd co corp
        d-calif r-wis messrs supt det insp
    """,
    times="""
        monday tuesday wednesday thursday friday saturday sunday january february march april may
        june july august september october november december
    """,
    common="the and of to that was with for is on said from has are by it",
)
