"""The words by which one language reports speech, as a value, and where they are read from."""

from __future__ import annotations

from functools import cache

from attrs import field, fields, frozen

from archive.languages import LANGUAGES, language_code, read_language

__all__ = ["HABITS", "SPOKEN", "Vocabulary", "read_vocabulary"]

Phrases = tuple[tuple[str, ...], ...]

HABITS = ("inverts", "drops", "dashes", "incises", "elides")
"""What the section ``speech.habits`` of a file may say: members that are true or false."""


@frozen(kw_only=True)
class Vocabulary:
    """Words in lower case: the sections ``speech`` of a language's file.

    Args:
        code: the ISO 639-1 code of the language.
        verbs: finite forms and participles of verbs that report words.
        nouns: those of them that are nouns as often ("claims").
        naming: verbs whose quotation is a name when it follows directly ("called “Dune”").
        participles: forms whose subject is that of the main clause, such as ``adding``.
        pronouns: the pronouns that stand for a speaker named elsewhere.
        things: those of them that need not stand for one person, and nouns that are none.
        nobody: words that are never a speaker, such as ``what`` and ``there``.
        articles: what is left out of a speaker's name at its beginning.
        determiners: after these a form of a verb is a noun ("the report").
        between: auxiliaries and adverbs that stand between subject and verb.
        passives: auxiliaries after which a participle's subject is not the speaker.
        helpers: auxiliaries whose participle may stand at the end of the clause, far from them.
        agents: what comes before the speaker in the passive, such as ``by``.
        recipients: articles that show whom something is told to, not who says it.
        bounds: conjunctions, prepositions and the like that end a name.
        clauses: conjunctions after which a clause begins with its subject ("when Smith …").
        links: words that stand inside names, such as ``of``.
        asides: what opens a clause that reaches no further than its comma ("as he told us,").
        relatives: relative pronouns.
        conjunctions: what joins two names or two verbs.
        sources: phrases before a speaker without a verb, such as ``according to``.
        first: phrases that do so only at the beginning of a sentence.
        after: words that do so behind him, such as ``zufolge``.
        titles: abbreviations after which a full stop ends no sentence.
        times: words for days and months, which are no names.
        clitics: endings of verbs that are pronouns, such as ``-t-il``.
        inverts: whether the subject follows the verb when something else comes first.
        drops: whether a verb can do without a subject.
        dashes: whether a dash at the beginning of a paragraph marks speech.
        incises: whether a verb and its subject may stand within the marks (« …, dit-il, … »).
        elides: whether words lose their end before a vowel and run into the next ("l’avocat").
        manner: verbs that report in the pattern of speech only, such as *sighed*.
        phrasal: verbs with a word behind them that is none of the name's ("chimed in").
        denials: verbs by which the words that follow are not said, such as *denied*.
        unreal: auxiliaries by which nothing was said yet, such as *must*.
        negators: words that deny a verb: the section of that name, of single words.
        works: words before marks that make a title or a term of what is in them ("film").
        terms: articles behind which one quoted word is a term and nobody's speech.
        leads: what stands before a name and a colon ("And from Jane Smith:").
        frames: forms in which languages without capital letters report speech; see `frames`.
        subject: of such a language, what a speaker looks like: a regular expression.
        trims: what is taken off a speaker's beginning or end there: regular expressions.
        common: frequent words by which the language is known.
    """

    code: str
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    naming: frozenset[str] = frozenset()
    participles: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    passives: frozenset[str] = frozenset()
    helpers: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    bounds: frozenset[str] = frozenset()
    clauses: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    asides: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    sources: Phrases = ()
    first: Phrases = ()
    after: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    clitics: tuple[str, ...] = ()
    inverts: bool = False
    drops: bool = False
    dashes: bool = False
    incises: bool = False
    elides: bool = False
    manner: frozenset[str] = frozenset()
    phrasal: Phrases = ()
    denials: frozenset[str] = frozenset()
    unreal: frozenset[str] = frozenset()
    negators: frozenset[str] = frozenset()
    works: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    leads: Phrases = ()
    frames: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    trims: tuple[str, ...] = ()
    common: frozenset[str] = frozenset()
    reporting: frozenset[str] = field(init=False)
    signals: frozenset[str] = field(init=False)
    stops: frozenset[str] = field(init=False)

    @reporting.default
    def _reporting(self) -> frozenset[str]:
        """Every verb that may report, and those that deny."""
        return self.verbs | self.manner | self.denials

    @signals.default
    def _signals(self) -> frozenset[str]:
        """Every word that a report can begin with."""
        heads = frozenset(phrase[0] for phrase in self.sources + self.first)
        return self.reporting | self.participles | self.after | heads

    @stops.default
    def _stops(self) -> frozenset[str]:
        """Every word with which no name goes on."""
        return self.bounds | self.between | self.relatives | self.times | self.nobody

    def is_negator(self, low: str) -> bool:
        """Whether a word denies the verb beside it, or makes it one that did not happen."""
        if low in self.negators or low in self.unreal:
            return True
        return self.code == "en" and low.endswith(("n’t", "n't"))

    def is_adverb(self, low: str) -> bool:
        """Whether a word may stand between a subject and its verb."""
        if low in self.between or low in self.times:
            return True
        return self.code == "en" and low.endswith("ly")


SPOKEN = tuple(code for code in LANGUAGES if "speech.verbs" in read_language(code).sections)
"""The codes of the languages that have a vocabulary."""


def read_vocabulary(code: str) -> Vocabulary | None:
    """The vocabulary of a language, or None.

    Args:
        code: the first part of a BCP 47 tag, lower case.
    """
    code = language_code(code)
    return _read(code) if code in SPOKEN else None


@cache
def _read(code: str) -> Vocabulary:
    given = read_language(code)
    habits = given.words("speech.habits")
    members: dict[str, object] = {name: name in habits for name in HABITS}
    for name in ("sources", "first", "leads", "phrasal"):
        phrases = given.phrases(f"speech.{name}")
        members[name] = tuple(tuple(phrase.split()) for phrase in phrases)
    for name in ("frames", "subject", "trims"):
        members[name] = given.lines(f"speech.{name}")
    members["negators"] = frozenset(
        negator for negator in given.phrases("negators") if negator.isalpha()
    )
    members["clitics"] = tuple(given.sections.get("speech.clitics", "").split())
    for attribute in fields(Vocabulary):
        name = attribute.name
        if attribute.init and name != "code" and name not in members:
            members[name] = given.words(f"speech.{name}")
    return Vocabulary(code=code, **members)  # type: ignore[arg-type]
