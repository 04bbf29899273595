"""The `repo-architect` command: one command a file, words only."""
