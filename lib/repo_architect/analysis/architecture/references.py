"""Who talks to whom, by the names of services in environments and in code."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.addresses import LOCAL, Target, first_label, is_public, targets
from repo_architect.analysis.architecture.calls import Calls
from repo_architect.analysis.architecture.deployment import Deployments
from repo_architect.analysis.architecture.documents import supports
from repo_architect.analysis.architecture.facts import Address, Setting
from repo_architect.analysis.architecture.graph import Graph, Part, normal, stem
from repo_architect.analysis.architecture.shared_settings import SharedSettings
from repo_architect.analysis.architecture.technologies import by_host, by_scheme
from repo_architect.analysis.files import FileTree
from repo_architect.contracts import Evidence
from repo_architect.contracts.repo_shape import NodeKind

# keys of an environment whose value is a host and nothing else
_LEADS = re.compile(
    r"(host|addr|address|url|uri|server|servers|endpoint|broker|brokers|dsn|connect|connection|backend|upstream|peers?)s?(_|$|\d)|_(ip)$",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"(advertised|listen|bind|allowed|cors|origin|hostname$|server_name|virtual_host|(?<![a-z])(?:self|own)(?![a-z])|licen[cs]e|terms|contact(?!s)|expos(?:e|ure))",
    re.IGNORECASE,
)
SENDS: tuple[NodeKind, ...] = ("database", "external", "config")
"""Kinds of parts that one asks for something: what matters flows from them."""

# what stands before the address that a client is asked for
_ASKS = re.compile(
    r"(getFor\w+|postFor\w+|\bexchange|requests\.\w+|\bfetch|\baxios(\.\w+)?|httpx?\.\w+|session\.(get|post|put|request)"
    r"|\bhttp\.(Get|Post|Head|NewRequest\w*)|urlopen|\.uri|GetAsync|PostAsync|GetStringAsync|Faraday\.\w+|HTTParty\.\w+|Tesla\.\w+|HTTPoison\.\w+|Req\.\w+|new Client|reqwest::\w+|http_client\.\w+)\s*\(\s*[fFrR$@]{0,2}$"
    r"|(BaseUrl,|base_url\s*[:=]|base_uri['\"]?\s*(=>|[:=])?|baseURL\s*:|BaseAddress\s*=\s*new Uri\()\s*[fFrR$@]{0,2}$"
)

_DATABASE_KEY = re.compile(r"^(DB|DATABASE|JDBC|SQL)_?(HOST|ADDR|ADDRESS|SERVER|URL)$", re.IGNORECASE)
_FRONT = re.compile(
    r"(^|[-_])(ui|web|webapp|webui|frontend|client|site|spa|portal|dashboard)([-_]|$)", re.IGNORECASE
)
_HEARS = re.compile(r"handler|consumer|subscriber|listener|receiver", re.IGNORECASE)
_SAYS = re.compile(r"publisher|producer|sender", re.IGNORECASE)

_SERVER_SETTINGS = re.compile(
    r"(^|/)(vite|vue|next|nuxt|webpack[.\w]*|svelte|astro)\.config\.[cm]?[jt]s$|(^|/)setupProxy\.js$"
)
_HANDS_ON = re.compile(r"\b(target|destination|proxy)[\"']?\s*:\s*$|\bproxy\b.*:\s*$")

Grpc = dict[Part, Evidence]


def add_references(graph: Graph, tree: FileTree, deployments: Deployments, calls: Calls) -> None:
    """Ties from environments of deployed services and from addresses in code to services of the repository."""
    grpc = {part: line for part, service in deployments if (line := service.grpc)}
    shared = SharedSettings(graph, tree, deployments)
    for part, service in deployments:
        for setting in service.environment:
            if shared.proves(part, setting):
                from_environment(graph, part, setting, grpc)
    for address in calls.asked():
        if not supports(address.path) or _hands_on(address):
            _from_code(graph, address, grpc)


def _is_called(graph: Graph, target: Target, key: str) -> bool:
    """Whether a variable is called like what the part is that its value names: `REDIS=cart-store`."""
    found = graph.find(target.host)
    return found is not None and bool(found.technology) and normal(key) == normal(found.technology or "")


def _hands_on(address: Address) -> bool:
    """Whether the settings of a development server say where it hands requests on."""
    return _SERVER_SETTINGS.search(address.path) is not None and _HANDS_ON.search(address.context) is not None


def from_environment(graph: Graph, part: Part, setting: Setting, grpc: Grpc) -> None:
    """Ties to the parts that a value of a part's environment names."""
    if _SELF.search(setting.key):
        return
    for target in targets(setting.value):
        said = _LEADS.search(setting.key) or ":" in setting.value or _is_called(graph, target, setting.key)
        if target.bare and not said:
            continue
        if setting.key == "command" and _is_waited_for(part, target):
            continue
        found = _meant(graph, target) or _beside(graph, part, target, setting.key)
        _know_by_scheme(found, target)
        _know_by_key(found, setting)
        _tie(graph, part, found, [*setting.lines, *_port_line(graph, found, target)], grpc, key=setting.key)


def _is_waited_for(part: Part, target: Target) -> bool:
    """Whether a command only waits for a host: a Spring application has its addresses in settings, `host:port` in its command is for a script that waits."""
    spring = (part.technology or "").startswith(("Spring", "Zuul", "Eureka", "Hystrix", "Turbine", "Zipkin"))
    return spring and part.own and (target.bare or target.scheme == "tcp")


def _know_by_key(part: Part | None, setting: Setting) -> None:
    """Others' software that DB_HOST leads to is a database, whatever its image is called."""
    if (
        part
        and part.kind == "service"
        and not part.own
        and part.technology is None
        and _DATABASE_KEY.match(setting.key)
    ):
        part.kind, part.protocol = "database", "SQL"


def _know_by_scheme(part: Part | None, target: Target) -> None:
    """What others' software with an image that says nothing speaks is what it is addressed by."""
    technology = by_scheme(target.scheme) if target.scheme else None
    if part and technology and part.technology is None and not part.own and part.kind == "service":
        part.kind, part.technology, part.protocol = technology.kind, technology.name, technology.protocol


def _from_code(graph: Graph, address: Address, grpc: Grpc) -> None:
    source = graph.owner_of(address.path)
    if source is None:
        return
    for target in targets(address.value):
        found = _meant(graph, target) or _beside(graph, source, target, address.context)
        if found is None and _ASKS.search(address.context):
            found = _public(graph, target, address.evidence)
        _tie(graph, source, found, [*address.lines, *_port_line(graph, found, target)], grpc)


def _meant(graph: Graph, target: Target) -> Part | None:
    """The part of the repository that a host is."""
    if target.host.lower() in LOCAL:
        return None
    found = graph.find(first_label(target.host))
    # prometheus.io is not the package @prometheus/io
    exact = found is not None and any(alias.lower() == target.host.lower() for alias in found.aliases)
    return found if exact or not is_public(first_label(target.host)) else None


def _beside(graph: Graph, source: Part, target: Target, said: str) -> Part | None:
    """The sibling at a port of the machine itself, where what is said names it, or a front end asks it; its own address is none."""
    here = target.host.lower() in LOCAL or target.host.startswith("${")
    parts = graph.listening(target.port) if here else []
    found = parts[0] if len(parts) == 1 else None
    outside = found is not None and not found.own and not (source.technology or "").startswith("Spring")
    if found is None or outside or _SELF.search(said) or found.kind == "web":
        return None
    client = (
        source.kind == "web" or (source.technology or "").startswith("Spring") or _FRONT.search(source.name)
    )
    asks = bool(client) and target.scheme in ("http", "https")
    return found if asks or normal(stem(found.name)) in normal(said) else None


def _port_line(graph: Graph, found: Part | None, target: Target) -> list[Evidence]:
    """The line that gives a part the port of the machine by which it was found."""
    line = graph.port_lines.get((found, target.port or "")) if found else None
    return [line] if line and (target.host.lower() in LOCAL or target.host.startswith("${")) else []


def _public(graph: Graph, target: Target, line: Evidence) -> Part | None:
    """A part for a host of the public net."""
    if target.scheme not in ("http", "https") or not is_public(target.host):
        return None
    technology = by_host(target.host)
    found = graph.part(technology.name if technology else target.host)
    found.kind, found.own = technology.kind if technology else "external", False
    found.technology = found.technology or (technology.name if technology else None)
    found.protocol = found.protocol or (technology.protocol if technology else "")
    found.evidence.append(line)
    return found


def way_of(key: str) -> str | None:
    """Whether the name of a setting says that who has it hears, or sends."""
    hears, sends = bool(_HEARS.search(key)), bool(_SAYS.search(key))
    return None if hears == sends else "hears" if hears else "sends"


def _tie(
    graph: Graph, source: Part, target: Part | None, lines: list[Evidence], grpc: Grpc, *, key: str = ""
) -> None:
    if target is None or target is source or target.kind == "user":
        return
    if target.technology == "Spring Cloud Config" and source in graph.unconfigured:
        return
    graph.say_way(source, target, way_of(key))
    label = target.protocol or ("gRPC" if target in grpc or "grpc" in key.lower() else "HTTP")
    proof = [*lines, grpc[target]] if target in grpc and not target.protocol else lines
    graph.tie(source, target, label.lower(), label, proof, strength=3, reverse=target.kind in SENDS)
