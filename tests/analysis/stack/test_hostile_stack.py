"""Files made to be slow or to break a reader cost a moment and nothing else."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from support.stack_files import detect

HOSTILE = {
    "matrix": {".github/workflows/a.yml": "jobs:\n  a:\n    env: {X: '${{ env.X }}'}\n    strategy:\n      matrix: {v: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}\n    steps:\n      - uses: actions/setup-node@v4\n        with: {node-version: '" + "${{ matrix.v }}" * 40 + "'}\n      - run: pytest ${{ env.X }}\n"},
    "open expressions": {".github/workflows/a.yml": "jobs:\n  a:\n    steps:\n      - run: '" + "${{ " * 60_000 + "'\n"},
    "composite that calls itself": {".github/workflows/a.yml": "jobs:\n  a:\n    steps:\n      - uses: ./a\n", "a/action.yml": "runs:\n  steps:\n    - uses: ./a\n    - uses: ./a\n"},
    "objects": {"k8s/a.yaml": "apiVersion: v1\n" * 60_000},
    "images": {"docker-compose.yml": "services:\n" + "  image: a\n" * 60_000},
    "sessions": {"noxfile.py": "@nox.session\n" * 70_000},
    "tasks": {"tasks.py": "import invoke\n" + "@task\n" * 150_000},
    "targets": {"Makefile": "a " * 400_000 + "\n" + "test:\n\t" + "pytest -e " * 80_000 + "\n"},
    "scripts": {"package.json": '{"scripts": {"check": "' + "npm run " * 100_000 + '"}}'},
    "fences": {"README.md": "```\n" * 200_000},
    "stages": {"Dockerfile": "FROM a AS a\n" * 70_000},
    "wordpress": {f"p{number}.php": "<?php " + "\n/*" * 3_000 for number in range(30)},
    "long line": {"tox.ini": "[testenv:" * 100_000, "justfile": "a " * 400_000 + ":", "Rakefile": "task " * 150_000},
    "alias bomb": {".gitlab-ci.yml": "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(12))},
    "odd names": {"Dockerfile.\u202e": "FROM a\n", ".github/workflows/-rf.yml": "jobs: 3\n", "tests/test_\u00e9.py": "", "docker-compose.[x].yml": "services: {}\n"},
}  # fmt: skip


@pytest.mark.parametrize("files", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_costs_a_moment(tmp_path: Path, files: dict[str, str]) -> None:
    started = time.process_time()
    detect(tmp_path, files)
    assert time.process_time() - started < 4
