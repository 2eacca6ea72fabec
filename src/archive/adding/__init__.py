"""A page's way into a collection, told once, forward.

What goes from one step to the next: ``Listed``, ``Fetch`` with an ``Exchange`` a hop, ``Page``,
``Extraction``, ``Text``, ``Draft`` with a ``Part`` a record, ``Row``. ::

    listing    a list of URLs, and which of them an unfinished run has done
    batches    many pages at work at a time, and drafts that wait for the next commit
    adder      the way of one page, told in order; its steps are those below

    leading    where a page without an article leads by itself, as the fetch asks
    page       the last answer that was fetched, codings undone, digests taken; what is found on it
    saved      instead of it a file that was scraped or saved elsewhere
    text       the text that the collection has already; else what was extracted, as records
    records    what was tried, sent and received: the draft that the writer signs and stores

    effects    clock, waiting, randomness: the world outside
    versions   what makes a capture, signed with it
    signing    the writer of a collection, with the key that signs for it
"""
