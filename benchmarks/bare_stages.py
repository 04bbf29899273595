"""The eight stage functions called one after another in this process: no papermill, no kernel.

Used to make the sample run, and to measure what the notebooks cost on top. usage: python -m benchmarks.bare_stages REPOSITORY RUNS_DIR
"""

from __future__ import annotations

import sys

from repo_architect import analysis, archive, ci, clone, diagram, pull_request, report, summary
from repo_architect.run import Run


def run_all(run: Run, repository: str) -> None:
    """Fill the run folder with every artifact."""
    run.write("clone.json", clone.clone_repo(run, repository))
    result = analysis.analyze(run.repo, run.clone)
    run.write("repo_shape.json", result.shape)
    run.write("modules.json", result.modules)
    drawn = diagram.draw(result.shape, result.modules)
    run.write("diagram.mmd", drawn.mermaid)
    run.write("diagram.svg", drawn.svg)
    run.write("views.json", diagram.explore(result.shape, result.modules, drawn))
    plan = ci.plan(result.shape)
    run.write("ci_plan.json", plan)
    run.write("ci-generated.yml", ci.workflow(plan))
    told = summary.summarize(result.shape, result.modules, run.repo)
    run.write("summary.json", told)
    run.write("summary.md", summary.to_markdown(told, result.shape))
    built = report.build(run)
    run.write("report.html", built.html)
    run.write("report.md", built.markdown)
    run.write("artifacts.tar.gz", archive.pack(run).data)
    run.write("pr_info.json", pull_request.propose(run))


if __name__ == "__main__":
    run_all(Run.start("new", sys.argv[2]), sys.argv[1])
