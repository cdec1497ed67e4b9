"""Everything that happens: one verb, one function, one transaction."""
