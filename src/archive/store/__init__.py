"""The only writer of a collection: layout, commits, recovery, lock, index; keys and pins.

::

    layout        where things lie, and `archive.toml`
    durable       bytes that stay
    lock          the writers' lock
    regular       a collection's files, opened only when they are files
    groups        groups as they stand in a file, in order

    draft         a capture but for what only the lock can tell
    entries       the same for what is no capture
    assembly      from a draft to a group's exact bytes, signed
    append        onto one file: write, read back, compare; durable or undone
    batch         one commit
    writer        commits, one after the other
    closing       what a seal says of a closed file
    keyrings      which of a collection's keys signed before
    recovery      after a kill: the index brought up to the files, torn tails moved aside
    quarantine    where they go

    index         the index, a cache in SQLite
    rows          one capture as it knows it
    sealing       its lines, under a checksum
    confirmation  rows held against the files before what they say is signed
    texts         words and shared passages, a cache beside it

    log           the log, appended to under the lock
    logbook       its leaves, in the order of the sequence
    tiles         its files
    mending       its tiles, made anew
    stamps        time stamps beside it
    witnessed     its checkpoints that were cosigned
    unanswered    who was asked about it in vain

    keystore      this user's keys and pins, outside any collection
    authorities   time-stamping authorities this user trusts
    kept          checkpoints this user has seen
"""
