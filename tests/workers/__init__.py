"""Tests of archive.workers."""
