"""Tests of the collection: captures, imports, reading, with real servers."""
