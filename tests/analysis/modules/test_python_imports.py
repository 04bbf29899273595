"""Python imports lead to the files that the interpreter would run."""

import pytest

PACKAGE = {
    "pkg/__init__.py": "",
    "pkg/a.py": "",
    "pkg/b.py": "",
    "pkg/sub/__init__.py": "",
    "pkg/sub/c.py": "",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import pkg.a", {"pkg/a.py import 1"}),
        ("import os, pkg.a as x\nimport pkg.b", {"pkg/a.py import 1", "pkg/b.py import 2"}),
        ("from pkg import a, b", {"pkg/a.py import 1", "pkg/b.py import 1"}),
        ("from pkg import a, VALUE", {"pkg/a.py import 1", "pkg/__init__.py import 1"}),
        ("from pkg import *", {"pkg/__init__.py import 1"}),
        ("from pkg.sub.c import thing", {"pkg/sub/c.py import 1"}),
        ("from .a import thing", {"pkg/a.py import 1"}),
        ("from . import a as other", {"pkg/a.py import 1"}),
        ("from .sub import c", {"pkg/sub/c.py import 1"}),
        ("from ..outside import x", set()),
        ("from .... import x", set()),
        ("from pkg.missing import x", {"pkg/__init__.py import 1"}),
        ("from pkg.a.missing import x", {"pkg/__init__.py import 1"}),
        ("import requests, collections.abc", set()),
        ("def f():\n    import pkg.a", {"pkg/a.py dynamic 2"}),
        ("try:\n    import pkg.a\nexcept ImportError:\n    import pkg.b", {"pkg/a.py import 2", "pkg/b.py import 4"}),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pkg.a\nelse:\n    import pkg.b",
         {"pkg/a.py type 3", "pkg/b.py import 5"}),
        ("import typing as t\nif t.TYPE_CHECKING:\n    from .a import X", {"pkg/a.py type 3"}),
        ("if not TYPE_CHECKING:\n    from .a import X", {"pkg/a.py import 2"}),
        ("import importlib\nimportlib.import_module('pkg.a')", {"pkg/a.py dynamic 2"}),
        ("x = __import__('pkg.sub.c')", {"pkg/sub/c.py dynamic 1"}),
        ("importlib.import_module('.a', package=__package__)", {"pkg/a.py dynamic 1"}),
        ("importlib.import_module(f'pkg.{name}')", set()),
        ("from pkg import (  # several\n    a,\n    b,\n)", {"pkg/a.py import 1", "pkg/b.py import 1"}),
        ("'import pkg.a'\n# import pkg.b", set()),
        ("import pkg.importing", set()),
    ],
)  # fmt: skip
def test_a_statement_leads_to(edges_of, text, expected):
    found = edges_of(PACKAGE | {"pkg/importing.py": text})

    assert found == {f"pkg/importing.py > {edge}" for edge in expected}


def test_a_package_that_takes_names_of_its_own_modules_reexports_them(edges_of):
    found = edges_of({"pkg/__init__.py": "from .a import X\nimport json\n", "pkg/a.py": "X = 1"})

    assert found == {"pkg/__init__.py > pkg/a.py reexport 1"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"src/app/__init__.py": "", "src/app/m.py": "", "tests/test_m.py": "from app import m"},
            {"tests/test_m.py > src/app/m.py import 1"},
            id="src layout, from tests",
        ),
        pytest.param(
            {"one/lib/__init__.py": "", "two/lib/__init__.py": "", "one/x.py": "import lib", "two/x.py": "import lib"},
            {"one/x.py > one/lib/__init__.py import 1", "two/x.py > two/lib/__init__.py import 1"},
            id="the nearest of two roots",
        ),
        pytest.param(
            {"services/a/src/common/__init__.py": "", "services/b/src/b/__init__.py": "import common",
             "services/a/pyproject.toml": "", "services/b/pyproject.toml": ""},
            {"services/b/src/b/__init__.py > services/a/src/common/__init__.py import 1"},
            id="a sibling project",
        ),
        pytest.param(
            {"space/one/m.py": "import space.two.n", "space/two/n.py": ""},
            {"space/one/m.py > space/two/n.py import 1"},
            id="a namespace package",
        ),
        pytest.param(
            {"scripts/run.py": "import helper", "scripts/helper.py": ""},
            {"scripts/run.py > scripts/helper.py import 1"},
            id="scripts beside each other",
        ),
        pytest.param(
            {"pkg/__init__.py": "", "pkg/run.py": "import helper", "pkg/helper.py": ""}, set(), id="no implicit relative"
        ),
        pytest.param(
            {"docker/build.py": "", "run.py": "import docker\nfrom docker import errors"}, set(), id="a folder is no module"
        ),
        pytest.param(
            {"examples/requests/__init__.py": "", "app/main.py": "import requests"}, set(), id="an example is on no path"
        ),
        pytest.param({"types.py": "", "run.py": "import types"}, set(), id="the standard library comes first"),
        pytest.param(
            {"pkg/__init__.py": "", "pkg/a.pyi": "", "pkg/b.py": "from . import a"},
            {"pkg/b.py > pkg/a.pyi import 1"},
            id="a stub alone",
        ),
        pytest.param(
            {"setup.py": "", "six.py": "", "tests/t.py": "import six"},
            {"tests/t.py > six.py import 1"},
            id="a single module distribution",
        ),
    ],
)  # fmt: skip
def test_source_roots(edges_of, files, expected):
    assert edges_of(files) == expected


@pytest.mark.parametrize(
    "text", ["from . import", "import", "from x import (", "\x00\xff", "from .. .. import a\nimport é.ß"]
)
def test_broken_source_costs_nothing(edges_of, text):
    assert edges_of({"a.py": text, "b.py": "import a"}) == {"b.py > a.py import 1"}
