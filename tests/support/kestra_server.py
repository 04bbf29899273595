"""A local HTTP server with the paths and shapes that kestrapy 2.0 has. What it does not know is a failure of the test."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

USERNAME, PASSWORD, TOKEN = "admin@example.org", "pa55-canary-word", "tok-canary-0123456789"
BASIC = "Basic " + base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
T0 = 1767225600
LEVELS = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR")


def moment(seconds: float) -> str:
    return (
        time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(T0 + seconds)) + f".{int(seconds * 1000) % 1000:03d}Z"
    )


def state(current: str, start: float = 0, end: float | None = None) -> dict[str, Any]:
    """A state as Kestra writes it: no getDuration, endDate only when over."""
    histories = [{"state": "CREATED", "date": moment(start)}, {"state": "RUNNING", "date": moment(start)}]
    told: dict[str, Any] = {"current": current, "startDate": moment(start), "duration": "PT1.5S"}
    if end is not None:
        histories.append({"state": current, "date": moment(end)})
        told["endDate"] = moment(end)
    return {**told, "histories": histories}


def task(
    name: str, current: str = "SUCCESS", start: float = 0, end: float | None = 1, **more: Any
) -> dict[str, Any]:
    return {
        "id": f"run-{name}", "executionId": "e1", "namespace": "repoarchitectagent", "flowId": "repo_architect_agent", "taskId": name,
        "state": state(current, start, end), "attempts": [{"state": state(current, start, end)}], **more,
    }  # fmt: skip


def execution(
    name: str, current: str, tasks: list[dict[str, Any]] | None = None, **more: Any
) -> dict[str, Any]:
    end = 9.0 if current in ("SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED") else None
    return {
        "id": name, "namespace": "repoarchitectagent", "flowId": "repo_architect_agent", "flowRevision": 1, "taskRunList": tasks or [],
        "inputs": {"repo_url": "https://example.org/o/n", "github_token": TOKEN}, "state": state(current, 0, end), "originalId": name, "deleted": False,
        "metadata": {"attemptNumber": 1, "originalCreatedDate": moment(0)}, "tenantId": "main", "labels": [{"key": "a", "value": "b"}], **more,
    }  # fmt: skip


def _json(value: Any, status: int = 200) -> Response:
    return Response(json.dumps(value), status, content_type="application/json")


def refused(status: int, message: str, *details: str) -> Response:
    errors = {"_embedded": {"errors": [{"message": one} for one in details]}} if details else {}
    return _json(
        {"message": message, "_links": {"self": {"href": "/", "templated": False}}, **errors}, status
    )


@dataclass
class KestraServer:
    """What the server holds (flows, files, executions, logs, outputs, storage) and what it was asked."""

    http: HTTPServer
    version: str = "2.0.0"
    tenant: str = "main"
    authorizations: tuple[str, ...] = (BASIC, f"Bearer {TOKEN}")
    flows: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[tuple[str, str], bytes] = field(default_factory=dict)
    executions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Of each execution what is answered, one a question; the last stays."""
    logs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    outputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    task_outputs: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    storage: dict[str, bytes] = field(default_factory=dict)
    faults: list[tuple[str, Callable[[Request], Response]]] = field(default_factory=list)
    """A pattern of `METHOD path` and what to answer once instead."""
    asked: list[str] = field(default_factory=list)
    started: list[dict[str, str]] = field(default_factory=list)
    killed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    validated: Callable[[str], str | None] = lambda source: None
    page_most: int = 100

    def __post_init__(self) -> None:
        self.http.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    @property
    def url(self) -> str:
        return self.http.url_for("").rstrip("/")

    def fault(self, pattern: str, answer: Callable[[Request], Response] | Response, times: int = 1) -> None:
        made = (lambda _: answer) if isinstance(answer, Response) else answer
        self.faults += [(pattern, made)] * times

    def count(self, pattern: str) -> int:
        return sum(bool(re.search(pattern, line)) for line in self.asked)

    @property
    def writes(self) -> list[str]:
        return [line for line in self.asked if not line.startswith("GET") and "validate" not in line]

    def _answer(self, request: Request) -> Response:
        line = f"{request.method} {request.path}"
        self.asked.append(line)
        for index, (pattern, answer) in enumerate(self.faults):
            if re.search(pattern, line):
                del self.faults[index]
                return answer(request)
        if line == "GET /api/v1/configs":
            return _json(
                {"version": self.version, "uuid": "u", "edition": "OSS", "isBasicAuthInitialized": True}
            )
        if request.headers.get("Authorization") not in self.authorizations:
            return Response("", 401, {"WWW-Authenticate": "Basic"})
        found = re.fullmatch(r"/api/v1/([^/]+)/(.*)", request.path)
        if not found or found[1] != self.tenant:
            return refused(404, "Not Found")
        return self._route(request, f"{request.method} {found[2]}")

    def _route(self, request: Request, line: str) -> Response:
        for pattern, method in _ROUTES:
            found = re.fullmatch(pattern, line)
            if found:
                return getattr(self, method.__name__)(request, *found.groups())  # type: ignore[no-any-return]
        self.unknown.append(line)
        return refused(404, "Not Found")

    # -- flows

    def search_flows(self, request: Request) -> Response:
        return _json({"results": [], "total": len(self.flows)})

    def list_flows(self, request: Request, namespace: str) -> Response:
        told = []
        for (where, name), source in self.flows.items():
            labels = (yaml.safe_load(source) or {}).get("labels") or {}
            listed = [{"key": key, "value": value} for key, value in labels.items()]
            common = {"revision": 1, "deleted": False, "disabled": False, "draft": False}
            if where == namespace:
                told.append({"id": name, "namespace": where, "labels": listed, "tasks": [], **common})
        return _json(told)

    def flow(self, request: Request, namespace: str, name: str) -> Response:
        source = self.flows.get((namespace, name))
        if source is None:
            return refused(404, "Not Found")
        told = {
            "id": name,
            "namespace": namespace,
            "revision": 1,
            "deleted": False,
            "disabled": False,
            "tasks": [],
        }
        return _json({**told, "source": source} if request.args.get("source") == "true" else told)

    def create_flow(self, request: Request) -> Response:
        source, key = self._source(request)
        if key is None:
            return refused(415, "Content Type not allowed")
        if key in self.flows:
            return refused(422, "Invalid entity", "flow.id: Flow id already exists")
        return self._keep(key, source)

    def update_flow(self, request: Request, namespace: str, name: str) -> Response:
        source, key = self._source(request)
        if key is None:
            return refused(415, "Content Type not allowed")
        if key != (namespace, name) or key not in self.flows:
            return refused(404, "Not Found")
        return self._keep(key, source)

    def delete_flow(self, request: Request, namespace: str, name: str) -> Response:
        return Response("", 204) if self.flows.pop((namespace, name), None) else refused(404, "Not Found")

    def validate(self, request: Request) -> Response:
        source, key = self._source(request)
        if key is None:
            return refused(415, "Content Type not allowed")
        said = self.validated(source)
        return _json(
            [
                {
                    "index": 0,
                    "namespace": key[0],
                    "flow": key[1],
                    "outdated": False,
                    "deprecationPaths": [],
                    "warnings": [],
                    "infos": [],
                    **({"constraints": said} if said else {}),
                }
            ]
        )

    def _source(self, request: Request) -> tuple[str, tuple[str, str] | None]:
        if request.content_type != "application/x-yaml":
            self.unknown.append(f"content type {request.content_type} of {request.path}")
            return "", None
        source = request.get_data(as_text=True)
        told = yaml.safe_load(source)
        return source, (told["namespace"], told["id"])

    def _keep(self, key: tuple[str, str], source: str) -> Response:
        self.flows[key] = source.rstrip() + "\n"
        return _json(
            {
                "id": key[1],
                "namespace": key[0],
                "revision": 2,
                "deleted": False,
                "disabled": False,
                "tasks": [],
                "source": source,
            }
        )

    # -- files

    def file(self, request: Request, namespace: str) -> Response:
        data = self.files.get((namespace, request.args["path"]))
        if request.headers.get("Accept") != "application/octet-stream":
            self.unknown.append(f"accept {request.headers.get('Accept')}")
        return (
            refused(404, "Not Found")
            if data is None
            else Response(data, content_type="application/octet-stream")
        )

    def put_file(self, request: Request, namespace: str) -> Response:
        part = request.files.get("fileContent")
        if request.mimetype != "multipart/form-data" or part is None:
            self.unknown.append(f"no multipart: {request.content_type}")
            return refused(415, "Content Type not allowed")
        assert request.args["path"].startswith("/")
        self.files[namespace, request.args["path"]] = part.read()
        return Response("", 200)

    def delete_file(self, request: Request, namespace: str) -> Response:
        return (
            Response("", 204)
            if self.files.pop((namespace, request.args["path"]), None)
            else refused(404, "Not Found")
        )

    def directory(self, request: Request, namespace: str) -> Response:
        where = request.args["path"].rstrip("/") + "/"
        names = [
            path.removeprefix(where)
            for owner, path in self.files
            if owner == namespace and path.startswith(where)
        ]
        told = [
            {"fileName": name, "type": "File", "size": 1, "lastModifiedTime": 1, "creationTime": 1}
            for name in names
        ]
        return _json(told) if told else refused(404, "Not Found")

    # -- executions

    def start(self, request: Request, namespace: str, name: str) -> Response:
        if request.mimetype != "multipart/form-data":
            self.unknown.append(f"no multipart: {request.content_type}")
            return refused(415, "Content Type not allowed")
        if (namespace, name) not in self.flows:
            return refused(404, "Not Found")
        self.started.append(dict(request.form))
        new = f"e{len(self.started)}"
        self.executions.setdefault(new, [execution(new, "SUCCESS")])
        return _json({**execution(new, "CREATED"), "url": f"/ui/main/executions/{namespace}/{name}/{new}"})

    def search(self, request: Request) -> Response:
        page, size = int(request.args["page"]), int(request.args["size"])
        assert 1 <= size <= self.page_most, size
        assert request.args.getlist("sort") == ["state.startDate:desc"]
        wanted = {key: value for key, value in request.args.items() if key.startswith("filters")}
        known = {"filters[namespace][EQUALS]", "filters[flowId][EQUALS]", "filters[state][IN]"}
        assert set(wanted) <= known, wanted
        states = wanted.get("filters[state][IN]", "").split(",") if "filters[state][IN]" in wanted else None
        every = [
            snapshots[-1] for snapshots in self.executions.values()
            if (states is None or snapshots[-1]["state"]["current"] in states)
            and snapshots[-1]["flowId"] == wanted["filters[flowId][EQUALS]"]
        ]  # fmt: skip
        return _json({"results": every[(page - 1) * size : page * size], "total": len(every)})

    def execution(self, request: Request, name: str) -> Response:
        snapshots = self.executions.get(name)
        if not snapshots:
            return refused(404, "Not Found")
        return _json(snapshots.pop(0) if len(snapshots) > 1 else snapshots[0])

    def kill(self, request: Request, name: str) -> Response:
        self.killed.append(name)
        return _json(self.executions[name][-1], 202)

    def stored(self, request: Request, name: str) -> Response:
        data = self.storage.get(request.args["path"])
        return (
            refused(404, "Not Found")
            if data is None
            else Response(data, content_type="application/octet-stream")
        )

    def log(self, request: Request, name: str) -> Response:
        wanted, least = request.args.get("taskRunId"), LEVELS.index(request.args.get("minLevel", "TRACE"))
        return _json([
            one for one in self.entries(name)
            if wanted in (None, one.get("taskRunId")) and LEVELS.index(one["level"]) >= least
        ])  # fmt: skip

    def entries(self, name: str) -> list[dict[str, Any]]:
        return self.logs.get(name, [])

    def flow_outputs(self, request: Request, name: str) -> Response:
        return _json(self.outputs.get(name, {}))

    def outputs_information(self, request: Request, name: str) -> Response:
        return _json(
            [
                {"taskId": run.removeprefix("run-"), "taskRunId": run, "inline": True}
                for run in self.task_outputs.get(name, {})
            ]
        )

    def outputs_of_run(self, request: Request, name: str, run: str) -> Response:
        return _json(self.task_outputs[name][run])


_ROUTES: list[tuple[str, Callable[..., Response]]] = [
    (r"GET flows/search", KestraServer.search_flows),
    (r"POST flows/validate", KestraServer.validate),
    (r"POST flows", KestraServer.create_flow),
    (r"GET flows/([^/]+)", KestraServer.list_flows),
    (r"GET flows/([^/]+)/([^/]+)", KestraServer.flow),
    (r"PUT flows/([^/]+)/([^/]+)", KestraServer.update_flow),
    (r"DELETE flows/([^/]+)/([^/]+)", KestraServer.delete_flow),
    (r"GET namespaces/([^/]+)/files", KestraServer.file),
    (r"POST namespaces/([^/]+)/files", KestraServer.put_file),
    (r"DELETE namespaces/([^/]+)/files", KestraServer.delete_file),
    (r"GET namespaces/([^/]+)/files/directory", KestraServer.directory),
    (r"GET executions/search", KestraServer.search),
    (r"GET executions/([^/]+)", KestraServer.execution),
    (r"GET executions/([^/]+)/file", KestraServer.stored),
    (r"DELETE executions/([^/]+)/actions/kill", KestraServer.kill),
    (r"POST executions/([^/]+)/([^/]+)", KestraServer.start),
    (r"GET logs/([^/]+)", KestraServer.log),
    (r"GET outputs/executions/([^/]+)", KestraServer.flow_outputs),
    (r"GET outputs/tasks/([^/]+)", KestraServer.outputs_information),
    (r"GET outputs/tasks/([^/]+)/([^/]+)", KestraServer.outputs_of_run),
]
