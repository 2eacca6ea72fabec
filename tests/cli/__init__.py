"""Tests of the command line, mostly through the real program."""
