"""Frameworks on Vercel's examples, where the folder's name is the answer, beside the peers that were measured there.

python benchmarks/frameworks.py CHECKOUT_OF_VERCEL [--wrong]

Each example is a repository of its own. An example counts when the framework it is named after (Vite, Parcel and Brunch among the
build tools; plain Node.js among the runtimes, without any server framework) is found in it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from repo_architect.analysis import manifests, stack
from repo_architect.analysis.files import read_tree
from repo_architect.analysis.limits import Limits, Notes
from repo_architect.analysis.stack import Stack

ANSWERS = {
    "actix-web": "Actix Web", "angular": "Angular", "astro": "Astro", "axum": "Axum", "blitzjs": "Blitz", "brunch": "Brunch",
    "create-react-app": "Create React App", "django": "Django", "docusaurus": "Docusaurus", "docusaurus-2": "Docusaurus",
    "eleventy": "Eleventy", "elysia": "Elysia", "ember": "Ember", "express": "Express", "fastapi": "FastAPI", "fasthtml": "FastHTML",
    "fastify": "Fastify", "flask": "Flask", "gatsby": "Gatsby", "gin": "Gin", "h3": "h3", "hexo": "Hexo", "hono": "Hono",
    "hugo": "Hugo", "hydrogen-2": "Hydrogen", "ionic-angular": "Ionic Angular", "ionic-react": "Ionic React", "jekyll": "Jekyll",
    "koa": "Koa", "mastra": "Mastra", "middleman": "Middleman", "nestjs": "NestJS", "nextjs": "Next.js", "nitro": "Nitro",
    "node": "", "nuxtjs": "Nuxt", "parcel": "Parcel", "polymer": "Polymer", "preact": "Preact", "react-router": "React Router",
    "redwoodjs": "RedwoodJS", "remix": "Remix", "sanity-v2": "Sanity", "sapper": "Sapper", "sinatra": "Sinatra",
    "solidstart-1": "SolidStart", "starlette": "Starlette", "stencil": "Stencil", "svelte": "Svelte", "sveltekit": "SvelteKit",
    "sveltekit-1": "SvelteKit", "tanstack-start": "TanStack Start", "umijs": "Umi", "vite": "Vite", "vite-react": "Vite",
    "vitepress": "VitePress", "vue": "Vue", "vuepress": "VuePress", "xmcp": "xmcp", "zola": "Zola",
}  # fmt: skip
PEERS = {"Vercel's own detector": 53, "Netlify build-info": 35, "stack-analyser": 33}
BASES = {
    "Angular",
    "React",
    "Vue",
    "Svelte",
    "Solid",
    "Vite",
    "Next.js",
    "Remix",
    "React Router",
    "Tailwind CSS",
    "RxJS",
    "Nitro",
    "h3",
}
"""What other frameworks stand on: found besides the answer, they are no mistake."""


def main(checkout: str, show_wrong: bool) -> None:
    """Print how many examples are right, and what else was claimed there."""
    examples = Path(checkout) / "examples"
    started = time.process_time()
    found = {folder: detect(examples / folder) for folder in ANSWERS}
    seconds = time.process_time() - started
    right = [folder for folder, answer in ANSWERS.items() if is_right(found[folder], answer)]
    print(f"{'system':<24}right of {len(ANSWERS)}")
    print(f"{'ours':<24}{len(right)}    ({seconds:.2f} CPU s for all)")
    for name, score in PEERS.items():
        print(f"{name:<24}{score}")
    for folder, answer in ANSWERS.items():
        others = sorted({item.name for item in found[folder].frameworks} - {answer} - BASES)
        if folder not in right or show_wrong:
            print(
                f"{'' if folder in right else 'WRONG ':<6}{folder:<18}{answer:<18}also: {', '.join(others)}"
            )


def detect(root: Path) -> Stack:
    """The stack of one example."""
    tree = read_tree(root, Limits(), Notes())
    return stack.detect(tree, manifests.read(tree))


def is_right(found: Stack, answer: str) -> bool:
    """Whether the framework is found; for no framework, that none is, and a package manager of Node's is."""
    names = {item.name for item in (*found.frameworks, *found.build_tools)}
    if answer:
        return answer in names
    return not found.frameworks and any(
        item.name in ("npm", "pnpm", "Yarn", "Bun") for item in found.package_managers
    )


if __name__ == "__main__":
    main(sys.argv[1], "--wrong" in sys.argv)
