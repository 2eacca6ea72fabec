"""Servers on the loopback interface.

::

    witness  cosigns the checkpoints of other people's logs
"""
