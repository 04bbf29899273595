from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.endpoints import endpoints

CASES: dict[str, tuple[str, dict[str, str], list[str]]] = {
    "next's app and pages": (
        "next",
        {
            "src/app/(shop)/items/[id]/route.ts": "export async function GET() {}\nexport const DELETE = h\nexport const dynamic = 1\n",
            "src/app/about/page.tsx": "export default function About() {}\n",
            "pages/api/users/index.ts": "export default function h(req, res) {\n if (req.method === 'POST') {}\n}\n",
            "pages/_app.tsx": "export default function App() {}\n",
            "pages/blog/[...slug].jsx": "export default function Blog() {}\n",
            "src/app/items/list.tsx": "export default function List() {}\n",
        },
        ["GET /about", "POST /api/users", "GET /blog/[...slug]", "DELETE /items/[id]", "GET /items/[id]"],
    ),
    "nuxt's server": (
        "nuxt",
        {"server/api/a/[id].post.ts": "export default defineEventHandler(h)\n", "server/routes/b.ts": "export default eventHandler(h)\n"},
        ["POST /api/a/[id]", "ANY /b"],
    ),
    "sveltekit": (
        "@sveltejs/kit",
        {"src/routes/(app)/x/[id]/+server.js": "export function PUT() {}\n", "src/routes/+page.svelte": "<p/>\n"},
        ["GET /", "PUT /x/[id]"],
    ),
    "remix": (
        "@remix-run/node",
        {
            "app/routes/_auth.login.tsx": "export const action = f\nexport default function L() {}\n",
            "app/routes/users.$id.tsx": "export async function loader() {}\n",
            "app/routes/$.tsx": "export async function loader() {}\n",
        },
        ["GET /*", "DELETE /login", "GET /login", "PATCH /login", "POST /login", "PUT /login", "GET /users/:id"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_a_route_by_its_place(tmp_path: Path, name: str) -> None:
    package, files, expected = CASES[name]
    files = {"web/" + path: text for path, text in files.items()}
    files["web/package.json"] = json.dumps({"dependencies": {package: "1"}})
    assert sorted(endpoints(tmp_path, **files)) == sorted(expected)


def test_places_mean_nothing_without_the_framework(tmp_path: Path) -> None:
    files = {
        "package.json": '{"dependencies": {"vue": "3"}}',
        "pages/api/x.ts": "export default h\n",
        "app/x/route.ts": "export const GET = h\n",
    }
    assert endpoints(tmp_path, **files) == []
