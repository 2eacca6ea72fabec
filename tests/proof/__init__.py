"""Tests of `archive.proof`."""
