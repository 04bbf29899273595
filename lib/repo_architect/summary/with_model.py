"""A model's words over the same facts: asked, checked, and replaced by ours wherever the check says no."""

from __future__ import annotations

from collections.abc import Sequence

from repo_architect.contracts import Evidence, Modules, RepoShape, Summary
from repo_architect.contracts.summary import Backend, Claim, SummaryHotspot
from repo_architect.summary.answer import Answer, Spot, Statement
from repo_architect.summary.backends import DETERMINISTIC, Endpoint
from repo_architect.summary.check import check
from repo_architect.summary.client import NoReplyError, Reply, ask
from repo_architect.summary.known import Known, known
from repo_architect.summary.prompt import messages
from repo_architect.summary.source import Source
from repo_architect.summary.words import clean, count, cut

HOTSPOTS = 5
TECHNOLOGIES = 12
MAX_PLACES = 8
REJECTED_CHARACTERS = 300


def with_model(
    endpoint: Endpoint, draft: Summary, shape: RepoShape, modules: Modules, source: Source, *, timeout: float
) -> Summary:
    """The summary in a model's words where they hold, in the draft's where they do not; the draft alone on failure."""
    try:
        reply = ask(endpoint, messages(shape, draft, source), timeout)
        return _merged(endpoint, reply, draft, Checker(known(shape, modules, draft), source))
    except NoReplyError as error:
        why = str(error)
    except Exception as error:
        why = f"its answer could not be used ({type(error).__name__})"
    note = f"The model {clean(endpoint.model)} was not used: {why}."
    return draft.model_copy(update={"backend": Backend(name=DETERMINISTIC, note=note)})


class Checker:
    """Checks claims and keeps those it refuses."""

    def __init__(self, facts: Known, source: Source) -> None:
        self.facts = facts
        self.source = source
        self.rejected: list[Claim] = []

    def claim(self, statement: Statement) -> Claim | None:
        """The claim when the check supports it, else None."""
        text, places = clean(statement.text), _places(statement.evidence)
        verdict = check(text, places, self.facts, self.source)
        if verdict == "supported":
            return Claim(text=text, evidence=places)
        self.rejected.append(Claim(text=cut(text, REJECTED_CHARACTERS), evidence=places, verdict=verdict))
        return None

    def hotspot(self, spot: Spot) -> SummaryHotspot | None:
        places = _places([Evidence(path=spot.path), *spot.evidence])
        kept = self.claim(Statement(text=f"`{spot.path}`: {spot.reason}"[:2000], evidence=list(places)))
        return SummaryHotspot(path=spot.path, reason=clean(spot.reason), evidence=places) if kept else None


def _merged(endpoint: Endpoint, reply: Reply, draft: Summary, checker: Checker) -> Summary:
    answer = reply.answer
    sentences = _in_slots(checker, answer.sentences, draft.sentences)
    hotspots = _hotspots(checker, answer, draft)
    onboarding = _in_slots(checker, answer.onboarding, draft.onboarding)
    technologies = [kept for item in answer.technologies[:TECHNOLOGIES] if (kept := checker.claim(item))]
    refused = tuple(_hidden(claim) for claim in checker.rejected)
    return Summary(
        backend=Backend(
            name=endpoint.name, model=endpoint.model, note=_note(len(refused)),
            prompt_tokens=reply.prompt_tokens, completion_tokens=reply.completion_tokens,
        ),
        sentences=sentences, hotspots=hotspots, onboarding=onboarding,
        technologies=tuple(technologies) or draft.technologies, rejected=refused,
    )  # fmt: skip


def _in_slots(checker: Checker, said: Sequence[Statement], ours: Sequence[Claim]) -> tuple[Claim, ...]:
    """As many claims as we have: the model's in its place when it holds, else ours."""
    checked = [checker.claim(statement) for statement in said[: len(ours)]]
    padded = [*checked, *[None] * (len(ours) - len(checked))]
    return tuple(theirs or own for theirs, own in zip(padded, ours, strict=True))


def _hotspots(checker: Checker, answer: Answer, draft: Summary) -> tuple[SummaryHotspot, ...]:
    kept = {spot.path: spot for item in answer.hotspots[:HOTSPOTS] if (spot := checker.hotspot(item))}
    for spot in draft.hotspots:
        if len(kept) < HOTSPOTS:
            kept.setdefault(spot.path, spot)
    return tuple(kept.values())


def _places(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))[:MAX_PLACES]


def _hidden(claim: Claim) -> Claim:
    """A refused claim, its words withheld when they look like a secret."""
    from repo_architect.summary import secrets

    return claim.model_copy(update={"text": secrets.HIDDEN}) if secrets.kinds(claim.text) else claim


def _note(refused: int) -> str | None:
    if not refused:
        return None
    verb = "was" if refused == 1 else "were"
    return f"{count(refused, 'claim')} of the model {verb} refused by the check; ours stand in their place."
