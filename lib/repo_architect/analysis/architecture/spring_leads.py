"""Settings of Spring applications that lead somewhere: issuers of tokens, mail, repositories of settings, addresses of services."""

from __future__ import annotations

import re

from repo_architect.analysis.architecture.addresses import Target, first_label, is_machine, is_public, targets
from repo_architect.analysis.architecture.facts import Setting
from repo_architect.analysis.architecture.graph import Graph, Part
from repo_architect.analysis.architecture.jvm_reach import Reach
from repo_architect.analysis.architecture.spring_application import Application
from repo_architect.analysis.architecture.technologies import named
from repo_architect.contracts import Evidence

_AUTHORITY = re.compile(
    r"((access-?)?token-?uri|user-?info-?uri|token-?info-?uri|introspection-?uri|check-?token-?(uri|endpoint-?url)|issuer-?uri|jwk-?set-?uri|key-?set-?uri|key-?uri|auth-server-url)$",
    re.IGNORECASE,
)
_CHECKS_TOKENS = re.compile(r"oauth2|security-jwt|keycloak")
_ADDRESS = re.compile(r"(https?|lb|grpc|stork)://|static://")
_SELF = re.compile(
    r"zipkin|otlp?\b|redirect|call-?back|origin|allowed|\bcors\b|log-?out|(success|failure|return)-?ur[il]|swagger|openapi|springdoc|\bself\b|hostname|home-?page"
    r"|health-?check|status-?page|licen[cs]e|terms-?of|contact(?!s)",
    re.IGNORECASE,
)
_OTHER_RULES = ("eureka.", "zuul.", "spring.cloud.config", "spring.config.import", "spring.cloud.gateway", "security.", "spring.security",
                "spring.datasource", "spring.data.", "spring.cloud.nacos", "spring.cloud.consul")  # fmt: skip


def add_leads(graph: Graph, app: Application, reach: Reach) -> None:
    """Ties to what the settings lead to."""
    checks = [line for name, line in app.artifacts.items() if _CHECKS_TOKENS.search(name)]
    for setting in app.settings if checks else ():
        if _AUTHORITY.search(setting.key):
            _lead_to_issuer(graph, app, setting)
    for setting in app.settings:
        if _AUTHORITY.search(setting.key):
            continue
        if setting.key == "spring.mail.host":
            _add_mail(graph, app, setting)
        elif setting.key == "spring.cloud.config.server.git.uri":
            _add_repository(graph, app, setting)
        elif _is_address_of_service(app, setting):
            read = reach.reads(setting.key, app.folder)
            if read and is_public(targets(app.resolve(setting.value))[0].host):
                lead(graph, app, app.resolve(setting.value), "HTTP", [*read, *app.lines(setting)])
            elif read or not _is_for_all(app, setting):
                _lead_inside(graph, app, setting, read)


def lead(
    graph: Graph,
    app: Application,
    address: str,
    label: str,
    lines: list[Evidence],
    *,
    reverse: bool = False,
) -> bool:
    """A tie to what an address leads to: a service, or a host of the public net. Whether there is one."""
    led = False
    for target in targets(address):
        found = meant(graph, app, target)
        if found is None and target.scheme and is_public(target.host):
            found = graph.part(target.host)
            found.kind, found.own = "external", False
            found.evidence.extend(lines)
            # an answer is what one asks a website for
            reverse = True
        if found and found is not app.part:
            graph.tie(app.part, found, label.lower(), label, lines, strength=3, reverse=reverse)
            led = True
    return led


def _lead_to_issuer(graph: Graph, app: Application, setting: Setting, *, reverse: bool = True) -> None:
    """An issuer of tokens on the machine itself, which only its address's key or path names."""
    address = app.resolve(setting.value)
    lines = app.lines(setting)
    if lead(graph, app, address, "HTTP", lines, reverse=reverse) or "://" not in address:
        return
    said = f"{setting.key} {setting.value} {address}".lower()
    technology = named("Keycloak") if "keycloak" in said or "/realms/" in said else None
    if technology and is_machine(targets(address)[0].host):
        same = [part for part in graph.parts if part.technology == technology.name]
        part = same[0] if same else graph.part("keycloak")
        if not same:
            part.technology, part.protocol, part.own = technology.name, technology.protocol, False
            part.evidence.extend(lines)
        graph.tie(app.part, part, "http", "HTTP", lines, strength=3, reverse=reverse)


def meant(graph: Graph, app: Application, target: Target) -> Part | None:
    """The part that a host is, or that listens on the port of the machine that all runs on."""
    if not is_machine(target.host):
        return graph.find_similar(first_label(target.host))
    here = graph.listening(target.port)
    return here[0] if len(here) == 1 and app.part not in here else None


def _is_address_of_service(app: Application, setting: Setting) -> bool:
    return (
        _ADDRESS.match(app.resolve(setting.value)) is not None
        and not setting.key.startswith(_OTHER_RULES)
        and not _SELF.search(setting.key)
    )


def _is_for_all(app: Application, setting: Setting) -> bool:
    """Whether a setting is given to all applications, which need not read it."""
    name = setting.path.rpartition("/")[2]
    own = app.folder == "." or setting.path.startswith(f"{app.folder}/")
    return name.startswith("application") and not own


def _lead_inside(graph: Graph, app: Application, setting: Setting, read: list[Evidence]) -> None:
    if "keycloak" in setting.key.lower() and any("keycloak" in name for name in app.artifacts):
        _lead_to_issuer(graph, app, setting, reverse=False)
        return
    for target in targets(app.resolve(setting.value)):
        machine = is_machine(target.host)
        found = meant(graph, app, target) if machine else graph.find(first_label(target.host))
        served = found is not None and found.technology == "Spring Cloud Config"
        if found and not served and found is not app.part and found.kind not in ("database", "user"):
            graph.tie(app.part, found, "http", "HTTP", [*app.lines(setting), *read], strength=3)


def _add_repository(graph: Graph, app: Application, setting: Setting) -> None:
    """The repository that a configuration server reads."""
    place = app.resolve(setting.value)
    if place.startswith("file:") or not targets(place):
        return
    host = targets(place)[0].host.removeprefix("www.").partition(".")[0]
    found = graph.part(
        f"{host}-repository" if host in ("github", "gitlab", "bitbucket") else "git-repository"
    )
    found.kind, found.own, found.technology = "external", False, "git"
    found.evidence.append(setting.evidence)
    graph.tie(app.part, found, "git", "Git", app.lines(setting), strength=4, reverse=True)


def _add_mail(graph: Graph, app: Application, setting: Setting) -> None:
    sends = [note.evidence for note in app.annotations if note.name == "JavaMailSender"]
    sends += [line for name, line in app.artifacts.items() if name == "spring-boot-starter-mail"]
    if not sends:
        return
    host = app.resolve(setting.value)
    ports = [app.resolve(port.value) for port in app.local("spring.mail.port")]
    place = Target(host, None, port=ports[0] if ports else None)
    found = meant(graph, app, place) if is_machine(host) else graph.find(first_label(host))
    server = found or graph.part("mail-server")
    if found is None:
        server.kind, server.own, server.technology = "external", False, host
        server.evidence.append(setting.evidence)
    graph.tie(app.part, server, "smtp", "SMTP", [*sends, *app.lines(setting)], strength=4)
