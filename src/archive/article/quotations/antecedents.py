"""Who a pronoun is: the last subject before it, where there is only one that it can be."""

from __future__ import annotations

from archive.article.quotations.cues import Cue
from archive.article.quotations.names import Mention
from archive.article.quotations.sentences import QUOTED, Sentence
from archive.article.quotations.story import Place, Span, Story, Voice

__all__ = ["find_antecedent", "resolve"]

_FAR = 3
"""How many paragraphs back a pronoun's name is looked for. News goes on about a speaker for two or
three short paragraphs; further back the last name is as likely another's, and no speaker is said
rather than a wrong one."""
_FAR_SENTENCES = 12
"""And how many sentences in each: more than paragraphs of news have, so that a page that is one
paragraph costs no more."""


def resolve(story: Story, place: Place, cue: Cue) -> Voice | None:
    """The speaker of a cue: the name that it has, or whom its pronoun stands for.

    Args:
        story: the text.
        place: where the cue's sentence stands.
        cue: a cue of that sentence.
    """
    sentence, words = place.sentence, story.words
    verb = sentence.span(cue.at, cue.at) if cue.verb else None
    name = cue.speaker
    if name and not name.pronoun:
        return Voice(sentence.span(name.first, name.last - 1), verb)
    if name is None and not (words.drops and cue.bare):
        return None
    if name and _is_disputed(story, sentence, cue):
        return None
    nearer = _nearer(story, sentence, cue) if name else None
    if nearer:
        there = Voice(sentence.span(nearer.first, nearer.last - 1), verb)
        return there if story.is_person(sentence, nearer) else None
    thing = name is not None and sentence.lows[name.first] in words.things
    source = _announced(story, sentence, cue) or find_antecedent(story, place, thing=thing)
    return Voice(source, verb, inferred=True) if source else None


def _nearer(story: Story, sentence: Sentence, cue: Cue) -> Mention | None:
    """Who reports in the clause above a pronoun's: "Smith wrote that she felt “…”"."""
    for other in reversed(story.read(sentence).cues):
        if other.at < cue.at and other.speaker and not other.speaker.pronoun:
            between = sentence.words[other.at : cue.at]
            apart = {",", ";", ":", QUOTED}.intersection(between)
            return None if apart or other.speaker.last > cue.at else other.speaker
    return None


def _is_disputed(story: Story, sentence: Sentence, cue: Cue) -> bool:
    """Whether "she said he then added" has two pronouns, so that either may be the last name."""
    lows = sentence.lows
    said = {
        lows[other.speaker.first]
        for other in story.read(sentence).cues
        if other.speaker and other.speaker.pronoun and other.at <= cue.at
    }
    return len(said - story.words.things) > 1


def _announced(story: Story, sentence: Sentence, cue: Cue) -> Span | None:
    """Who is named before the colon in "Smith is clear: the plan, he says, is …"."""
    if ":" not in sentence.words[: cue.at]:
        return None
    colon = sentence.words.index(":")
    for earlier in story.read(sentence).cues:
        name = earlier.speaker
        if name and not name.pronoun and earlier.at < colon and name.last <= colon:
            return sentence.span(name.first, name.last - 1)
    return None


def find_antecedent(story: Story, place: Place, *, thing: bool) -> Span | None:
    """The last subject before a sentence: a speaker, or the name that a sentence begins with.

    Args:
        story: the text.
        place: where the pronoun's sentence stands.
        thing: whether the pronoun may stand for something that is no person.
    """
    narration = story.narration
    for back in range(place.paragraph, max(-1, place.paragraph - _FAR - 1), -1):
        pieces = narration.pieces(back)
        last = place.number if back == place.paragraph else len(pieces)
        for piece in reversed(pieces[max(0, last - _FAR_SENTENCES) : last]):
            earlier = narration.sentence(piece)
            if earlier.is_bare:
                continue
            reports = story.read(earlier)
            for name in reports.subjects():
                if _fits(story, earlier, name, thing):
                    rivals = not thing and not reports.cues and _has_rival(story, earlier, name)
                    return None if rivals else earlier.span(name.first, name.last - 1)
    return None


def _has_rival(story: Story, sentence: Sentence, name: Mention) -> bool:
    """Whether another full name stands behind a sentence's subject ("Ann Lee met Jo Day")."""
    words = sentence.words
    if story.words.code == "de":  # nouns have capitals too
        return False
    return any(
        words[at][0].isupper() and words[at + 1][0].isupper()
        for at in range(name.last + 1, len(words) - 1)
        if words[at - 1].islower() and words[at - 1] not in {"of", "in", "at"}
    )


def _fits(story: Story, sentence: Sentence, name: Mention, thing: bool) -> bool:
    """Whether a name goes with the pronoun: a person's with "she", a body's with "it"."""
    words = story.words
    first, last = sentence.lows[name.first], sentence.lows[name.last - 1]
    if first in words.determiners and first not in words.articles:
        return False
    if not thing:
        return story.is_person(sentence, name)
    many = any(low in words.links for low in sentence.lows[name.first : name.last])
    return many or last in words.things or last.endswith("s")
