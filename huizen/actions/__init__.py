"""Everything that happens to houses and people: one verb, one function, one transaction."""
