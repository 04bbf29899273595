"""AsyncAPI 2 and 3: what is sent and received on each channel."""

from __future__ import annotations

from collections.abc import Iterator

from repo_architect.analysis.endpoints.descriptions.described import Described
from repo_architect.analysis.located import Located


def read(document: Located) -> Iterator[Described]:
    """Version 2 has operations in its channels, version 3 beside them."""
    for channel, item in document.items("channels"):
        for action, operation in item.items():
            if action in ("publish", "subscribe"):
                yield Described(
                    action.upper(), channel, "AsyncAPI", operation.text("operationId"), action.line
                )
    for name, operation in document.items("operations"):
        reference = operation.text("channel", "$ref") or ""
        referred = reference.rpartition("/")[2]
        address = document.text("channels", referred, "address") or referred
        verb = operation.text("action")
        if referred and verb is not None and verb in ("send", "receive"):
            yield Described(verb.upper(), address, "AsyncAPI", str(name), name.line)
