"""Small import graphs and shapes for tests, written as text."""

from __future__ import annotations

import random

from repo_architect.contracts import ImportEdge, Module, Modules, RepoShape
from repo_architect.contracts.repo_shape import Repository

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def shape_of(
    name: str = "demo", *, host: str | None = "github.com", owner: str | None = "someone", **parts: object
) -> RepoShape:
    """A shape with a repository and whatever parts are given."""
    repository = Repository(
        name=name, owner=owner, host=host, url=f"https://{host}/{owner}/{name}", commit=COMMIT, branch="main",
        committed_at="2024-01-02T03:04:05+00:00", shallow=True, size_bytes=10, file_count=1,
    )  # fmt: skip
    return RepoShape.model_validate({"repository": repository.model_dump(), **parts})


def modules_of(*imports: str, files: tuple[str, ...] = ()) -> Modules:
    """The graph of imports given as `a/x.py -> b/y.py`, and of further files; the n-th import stands on line n."""
    pairs = [tuple(part.strip() for part in line.split("->")) for line in imports]
    paths = sorted({path for pair in pairs for path in pair} | set(files))
    modules = [Module(path, "Python", 10, path.rpartition("/")[0] or ".") for path in paths]
    edges = [
        ImportEdge(source, target, "import", (number,)) for number, (source, target) in enumerate(pairs, 1)
    ]
    return Modules.build(modules, edges)


def random_modules(seed, folders, files, imports):
    rng = random.Random(seed)
    paths = sorted(
        {f"src/{'/'.join(rng.choices(folders, k=rng.randint(1, 3)))}/m{n}.py" for n in range(files)}
    )
    pairs = {tuple(rng.sample(paths, 2)) for _ in range(imports)}
    return Modules.build(
        [Module(path, "Python", 10, "p") for path in paths],
        [ImportEdge(a, b, "import", (rng.randint(1, 99),)) for a, b in sorted(pairs)],
    )


LAYERED = modules_of(
    "app/web/views.py -> app/core/model.py",
    "app/web/forms.py -> app/core/model.py",
    "app/web/views.py -> app/store/db.py",
    "app/store/db.py -> app/core/model.py",
    "app/core/model.py -> app/core/base.py",
)
