"""What belongs to the user and lies in no collection: keys, pins, what was seen of logs.

::

    keystore      keys and pins
    authorities   time-stamping authorities that this user trusts
    checkpoints   checkpoints of logs that this user has seen
    signed        what this user's keys have signed last of each log
    failures      authorities and witnesses that did not answer
    trusting      which keys count
"""
