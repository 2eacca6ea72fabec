"""Tests of `archive.warc`."""
