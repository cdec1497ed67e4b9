"""Finding what is on offer: an index in memory, kept true by the database."""
