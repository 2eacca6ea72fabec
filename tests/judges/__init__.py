"""Tests in which other people's programs judge what we write."""
