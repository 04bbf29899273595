"""The base of every artifact's model: frozen, strict about names, and clear about what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from repo_architect.errors import ContractError

RepoPath = Annotated[str, Field(min_length=1, description="POSIX path relative to the repository")]
Line = Annotated[int, Field(ge=1, description="line number, from 1")]


class Model(BaseModel):
    """A frozen part of an artifact. Unknown names are refused, so that a typing error cannot pass."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null", defer_build=True)


class Evidence(Model):
    """Where in the repository a fact stands."""

    path: RepoPath
    line: Line = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class Artifact(Model):
    """A whole file of the run folder.

    `file_name` is its name there, `made_by` the stage that writes it. Keys are kept in the order of the
    fields, lists in the order given, so the same content gives the same bytes.
    """

    file_name: ClassVar[str]
    made_by: ClassVar[str]
    version: ClassVar[int] = 1

    schema_version: int = 1

    def to_json(self) -> bytes:
        """The artifact as UTF-8 JSON with a line feed at the end."""
        return self.model_dump_json(indent=1).encode() + b"\n"

    @classmethod
    def from_json(cls, data: bytes, source: Path | str | None = None) -> Self:
        """Read and validate. Raises ContractError that names the file and each wrong field."""
        name = str(source or cls.file_name)
        try:
            artifact = cls.model_validate_json(data)
        except ValidationError as error:
            raise ContractError(_explain(name, error), fix=_remedy(cls)) from None
        if artifact.schema_version != cls.version:
            raise ContractError(
                f"{name} has schema version {artifact.schema_version}; this version reads {cls.version}",
                fix=_remedy(cls),
            )
        return artifact

    @classmethod
    def checked(cls, value: Self | dict[str, Any]) -> Self:
        """The value as a validated artifact, whatever it was built from. Raises ContractError."""
        raw = value.model_dump() if isinstance(value, cls) else value
        try:
            return cls.model_validate(raw)
        except ValidationError as error:
            raise ContractError(_explain(cls.file_name, error), fix=_remedy(cls)) from None


def _explain(name: str, error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    shown = [
        f"{'.'.join(map(str, problem['loc'])) or '(top level)'}: {problem['msg']}" for problem in problems[:5]
    ]
    more = [f"and {len(problems) - 5} more"] if len(problems) > 5 else []
    return f"{name} does not hold what its contract says: " + "; ".join(shown + more)


def _remedy(cls: type[Artifact]) -> str:
    return f"run the stage {cls.made_by} again: it writes {cls.file_name}"
