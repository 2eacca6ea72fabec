"""What the WARC files hold, as rows to be asked: a cache, made anew whenever it is lost.

::

    groups        groups as they stand in a file, in order
    rows          one capture as the index knows it
    entries       one entry that is no capture
    lines         a row under a checksum, as the database keeps it
    queries       the index, in SQLite
    schema        its tables, and what its database may not be
    neighbours    captures near to one, by URL and by host
    completion    the index brought up to the files; torn tails seen
    reading       rows and groups of one collection, without writing anything
    cache         a SQLite file beside it that may be lost
    changed       what comparisons said, such a cache
    terms         a text's terms, how often they stand and in what order
    words         words and shared passages, a cache beside it
    feeding       what a commit stored, given to that
"""
