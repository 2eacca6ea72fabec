"""Tests of `archive.verification`."""
