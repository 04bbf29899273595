"""Names of packages: how an ecosystem compares them, and the package URL of one."""

from __future__ import annotations

import re
from functools import lru_cache

from packageurl import PackageURL

# ecosystem: purl type, and what separates the namespace from the name
_PURL: dict[str, tuple[str, str]] = {
    "pypi": ("pypi", ""), "npm": ("npm", "/"), "jsr": ("jsr", "/"), "golang": ("golang", "/"), "cargo": ("cargo", ""),
    "maven": ("maven", ":"), "nuget": ("nuget", ""), "gem": ("gem", ""), "composer": ("composer", "/"), "hex": ("hex", ""),
    "pub": ("pub", ""), "swift": ("swift", "/"), "cocoapods": ("cocoapods", ""), "conan": ("conan", ""), "hackage": ("hackage", ""),
    "cran": ("cran", ""), "julia": ("julia", ""), "conda": ("conda", ""), "docker": ("docker", "/"), "actions": ("github", "/"),
    "helm": ("helm", "/"), "bower": ("bower", ""), "luarocks": ("luarocks", ""), "cpan": ("cpan", ""), "bazel": ("bazel", ""),
}  # fmt: skip
_CASELESS = frozenset({"pypi", "nuget", "composer", "golang", "hex", "docker", "conda", "actions", "cran"})


def normalise(ecosystem: str, name: str) -> str:
    """The name as its ecosystem compares it: PyPI ignores case and `-_.`, NuGet ignores case, npm nothing."""
    if ecosystem == "pypi":
        return re.sub(r"[-_.]+", "-", name).lower()
    if ecosystem == "cargo":
        return name.replace("-", "_")
    return name.lower() if ecosystem in _CASELESS else name


_PLAIN_KINDS = frozenset({"npm", "cargo", "gem"})
_PLAIN = re.compile(r"(?:@[a-z0-9][a-z0-9.-]*/)?[a-z0-9][a-z0-9.-]*")
_PLAIN_VERSION = re.compile(r"[A-Za-z0-9.-]*")
"""What a package URL holds as it is, but for the `@` of a scope."""


@lru_cache(maxsize=50_000)
def purl(ecosystem: str, name: str, version: str | None) -> str:
    """The package URL, `pkg:npm/%40types/node@20.1.0`; of type generic where the ecosystem has no type."""
    kind, separator = _PURL.get(ecosystem, ("generic", "/"))
    if kind in _PLAIN_KINDS and _PLAIN.fullmatch(name) and _PLAIN_VERSION.fullmatch(version or ""):
        # most of a large lock file, and the library takes its time
        return f"pkg:{kind}/{name.replace('@', '%40')}" + (f"@{version}" if version else "")
    path, subpath = _split_action(name) if ecosystem == "actions" else (name, None)
    namespace, _, last = path.rpartition(separator) if separator else ("", "", path)
    qualifiers = None
    if ecosystem == "docker":
        namespace, qualifiers = _registry(namespace)
    try:
        return PackageURL(
            kind, namespace or None, last or name, version or None, qualifiers, subpath
        ).to_string()
    except (ValueError, TypeError):
        return PackageURL("generic", None, re.sub(r"[^\w.-]+", "-", name) or "unnamed", None).to_string()


def _split_action(name: str) -> tuple[str, str | None]:
    parts = name.strip("/").split("/")
    return "/".join(parts[:2]), "/".join(parts[2:]) or None


def _registry(namespace: str) -> tuple[str, dict[str, str] | None]:
    """A registry host before the name becomes a qualifier, as the docker type asks."""
    host, _, rest = namespace.partition("/")
    if "." in host or ":" in host or host == "localhost":
        return rest, {"repository_url": host}
    return namespace, None
