"""What verbs do that need more of the library than an open collection.

What they take stands beside this room, so that help and completion load nothing of it. ::

    adding      `add`
    watching    whether a bar is shown
    progress    it, on a terminal (rich)
    changing    `changes`
    comparing   `diff`
    following   `log follow`
    keyrings    `key rotate`, `key revoke`, `key threshold`
    keys        the other verbs of `key`
    making      `init`
    proofs      `log checkpoint`, `log prove`, `log check`, `log consistency`
    reporting   `report`
    showing     `show`
    verifying   `verify`
    witnessing  `witness serve`
"""
