"""The module graph against each language's own tool: precision, recall and time, a row a repository.

    python -m benchmarks.modules                       # fetches what is missing into .cache/benchmarks, prints the table
    python -m benchmarks.modules --only hono poetry    # some of the rows
    python -m benchmarks.modules --wrong 20 --only vue # the first differences of each
    python -m benchmarks.modules --checkouts DIR       # checkouts that are there already, by the row's name

Compared are edges between files that both sides know (Python, JavaScript), folders (Go), crates (Rust) and source
files by the classes in them (Java). What a tool does not look at (Python folders without __init__.py, Go files of
other platforms, tests that `go list` keeps apart) is left out on both sides. Needs git, and for a row its tool:
grimp (test extra), npm, go, cargo, mvn and jdeps, gcc, php, ruby.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import modules_jvm as jvm
from benchmarks import modules_truth as truth
from benchmarks.modules_answer import Answer
from repo_architect.analysis import languages, manifests, modules
from repo_architect.analysis.files import FileTree, read_tree
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.analysis.syntax import scan
from repo_architect.contracts.modules import Modules

CACHE = Path(__file__).resolve().parents[1] / ".cache" / "benchmarks"
Edges = set[tuple[str, str]]


class Row(NamedTuple):
    """A comparison: `source` is a GitHub repository or a Maven artifact; `answer` gives the tool's edges."""

    name: str
    source: str
    tool: str
    answer: Callable[[Path, Path], Answer]


def _grimp(root: str, package: str) -> Callable[[Path, Path], Answer]:
    return lambda checkout, _: truth.grimp_edges(checkout, root, package)


def _node(
    tool: str,
    *folders: str,
    config: str | None = "tsconfig.json",
    conditions: tuple[str, ...] = (),
    package: str = "",
) -> Callable[[Path, Path], Answer]:
    return lambda checkout, cache: truth.node_edges(
        checkout, cache, tool, folders, config, conditions, package
    )


NODE = ("import", "node", "default")
QUERY = [  # dependency-cruiser does not read the typed components of the others
    f"packages/{name}"
    for name in ("query-core", "query-persist-client-core", "react-query", "vue-query", "solid-query")
]
REDIS = [
    f"-I../deps/{name}"
    for name in ("hiredis", "linenoise", "lua/src", "hdr_histogram", "fpconv", "fast_float")
]
ROWS = (
    Row("poetry", "python-poetry/poetry", "grimp", _grimp("src", "poetry")),
    Row("scrapy", "scrapy/scrapy", "grimp", _grimp(".", "scrapy")),
    Row("flask", "pallets/flask", "grimp", _grimp("src", "flask")),
    Row("httpx", "encode/httpx", "grimp", _grimp(".", "httpx")),
    Row("mealie", "mealie-recipes/mealie", "grimp", _grimp(".", "mealie")),
    Row("prefect", "PrefectHQ/prefect", "grimp", _grimp("src", "prefect")),
    Row("marimo", "marimo-team/marimo", "grimp", _grimp(".", "marimo")),
    Row("ihatemoney", "spiral-project/ihatemoney", "grimp", _grimp(".", "ihatemoney")),
    Row("sphinx", "sphinx-doc/sphinx", "grimp", _grimp(".", "sphinx")),
    Row("aiohttp", "aio-libs/aiohttp", "grimp", _grimp(".", "aiohttp")),
    Row("kombu", "celery/kombu", "grimp", _grimp(".", "kombu")),
    Row("datasette", "simonw/datasette", "grimp", _grimp(".", "datasette")),
    Row("pipx", "pypa/pipx", "grimp", _grimp("src", "pipx")),
    Row("hono", "honojs/hono", "dependency-cruiser", _node("depcruise", "src")),
    Row("hono", "honojs/hono", "madge", _node("madge", "src")),
    Row("vue", "vuejs/core", "dependency-cruiser", _node("depcruise", "packages")),
    Row("vue", "vuejs/core", "madge", _node("madge", "packages")),
    Row("trpc", "trpc/trpc", "dependency-cruiser", _node("depcruise", "packages")),
    Row("express", "expressjs/express", "dependency-cruiser", _node("depcruise", "lib", "test", config=None)),
    Row("fastify", "fastify/fastify", "dependency-cruiser", _node("depcruise", "lib", "test", config=None)),
    Row("vueuse", "vueuse/vueuse", "dependency-cruiser", _node("depcruise", "packages")),
    Row("vueuse", "vueuse/vueuse", "madge", _node("madge", "packages")),
    Row(
        "query",
        "TanStack/query",
        "dependency-cruiser",
        _node("depcruise", *QUERY, conditions=("@tanstack/custom-condition", *NODE)),
    ),
    Row(
        "kit",
        "sveltejs/kit",
        "dependency-cruiser",
        _node("depcruise", "src", conditions=NODE, package="packages/kit"),
    ),
    Row("prometheus", "prometheus/prometheus", "go list", truth.go_edges),
    Row("gin", "gin-gonic/gin", "go list", truth.go_edges),
    Row("cli", "cli/cli", "go list", truth.go_edges),
    Row("lazygit", "jesseduffield/lazygit", "go list", truth.go_edges),
    Row("caddy", "caddyserver/caddy", "go list", truth.go_edges),
    Row("navidrome", "navidrome/navidrome", "go list", truth.go_edges),
    Row("ripgrep", "BurntSushi/ripgrep", "cargo metadata", truth.cargo_edges),
    Row("axum", "tokio-rs/axum", "cargo metadata", truth.cargo_edges),
    Row("clap", "clap-rs/clap", "cargo metadata", truth.cargo_edges),
    Row("nushell", "nushell/nushell", "cargo metadata", truth.cargo_edges),
    Row("gson", "com.google.code.gson:gson:2.13.1", "jdeps", jvm.jdeps_edges),
    Row("jsoup", "org.jsoup:jsoup:1.18.3", "jdeps", jvm.jdeps_edges),
    Row("guava", "com.google.guava:guava:33.4.0-jre", "jdeps", jvm.jdeps_edges),
    Row("jackson-databind", "com.fasterxml.jackson.core:jackson-databind:2.18.2", "jdeps", jvm.jdeps_edges),
    Row("retrofit", "com.squareup.retrofit2:retrofit:2.11.0", "jdeps", jvm.jdeps_edges),
    Row("okhttp", "com.squareup.okhttp3:okhttp:4.12.0", "jdeps, Kotlin", jvm.jdeps_edges),
    Row("moshi", "com.squareup.moshi:moshi:1.15.1", "jdeps, Kotlin", jvm.jdeps_edges),
    Row("detekt", "io.gitlab.arturbosch.detekt:detekt-rules-style:1.23.7", "jdeps, Kotlin", jvm.jdeps_edges),
    Row("ktor", "io.ktor:ktor-server-core-jvm:2.3.12", "jdeps, Kotlin", jvm.jdeps_edges),
    Row("okio", "com.squareup.okio:okio-jvm:3.9.1", "jdeps, Kotlin", jvm.jdeps_edges),
    Row("jq", "jqlang/jq", "gcc -MM", lambda checkout, cache: truth.gcc_edges(checkout, cache, "src", "-I.")),
    Row(
        "redis",
        "redis/redis",
        "gcc -MM",
        lambda checkout, cache: truth.gcc_edges(checkout, cache, "src", *REDIS),
    ),
    Row(
        "slim",
        "slimphp/Slim",
        "PHP tokenizer",
        lambda checkout, cache: truth.php_edges(checkout, cache, "Slim"),
    ),
    Row(
        "guzzle",
        "guzzle/guzzle",
        "PHP tokenizer",
        lambda checkout, cache: truth.php_edges(checkout, cache, "src"),
    ),
    Row(
        "koel", "koel/koel", "PHP tokenizer", lambda checkout, cache: truth.php_edges(checkout, cache, "app")
    ),
    Row(
        "jekyll", "jekyll/jekyll", "Ripper", lambda checkout, cache: truth.ruby_edges(checkout, cache, "lib")
    ),
    Row(
        "sinatra",
        "sinatra/sinatra",
        "Ripper",
        lambda checkout, cache: truth.ruby_edges(checkout, cache, "lib"),
    ),
    Row("commons-lang3", "org.apache.commons:commons-lang3:3.17.0", "jdeps", jvm.jdeps_edges),
    Row("commons-io", "commons-io:commons-io:2.18.0", "jdeps", jvm.jdeps_edges),
)


def main() -> None:
    """Print the table; a row whose tool is missing or fails says so."""
    options = _options()
    print(
        f"{'repository':14} {'tool':19} {'truth':>6} {'ours':>6} {'precision':>9} {'recall':>7} {'CPU s':>6}"
    )
    for row in ROWS:
        if options.only and row.name not in options.only:
            continue
        try:
            checkout = _checkout(row, options.checkouts)
            answer = row.answer(checkout, CACHE)
        except (OSError, subprocess.SubprocessError, ImportError, ValueError) as error:
            print(f"{row.name:14} {row.tool:19} {type(error).__name__}: {str(error)[:200]}")
            continue
        graph, seconds = analysed(checkout)
        _report(row, answer, set(answer.of(graph)), seconds, options.wrong)


def _report(row: Row, answer: Answer, ours: Edges, seconds: float, wrong: int) -> None:
    both = len(answer.edges & ours)
    precision, recall = both / max(1, len(ours)), both / max(1, len(answer.edges))
    counts = f"{len(answer.edges):6} {len(ours):6} {precision:9.4f} {recall:7.4f}"
    print(f"{row.name:14} {row.tool:19} {counts} {seconds:6.2f}", flush=True)
    for sign, pairs in (("+", ours - answer.edges), ("-", answer.edges - ours)):
        for source, target in sorted(pairs)[:wrong]:
            print(f"    {sign} {source} > {target}")


def analysed(checkout: Path) -> tuple[Modules, float]:
    """The graph of a checkout, and CPU seconds of parsing, extraction and resolution."""
    tree: FileTree = read_tree(checkout, Limits(), Notes())
    languages.detect(tree)
    report = manifests.read(tree)
    begun = time.process_time()
    imports = modules.Imports()
    scan(tree, [imports])
    graph = modules.graph(tree, imports, report)
    return graph, time.process_time() - begun


def _checkout(row: Row, given: Path | None) -> Path:
    if given is not None and ":" not in row.source and (given / row.name).is_dir():
        return given / row.name
    folder = CACHE / "checkouts" / row.name
    if not folder.is_dir():
        if ":" in row.source:
            jvm.fetch_artifact(row.source, folder)
        else:
            url = f"https://github.com/{row.source}"
            subprocess.run(["git", "clone", "-q", "--depth", "1", url, str(folder)], check=True)
    return folder


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.modules", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[])
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="print N differences each way")
    parser.add_argument("--checkouts", type=Path, metavar="DIR")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
