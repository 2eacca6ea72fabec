"""A page's way into a collection: fetch, record, extract, state, commit.

::

    effects       clock, waiting, randomness
    listing       lists of URLs, and resuming them
    software      the versions of what makes a capture
    signing       the writer, with the key that signs
    adder         the way, told in order
    extracting    several pages at a time, in children
    drafting      the wire's bytes as records to be, digests of every layer
"""
