"""A collection's files: where they lie, bytes that stay, the writers' lock. It knows no format.

::

    layout        where things lie, and `archive.toml`
    durable       bytes that stay
    lock          the writers' lock
    regular       a collection's files, opened only when they are files
    files         files that people name
"""
