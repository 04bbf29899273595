"""One extractor a language family: the import facts of a parsed file."""
