"""A collection's log as the facade offers it: proofs, time stamps, witnesses, following.

::

    book          the log: proofs out of it, stamps and cosignatures into it, copies of it
    asking        an authority or a witness, about a checkpoint
    stamping      time stamps that were stored and not logged
    rekeying      the next keyring
    anchoring     what a log is held against by a verification
    published     where anybody's log is read from
    following     what is new in it
    proving       a proof or an opening, alone
    carried       the keyrings in it
    openings      single paragraphs and claims, proved without the others
"""
