"""The words by which one language reports speech, as a value."""

from __future__ import annotations

from attrs import field, frozen

__all__ = ["Vocabulary"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in text.split(",") if phrase.strip())


@frozen(kw_only=True)
class Vocabulary:
    """Words in lower case, given as text with white space between; phrases with commas between.

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
        common: frequent words by which the language is known.
    """

    code: str
    verbs: frozenset[str] = field(converter=_words)
    nouns: frozenset[str] = field(converter=_words, default="")
    naming: frozenset[str] = field(converter=_words, default="")
    participles: frozenset[str] = field(converter=_words, default="")
    pronouns: frozenset[str] = field(converter=_words)
    things: frozenset[str] = field(converter=_words, default="")
    nobody: frozenset[str] = field(converter=_words)
    articles: frozenset[str] = field(converter=_words, default="")
    determiners: frozenset[str] = field(converter=_words, default="")
    between: frozenset[str] = field(converter=_words)
    passives: frozenset[str] = field(converter=_words, default="")
    agents: frozenset[str] = field(converter=_words, default="")
    recipients: frozenset[str] = field(converter=_words, default="")
    bounds: frozenset[str] = field(converter=_words)
    clauses: frozenset[str] = field(converter=_words, default="")
    links: frozenset[str] = field(converter=_words, default="")
    asides: frozenset[str] = field(converter=_words)
    relatives: frozenset[str] = field(converter=_words)
    conjunctions: frozenset[str] = field(converter=_words)
    sources: tuple[tuple[str, ...], ...] = field(converter=_phrases, default="")
    first: tuple[tuple[str, ...], ...] = field(converter=_phrases, default="")
    after: frozenset[str] = field(converter=_words, default="")
    titles: frozenset[str] = field(converter=_words, default="")
    times: frozenset[str] = field(converter=_words, default="")
    clitics: tuple[str, ...] = ()
    inverts: bool = False
    drops: bool = False
    dashes: bool = False
    common: frozenset[str] = field(converter=_words)
    signals: frozenset[str] = field(init=False)

    @signals.default
    def _signals(self) -> frozenset[str]:
        """Every word that a report can begin with."""
        heads = frozenset(phrase[0] for phrase in self.sources + self.first)
        return self.verbs | self.participles | self.after | heads

    def is_adverb(self, low: str) -> bool:
        """Whether a word may stand between a subject and its verb."""
        if low in self.between or low in self.times:
            return True
        return self.code == "en" and low.endswith("ly")
