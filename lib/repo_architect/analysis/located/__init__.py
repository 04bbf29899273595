"""Readers of manifests that keep positions: every value knows its line.

    document = located.toml(text)            # or json, jsonc, yaml, yaml_documents, xml
    name = document.at("project", "name")    # a Located, or None where the path leads nowhere
    name.value, name.line                    # plain value, line from 1
    for key, value in document.items(): …    # key.line and value.line
    document.plain()                         # plain dicts, lists and scalars

Malformed, too deep or too large text raises `Malformed` with the line; alias and entity bombs do too.
"""

from repo_architect.analysis.located.node import Key, Located, Malformed

__all__ = ["Key", "Located", "Malformed"]
