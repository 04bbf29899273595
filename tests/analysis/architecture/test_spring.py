import pytest

from support.architectures import architecture_of, edges, kinds, proof


def java(*annotations, body=""):
    return "package x;\n" + "\n".join(annotations) + "\npublic class Application {\n" + body + "\n}\n"


def app(folder, settings, *annotations, artifacts=(), body=""):
    """A Spring application: settings, main class, build file."""
    pom = (
        "<project>\n<artifactId>this</artifactId>\n<dependencies>\n"
        + "\n".join(f"<dependency><artifactId>{name}</artifactId></dependency>" for name in artifacts)
        + "\n</dependencies>\n</project>\n"
    )
    return {
        f"{folder}/src/main/resources/bootstrap.yml": settings,
        f"{folder}/src/main/java/x/Application.java": java("@SpringBootApplication", *annotations, body=body),
        f"{folder}/pom.xml": pom,
    }


REGISTRY = app("registry", "spring:\n  application:\n    name: registry\n", "@EnableEurekaServer")
CONFIG = app("config", "spring:\n  application:\n    name: config\n", "@EnableConfigServer")
USERS = app(
    "users",
    "spring:\n  application:\n    name: user-service\n  cloud:\n    config:\n      uri: http://config:8888\n",
    "@EnableDiscoveryClient",
)


def test_annotations_say_what_an_application_is(tmp_path):
    gateway = app("edge", "spring.application.name: edge\n", "@EnableZuulProxy", "@EnableHystrixDashboard")
    assert kinds(architecture_of(tmp_path, {**REGISTRY, **CONFIG, **gateway, **USERS})) == {
        "registry": "registry", "config": "config", "edge": "gateway", "user-service": "service", "user": "user",
    }  # fmt: skip


def test_applications_use_the_configuration_server_and_the_registry(tmp_path):
    found = architecture_of(tmp_path, {**REGISTRY, **CONFIG, **USERS})
    assert set(edges(found)) == {("user-service", "config"), ("user-service", "registry")}
    assert proof(found, "user-service", "config") == ["users/src/main/resources/bootstrap.yml:6"]
    assert proof(found, "user-service", "registry") == ["users/src/main/java/x/Application.java:3"]
    assert {edge.target: edge.flow for edge in found.edges} == {
        "config": "to_source",
        "registry": "to_target",
    }


@pytest.mark.parametrize(
    ("annotation", "extra", "target"),
    [
        ('@FeignClient(name = "user-service", fallback = Nothing.class)', "", "user-service"),
        ('@FeignClient("USER-SERVICE")', "", "user-service"),
        (
            '@FeignClient(value = "rates", url = "${rates.url}")',
            "rates:\n  url: https://rates.example.dev/v1\n",
            "rates.example.dev",
        ),
    ],
)
def test_feign_clients_lead_to_services_and_addresses(tmp_path, annotation, extra, target):
    caller = app("caller", "spring:\n  application:\n    name: caller\n" + extra, annotation)
    found = architecture_of(tmp_path, {**USERS, **caller})
    assert ("caller", target) in edges(found)


def test_an_address_with_the_name_of_a_service_leads_to_it(tmp_path):
    caller = app(
        "caller",
        "spring.application.name: caller\n",
        body='Object o = rest.getForObject("http://user-service/users", Object.class);',
    )
    assert edges(architecture_of(tmp_path, {**USERS, **caller})) == {("caller", "user-service"): "HTTP"}


def test_settings_that_the_configuration_server_holds_are_those_of_the_application(tmp_path):
    served = {
        "config/src/main/resources/shared/application.yml": "spring:\n  rabbitmq:\n    host: rabbitmq\n",
        "config/src/main/resources/shared/user-service.yml": "spring:\n  data:\n    mongodb:\n      host: user-mongodb\n",
        "docker-compose.yml": "services:\n  rabbitmq: {image: rabbitmq}\n  user-mongodb: {image: mongo}\n",
    }
    users = app(
        "users",
        "spring:\n  application:\n    name: user-service\n",
        artifacts=["spring-cloud-starter-bus-amqp"],
    )
    found = architecture_of(tmp_path, {**CONFIG, **users, **served})
    assert edges(found) == {("user-service", "rabbitmq"): "AMQP", ("user-service", "user-mongodb"): "MongoDB"}
    assert proof(found, "user-service", "user-mongodb") == [
        "config/src/main/resources/shared/user-service.yml:4"
    ]


def test_a_gateway_leads_where_its_routes_say(tmp_path):
    zuul = "spring.application.name: edge\nzuul:\n  routes:\n    people:\n      path: /users/**\n      serviceId: user-service\n"
    cloud = "spring:\n  application:\n    name: front\n  cloud:\n    gateway:\n      routes:\n      - id: u\n        uri: lb://user-service\n"
    found = architecture_of(
        tmp_path,
        {
            **USERS,
            **app("edge", zuul, "@EnableZuulProxy"),
            **app("front", cloud, artifacts=["spring-cloud-starter-gateway"]),
        },
    )
    assert {("edge", "user-service"), ("front", "user-service")} <= set(edges(found))


def test_producers_send_to_a_broker_and_listeners_hear_from_it(tmp_path):
    compose = {"docker-compose.yml": "services:\n  kafka: {image: apache/kafka}\n"}
    sender = app(
        "sender",
        "spring.application.name: sender\nspring.kafka.bootstrap-servers: kafka:9092\n",
        body="KafkaTemplate<String, String> template;",
    )
    hearer = app(
        "hearer", "spring.application.name: hearer\n", body='@KafkaListener(topics = "x")\nvoid hear() {}'
    )
    found = architecture_of(tmp_path, {**compose, **sender, **hearer})
    assert {edge.source: edge.flow for edge in found.edges} == {"sender": "to_target", "hearer": "to_source"}


def test_a_database_elsewhere_is_named_after_its_application_and_an_embedded_one_is_none(tmp_path):
    one = app("one", "spring.application.name: one\nspring.datasource.url: jdbc:mysql://localhost:3306/x\n")
    two = app("two", "spring.application.name: two\nspring.datasource.url: jdbc:h2:mem:x\n")
    found = architecture_of(tmp_path, {**one, **two})
    assert edges(found) == {("one", "database-one"): "SQL"}
    assert {node.technology for node in found.nodes} == {"MySQL", "Spring Boot"}


@pytest.mark.parametrize(
    "settings",
    [
        "spring: [",
        "spring.application.name: ${x:${y}}\n",
        "zuul:\n  routes: 3\n",
        "spring:\n  application:\n    name: ''\n",
    ],
)
def test_odd_settings_never_fail(tmp_path, settings):
    architecture_of(tmp_path, {**app("odd", settings, "@FeignClient(")})


def test_a_container_of_an_image_named_after_an_application_is_that_application(tmp_path):
    compose = "services:\n  people: {image: 'example/user-service:1', depends_on: [cache]}\n  cache: {image: redis}\n"
    found = architecture_of(tmp_path, {**USERS, "docker-compose.yml": compose})
    assert set(edges(found)) == {("people", "cache")}
    assert {node.name: node.path for node in found.nodes} == {"people": "users", "cache": None}
