"""WARC records: frozen values, a strict reader, a writer, and the header rules as a table."""
