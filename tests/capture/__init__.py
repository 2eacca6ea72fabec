"""Tests of `archive.capture`, over real sockets on loopback."""
