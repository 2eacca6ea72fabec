"""Extraction in child processes that can be killed: a hostile page costs its own text at most.

::

    messages   what goes to a child and comes back, over pipes on which nobody waits for ever
    child      the child's side: limits, then one page after the other
    pool       the parent's side: children kept warm, killed when a page takes too long
    threads    extractions begun in threads, one for each child
    forked     items made in a forked process, a few batches ahead

A child is a plain ``python -m archive.workers.child``, so that a program that imports this library
needs no ``if __name__ == "__main__"``, and no thread is ever forked.
"""
