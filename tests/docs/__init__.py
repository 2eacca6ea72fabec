"""Tests of the documents and fixtures."""
