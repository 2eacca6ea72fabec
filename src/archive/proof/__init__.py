"""What makes a record checkable: keys, envelopes, statements, Merkle trees."""
