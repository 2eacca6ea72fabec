"""Tests of `archive.article`."""
