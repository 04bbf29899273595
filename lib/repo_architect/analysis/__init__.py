"""Stage 02: read a repository, and say what is in it with file and line."""
