"""Pages: read, decide, answer."""
