"""Endpoints found, against applications' own route tables and against OWASP Noir's fixtures.

    python -m benchmarks.endpoints --noir CHECKOUT                      # a checkout of owasp-noir/noir
    python -m benchmarks.endpoints --noir CHECKOUT --wrong even --only fastapi
    python -m benchmarks.endpoints --table NAME SOURCE TRUTH            # TRUTH: JSON list of [method, path], repeatable

A route table is dumped from an installed application by `route_tables.py` (FastAPI, Starlette, Flask, aiohttp), its
resolver (Django; own URL configurations, methods by the view class), router stacks (Express, Koa), Fastify's `onRoute`
or the metadata of Nest's controllers, without HEAD; SOURCE is the source of the same version. (method, path) must be
exact but for the names of parameters. Endpoints that only a description tells are not counted. Routes that frameworks add by themselves (/docs, /openapi.json, /redoc,
/static) and those of other applications of the same source count against us. Noir names methods where any is
meant: our ANY counts as those it names for the path.

Noir's cases are halved by the sha1 of the fixture's path: rules are made on the even half. `listed` are the
fixtures of the frameworks that we mean to read, `others` the rest. Peers' figures are those measured in 2026.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from repo_architect.analysis import endpoints, files, languages, manifests, modules
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.analysis.syntax import scan
from repo_architect.contracts.repo_shape import Endpoint

LISTED = re.compile(
    r"^(?:(?:python)/(?:fastapi|flask|django(?!_ninja)|starlette|aiohttp)"
    r"|(?:javascript|typescript)/(?:express|fastify|koa|hono|nestjs|nextjs|nuxt|nitro|sveltekit|remix)"
    r"|java/(?:spring|jaxrs|micronaut|quarkus|dropwizard)|kotlin/(?:spring|ktor)|csharp/aspnet|aspnet/"
    r"|go/(?:http|net_http|gin|echo|chi|fiber|mux|gorilla)|rust/(?:axum|actix|rocket)|ruby/(?:rails|sinatra)"
    r"|php/(?:laravel|symfony)|elixir/phoenix|specification/(?:oas|asyncapi|graphql|grpc))"
)
PEERS = {
    "prefect": "Noir 0.00, archiet-xray 0.00", "marimo": "Noir 0.14, archiet-xray 0.14", "ihatemoney": "Noir 0.84, archiet-xray 0.84",
    "mlflow": "Noir 0.04", "noir": "Noir 0.978, archiet-xray 0.092, app-classifier 0.072",
}  # fmt: skip
_ENDPOINT = re.compile(r'Endpoint\.new\(\s*"((?:[^"\\]|\\.)*)"\s*,\s*"([A-Z]+)"')
_TESTER = re.compile(
    r'FunctionalTester\.new\(\s*"([^"]+)"\s*,\s*(nil|\{.*?\})\s*,\s*([A-Za-z_]+|\[[^\]]*\]|nil)', re.DOTALL
)

Pair = tuple[str, str]


@dataclass
class Score:
    """Pairs of method and path: right, wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, got: set[Pair], expected: set[Pair]) -> None:
        self.right += len(got & expected)
        self.wrong += len(got - expected)
        self.missed += len(expected - got)

    def __str__(self) -> str:
        precision = self.right / (self.right + self.wrong or 1)
        recall = self.right / (self.right + self.missed or 1)
        both = 2 * self.right / (2 * self.right + self.wrong + self.missed or 1)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}  ({self.right} right, {self.wrong} wrong, {self.missed} missed)"


@dataclass
class Case:
    """A fixture of Noir's and what its test expects."""

    fixture: str
    expected: set[Pair] = field(default_factory=set)

    @property
    def half(self) -> str:
        return "odd" if int(hashlib.sha1(self.fixture.encode()).hexdigest(), 16) % 2 else "even"

    @property
    def framework(self) -> str:
        """Its language and framework, variants of one framework together."""
        parts = self.fixture.removeprefix("fixtures/").strip("/").split("/")
        return "/".join([parts[0], *(re.split(r"[_.-]", part)[0] for part in parts[1:2])])


def found(root: Path) -> list[Endpoint]:
    """The endpoints as the product's stage finds them."""
    tree = files.read_tree(root, Limits(), Notes())
    languages.detect(tree)
    declared = manifests.read(tree)
    routes = endpoints.Routes()
    scan(tree, [routes])
    return list(endpoints.compose(tree, routes, declared, modules.resolvers(tree, declared)))


def normal(path: str) -> str:
    """A path with its parameters unnamed, in any framework's writing."""
    path = re.sub(r"\?(?=[}\]>])", "", path).split("?")[0].strip()
    path = re.sub(r"<(?:[^<>:]+:)?[^<>]+>", "{}", path)
    path = re.sub(r"\{[^{}]*\}", "{}", path)
    path = re.sub(r"\[\[?\.*[^\]]*\]\]?", "{}", path)
    path = re.sub(r"[:*][A-Za-z_][\w]*(\([^)]*\))?[?+*]?", "{}", path)
    path = re.sub(r"\*+", "{}", path)
    return re.sub(r"/+", "/", "/" + path)


def as_noir(listed: list[Endpoint]) -> Iterator[Pair]:
    """Noir tells of a method of gRPC only when its options give it no HTTP route."""
    routed = {
        (one.evidence.path, one.handler) for one in listed if one.framework == "gRPC" and one.method != "RPC"
    }
    for one in listed:
        if one.method != "RPC" or (one.evidence.path, one.handler) not in routed:
            yield _as_noir(one.method, one.path)


def _as_noir(method: str, path: str) -> Pair:
    """Noir has websockets as GET, GraphQL and gRPC as POST, and no slash at the end."""
    if method in ("QUERY", "MUTATION", "SUBSCRIPTION") and not path.startswith("/"):
        return "POST", normal(f"/graphql#{method.title()}.{path}")
    method = {"WS": "GET", "RPC": "POST"}.get(method, method)
    return method, normal(path).rstrip("/") or "/"


def spelled_out(got: set[Pair], expected: set[Pair]) -> set[Pair]:
    """Our ANY as the methods that Noir names for the path, where it names some: it has no word for any method."""
    named: dict[str, set[Pair]] = defaultdict(set)
    for pair in expected:
        named[pair[1]].add(pair)
    return {one for pair in got for one in ((named[pair[1]] or {pair}) if pair[0] == "ANY" else {pair})}


def noir_cases(root: Path) -> list[Case]:
    """Cases whose list of endpoints is whole."""
    cases: dict[str, Case] = {}
    for spec in sorted(root.glob("testers/**/*_spec.cr")):
        text = re.sub(r"^\s*#.*$", "", spec.read_text(), flags=re.MULTILINE)
        lists = {
            one.group(1): _ENDPOINT.findall(one.group(2))
            for one in re.finditer(
                r"^\s*(\w+)\s*=\s*\[(.*?)^\s*\](?:\s+of\s+Endpoint)?\s*$", text, re.DOTALL | re.MULTILINE
            )
        }
        for one in re.finditer(r"^\s*(\w+)\s*=\s*\[([^\n]*)\]\s*$", text, re.MULTILINE):
            lists.setdefault(one.group(1), _ENDPOINT.findall(one.group(2)))
        for fixture, counts, name in _TESTER.findall(text):
            expected = _ENDPOINT.findall(name) if name.startswith("[") else lists.get(name)
            number = re.search(r":endpoints\s*=>\s*(\d+)", counts)
            whole = (
                number and expected is not None and int(number.group(1)) == len(expected)
            ) or ".size" in counts
            skipped = fixture.split("/")[1:2] in (["mobile"], ["etc"])
            if expected and whole and fixture not in cases and not skipped:
                cases[fixture] = Case(
                    fixture, {(method, normal(path).rstrip("/") or "/") for path, method in expected}
                )
    return list(cases.values())


def run_noir(checkout: Path, wrong: str | None, only: str | None) -> None:
    root = checkout / "spec" / "functional_test"
    totals: dict[tuple[str, str], Score] = defaultdict(Score)
    groups: dict[tuple[str, str], Score] = defaultdict(Score)
    for case in noir_cases(root):
        if only and only not in case.fixture:
            continue
        with tempfile.TemporaryDirectory() as folder:
            source = root / case.fixture
            target = Path(folder) / "repository"
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                target.mkdir()
                shutil.copy(source, target)
            got = set(as_noir(found(target)))
        got = spelled_out(got, case.expected)
        listed = "listed" if LISTED.match(case.fixture.removeprefix("fixtures/")) else "others"
        totals[listed, case.half].add(got, case.expected)
        totals["all", case.half].add(got, case.expected)
        groups[listed, f"{case.half:5}{case.framework}"].add(got, case.expected)
        if wrong == case.half and got != case.expected:
            print(
                f"{case.fixture}\n  missed {sorted(case.expected - got)}\n  wrong  {sorted(got - case.expected)}"
            )
    for (listed, group), score in sorted(groups.items()):
        if listed == "listed":
            print(f"  {group:32} {score}")
    for (listed, half), score in sorted(totals.items()):
        print(f"{listed:8} {half:6} {score}")
    print("peers, all:", PEERS["noir"])


def run_table(name: str, source: Path, truth: Path, wrong: bool) -> None:
    listed = found(source)
    expected = {(method, normal(path)) for method, path in json.loads(truth.read_text())}
    got = {(one.method, normal(one.path)) for one in listed if one.method != "WS" and one.source == "code"}
    score = Score()
    score.add(got, expected)
    print(f"{name:12} {score}   peers: {PEERS.get(name, '-')}")
    if wrong:
        where = {(one.method, normal(one.path)): one for one in listed}
        print("  missed", *sorted(expected - got), sep="\n    ")
        print("  wrong", *(f"{one} {where[one].evidence}" for one in sorted(got - expected)), sep="\n    ")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--noir", type=Path)
    parser.add_argument("--wrong", choices=("even", "odd"))
    parser.add_argument("--only")
    parser.add_argument("--table", nargs=3, action="append", default=[], metavar=("NAME", "SOURCE", "TRUTH"))
    given = parser.parse_args()
    for name, source, truth in given.table:
        run_table(name, Path(source), Path(truth), bool(given.wrong))
    if given.noir:
        run_noir(given.noir, given.wrong, given.only)


if __name__ == "__main__":
    main()
