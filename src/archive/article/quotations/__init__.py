"""Quoted words in an article's text, where they stand and whose they are said to be.

Found by rule, never presented as fact. Importing this loads the values only, not the finder. ::

    finding      all of it, in order
    marks        pairs of quotation marks, unbalanced ones left out
    dashes       paragraphs of speech that begin with a dash
    vocabulary   how a language reports speech, as a value
    words        which language's vocabulary goes with a text
    sentences    the narration around the quotations
    cues         a verb that reports, as a value
    reporting    verbs of saying and their subjects
    attribution  whose words a quotation is
    quotation    the result as values
"""

from __future__ import annotations

from archive.article.quotations.quotation import Quotation, Quotations

__all__ = ["Quotation", "Quotations"]
