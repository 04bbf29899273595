"""One resolver a language family: from an importing file and a specifier to a file of the repository."""
