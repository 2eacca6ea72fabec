"""Tests of `archive.http`."""
