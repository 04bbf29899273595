"""Readers of manifests that keep positions: every value knows its line.

    document = located.toml(text)            # or json, jsonc, yaml
    name = document.at("project", "name")    # a Located, or None where the path leads nowhere
    name.value, name.line                    # plain value, line from 1
    document.written("python-version")       # a scalar as the file has it: "3.10", where value is 3.1
    for key, value in document.items(): …    # key.line and value.line
    document.plain()                         # plain dicts, lists and scalars

    for document in located.yaml_documents(text): …     # every document of a YAML stream
    project = located.xml(text)              # an XmlElement: tag, attributes, text, line, children

Malformed, too deep (more than 100 levels) or too large text raises `Malformed` with the line; alias and
entity bombs do too. Nothing else is ever raised, whatever the text.

What the formats leave open is settled so: a key that is written twice has its last value (TOML refuses it);
YAML scalars are read as YAML 1.2 does (`on` and `yes` are strings), keys of a table are strings as written, merge
keys (`<<`) are resolved, tags such as `!Ref` are dropped; dates stay strings; half of a surrogate pair becomes U+FFFD.
"""

from repo_architect.analysis.located.bounds import MAX_DEPTH, MAX_NODES
from repo_architect.analysis.located.json_reader import json, jsonc
from repo_architect.analysis.located.node import Key, Located, Malformed
from repo_architect.analysis.located.toml_reader import toml
from repo_architect.analysis.located.xml_reader import XmlElement, xml
from repo_architect.analysis.located.yaml_reader import yaml, yaml_documents

__all__ = [
    "MAX_DEPTH",
    "MAX_NODES",
    "Key",
    "Located",
    "Malformed",
    "XmlElement",
    "json",
    "jsonc",
    "toml",
    "xml",
    "yaml",
    "yaml_documents",
]
