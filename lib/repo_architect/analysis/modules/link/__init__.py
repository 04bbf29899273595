"""One linker a language family: from the facts of a file to the files that it depends on."""
