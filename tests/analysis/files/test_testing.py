from __future__ import annotations

import pytest

from repo_architect.analysis.files.testing import is_test


@pytest.mark.parametrize(
    "path",
    [
        "test/hooks.ts", "a/tests/app.py", "src/__tests__/x.js", "spec/requests/a_spec.rb", "e2e/server.ts", "web/handler_test.go",
        "src/app.test.ts", "src/app.spec.tsx", "marimo/_smoke_tests/custom_server/my_server.py", "pkg/integration-tests/main.go",
        "a/fixtures/app.py", "pkg/testing/helpers.go", "internal/testutil/server.go", "test-utils/app.js", "shop/tests.py",
        "conftest.py", "test_app.py", "Shop.UnitTests/Startup.cs", "src/OwnerTests.java", "marimo/_smoke_tests/pandas_smoke_tests/a.py",
        "Tests/AppTests/routes.swift", "test/openapi.yaml",
    ],
)  # fmt: skip
def test_places_and_names_of_tests_are_known(path: str) -> None:
    assert is_test(path)


@pytest.mark.parametrize(
    "path",
    [
        "mealie/routes/testimonials.py", "app/latest/routes.py", "routes/contest.ts", "src/attestation/api.go", "pages/api/test.ts",
        "src/Contest.java", "spec/openapi.yaml", "specs/petstore.json", "api/api-spec.yaml", "app/test_drives/urls.py", "src/greatest.rs",
        "locales/it/routes.ts", "web/protest/app.py",
    ],
)  # fmt: skip
def test_files_of_the_product_are_no_tests(path: str) -> None:
    assert not is_test(path)
