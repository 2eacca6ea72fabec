"""The only writer of a collection: batches, assembly, confirmation, quarantine, the log's files.

::

    draft         a capture or an entry, but for what only the lock can tell
    assembly      from a draft to a group's exact bytes, signed
    append        onto one file: write, read back, compare; durable or undone
    batch         one commit
    writer        commits, one after the other
    closing       what a seal says of a closed file
    keyrings      which of a collection's keys signed before
    quarantine    where torn tails go
    confirmation  rows held against the files before what they say is signed

    log           the log, a leaf an envelope, appended to under the lock
    tiles         its files
    repair        its tiles, made anew
    stamps        time stamps beside it
    witnessed     its checkpoints that were cosigned
"""
