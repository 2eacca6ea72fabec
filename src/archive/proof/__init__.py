"""What makes a record checkable: keys, envelopes, statements, Merkle trees. Values only.

::

    keys         Ed25519 keys, named by a fingerprint
    mldsa        ML-DSA-44 keys
    dsse         envelopes
    bounds       how large these may be
    members      JSON objects, read and written by the fields of a class
    statement    what is signed of a capture
    entry        what is signed besides captures
    bodies       what seals, time stamps, heartbeats say
    later        what is known of statements of later versions: their head
    keyring      which keys may sign, from which entry on
    spelling     statements in the one spelling they are written in, read fast

    merkle       Merkle trees, their proofs, and salted roots over paragraphs and claims
    tiles        a tree as static files
    note         text with signatures under it
    verifier     keys that notes are verified with
    signer       keys that notes are signed with
    checkpoint   the head of a log, as a note
    cosignature  signatures under a checkpoint that carry their time
    logproof     an entry's place in a log, as one file
    extra        what our proofs carry besides
    opening      single paragraphs or claims of a capture, as one file
    history      whether a log still has the history that was seen
    policy       which keys and witnesses are believed about a log
    witness      what a witness is asked, and answers
    authority    time-stamping authorities, as they are pinned
    certificates certificates in PEM
    timestamp    tokens of such authorities (rfc3161-client)
"""
