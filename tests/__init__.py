"""The tests of article-archive."""
