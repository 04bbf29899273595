"""The subcommands of `repo-architect kestra`: one a file, words only."""
