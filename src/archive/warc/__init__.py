"""WARC records: frozen values, a strict reader, a writer, and the header rules as a table.

::

    record   a record as values, read from its header bytes
    rules    the header rules of WARC/1.0 and 1.1, as a table
    stream   stored bytes, decoded, each with its place; bounded, counted, hashed
    reader   records out of a file; every byte accounted for
    members  the next gzip member with a record, behind damage
    group    the records of one capture: types, targets, links, order
    writer   exact header bytes, one gzip member a record
"""
