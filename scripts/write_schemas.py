"""Write the JSON Schema of each artifact to docs/schemas, for those who read artifacts in another language."""

from __future__ import annotations

import json
from pathlib import Path

from repo_architect.contracts import ARTIFACTS

FOLDER = Path(__file__).parents[1] / "docs" / "schemas"


def schemas() -> dict[str, str]:
    """File name and text of each schema."""
    return {
        f"{Path(model.file_name).stem.strip('<>')}.schema.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema"}
            | model.model_json_schema(mode="serialization"),
            indent=2,
        )
        + "\n"
        for model in ARTIFACTS
    }


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
