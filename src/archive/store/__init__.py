"""The only writer of a collection: layout, commits, recovery, lock, index; keys and pins."""
