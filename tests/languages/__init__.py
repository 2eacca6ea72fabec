"""Tests of the words of languages, as data."""
