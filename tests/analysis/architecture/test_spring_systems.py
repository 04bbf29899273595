"""What Spring applications lean on beyond their own settings: parents, environments, ports, constants, libraries, watchers."""

import pytest

from support.architectures import architecture_of, edges, flows, kinds, proof


def pom(name, *artifacts):
    inner = "".join(f"<dependency><artifactId>{one}</artifactId></dependency>\n" for one in artifacts)
    return f"<project>\n<artifactId>{name}</artifactId>\n<dependencies>\n{inner}</dependencies>\n</project>\n"


def app(folder, *annotations, settings="", artifacts=(), code="", package="x"):
    """A Spring application in a folder, named after it."""
    notes = "\n".join(("@SpringBootApplication", *annotations))
    return {
        f"{folder}/pom.xml": pom(folder, *artifacts),
        f"{folder}/src/main/resources/application.properties": f"spring.application.name={folder}\n{settings}",
        f"{folder}/src/main/java/{package}/Main.java": f"package {package};\n{notes}\npublic class Main {{\n{code}\n}}\n",
    }


CONFIG = app("config", "@EnableConfigServer")
EUREKA = app("eureka", "@EnableEurekaServer")
ZIPKIN = {"docker-compose.yml": "services:\n  tracing: {image: openzipkin/zipkin, ports: ['9411:9411']}\n"}


@pytest.mark.parametrize(
    ("settings", "artifacts", "drawn"),
    [
        ("spring.config.import=optional:configserver:http://localhost:8888\n", (), True),
        ("", ("spring-cloud-starter-config",), True),
        ("spring.cloud.config.enabled=false\n", ("spring-cloud-starter-config",), False),
        ("", (), False),
    ],
)
def test_a_client_of_the_configuration_server_says_so(tmp_path, settings, artifacts, drawn):
    orders = app("orders", settings=settings, artifacts=artifacts)
    found = architecture_of(tmp_path, {**CONFIG, **orders})
    assert (("orders", "config") in edges(found)) is drawn
    assert not drawn or flows(found)["orders", "config"] == "to_source"


@pytest.mark.parametrize(
    ("settings", "artifacts", "drawn"),
    [
        ("", ("spring-cloud-starter-zipkin",), True),
        ("management.zipkin.tracing.endpoint=http://tracing:9411\n", ("zipkin-reporter-brave",), True),
        ("spring.zipkin.base-url=http://tracing:9411\n", ("spring-web",), False),
        ("spring.zipkin.enabled=false\n", ("spring-cloud-starter-zipkin",), False),
    ],
)
def test_traces_go_where_a_library_sends_them(tmp_path, settings, artifacts, drawn):
    found = architecture_of(tmp_path, {**ZIPKIN, **app("orders", settings=settings, artifacts=artifacts)})
    assert (("orders", "tracing") in edges(found)) is drawn


@pytest.mark.parametrize(
    ("library", "image", "technology"),
    [
        ("spring-cloud-starter-consul-discovery", "hashicorp/consul", "Consul"),
        ("spring-cloud-starter-alibaba-nacos-discovery", "nacos/nacos-server", "Nacos"),
    ],
)
def test_clients_join_the_registry_of_their_library(tmp_path, library, image, technology):
    compose = {"docker-compose.yml": f"services:\n  names: {{image: {image}}}\n"}
    found = architecture_of(
        tmp_path, {**compose, **EUREKA, **app("orders", "@EnableDiscoveryClient", artifacts=(library,))}
    )
    assert ("orders", "names") in edges(found)
    assert ("orders", "eureka") not in edges(found)
    assert {node.name: node.technology for node in found.nodes}["names"] == technology


def test_a_port_of_the_machine_leads_to_who_listens_there(tmp_path):
    stock = app("stock", settings="server.port=8082\n")
    orders = app(
        "orders",
        settings="server.port=8081\nstock.url=http://localhost:8082/v1\nmy.callback=http://localhost:8082/back\n",
    )
    found = architecture_of(tmp_path, {**stock, **orders})
    assert proof(found, "orders", "stock") == ["orders/src/main/resources/application.properties:3"]


def test_a_port_that_two_listen_on_leads_nowhere(tmp_path):
    contents = {**app("a", settings="server.port=8082\n"), **app("b", settings="server.port=8082\n")}
    orders = app("orders", settings="stock.url=http://localhost:8082/v1\n")
    assert edges(architecture_of(tmp_path, {**contents, **orders})) == {}


def test_the_environment_of_a_container_is_heard_before_its_own_settings(tmp_path):
    compose = (
        "services:\n  orders:\n    build: orders\n    environment: {DB_URL: 'jdbc:postgresql://orders-db/x'}\n"
        "  orders-db: {image: postgres, ports: ['5433:5432']}\n  other-db: {image: postgres, ports: ['5432:5432']}\n"
    )
    orders = app(
        "orders",
        settings="spring.datasource.url=${DB_URL:jdbc:postgresql://localhost:5432/x}\n",
        artifacts=("postgresql",),
    )
    found = architecture_of(tmp_path, {**orders, "docker-compose.yml": compose})
    assert set(edges(found)) == {("orders", "orders-db")}
    assert "docker-compose.yml:4" in proof(found, "orders", "orders-db")


def test_databases_that_no_file_deploys_are_each_their_application_s(tmp_path):
    settings = "spring.datasource.url=jdbc:mysql://localhost:3306/shop\n"
    found = architecture_of(tmp_path, {**app("a", settings=settings), **app("b", settings=settings)})
    assert set(edges(found)) == {("a", "database-a"), ("b", "database-b")}


@pytest.mark.parametrize(
    ("code", "flow"),
    [
        (
            '@RabbitListener(queues = "q") void hear() {}\nRabbitTemplate bean() { return new RabbitTemplate(c); }',
            "to_source",
        ),
        ('RabbitTemplate template;\nvoid say() { template.convertAndSend("q", 1); }', "to_target"),
    ],
)
def test_a_template_alone_does_not_send(tmp_path, code, flow):
    compose = {"docker-compose.yml": "services:\n  bus: {image: rabbitmq}\n"}
    orders = app("orders", artifacts=("spring-boot-starter-amqp",), code=code)
    assert flows(architecture_of(tmp_path, {**compose, **orders})) == {("orders", "bus"): flow}


def test_a_library_of_a_parent_is_no_use_of_a_broker(tmp_path):
    compose = {
        "docker-compose.yml": "services:\n  bus: {image: rabbitmq}\n",
        "pom.xml": pom("all", "spring-boot-starter-amqp"),
    }
    orders = app("orders")
    orders["orders/pom.xml"] = orders["orders/pom.xml"].replace(
        "<artifactId>", "<parent><artifactId>all</artifactId></parent><artifactId>", 1
    )
    assert edges(architecture_of(tmp_path, {**compose, **orders})) == {}


STOCK = app("stock-service")


@pytest.mark.parametrize(
    ("code", "drawn"),
    [
        ('Object ask() { return rest.getForObject("http://" + Names.STOCK + "/v1", Object.class); }', True),
        ("Object ask() { return rest.getForObject(Names.STOCK_URL, Object.class); }", True),
        ("Object ask() { return null; }", False),
    ],
)
def test_constants_lead_where_they_are_used(tmp_path, code, drawn):
    names = (
        'package x;\npublic class Names {\n  public static final String STOCK = "stock-service";\n'
        '  public static final String STOCK_URL = "http://stock-service/v1";\n}\n'
    )
    orders = {**app("orders", code=code), "orders/src/main/java/x/Names.java": names}
    found = architecture_of(tmp_path, {**STOCK, **orders})
    assert (("orders", "stock-service") in edges(found)) is drawn
    if drawn:
        assert [
            line.partition(":")[0].rpartition("/")[2] for line in proof(found, "orders", "stock-service")
        ] == ["Main.java", "Names.java"]


def test_a_feign_client_s_name_may_be_a_constant_and_its_path_is_none(tmp_path):
    client = 'package x;\n@FeignClient(name = Names.STOCK, path = "/orders")\ninterface Client {}\n'
    names = 'package x;\nclass Names {\n  static final String STOCK = "stock-service";\n}\n'
    contents = {"shop/src/main/java/x/Client.java": client, "shop/src/main/java/x/Names.java": names}
    found = architecture_of(tmp_path, {**STOCK, **app("orders"), **app("shop"), **contents})
    assert set(edges(found)) == {("shop", "stock-service")}


def test_clients_of_a_library_are_its_who_reaches_them(tmp_path):
    api = {
        "api/pom.xml": pom("api"),
        "api/src/main/java/api/StockClient.java": 'package api;\n@FeignClient("stock-service")\npublic interface StockClient {}\n',
    }
    orders = app("orders", artifacts=("api",))
    orders["orders/src/main/java/x/Use.java"] = (
        "package x;\nimport api.StockClient;\nclass Use { StockClient client; }\n"
    )
    found = architecture_of(tmp_path, {**STOCK, **api, **orders, **app("shop", artifacts=("api",))})
    assert set(edges(found)) == {("orders", "stock-service")}
    assert proof(found, "orders", "stock-service")[:2] == [
        "orders/src/main/java/x/Use.java:2",
        "api/src/main/java/api/StockClient.java:2",
    ]
    assert "api" not in kinds(found)


def test_settings_for_all_prove_a_use_only_for_who_reads_them(tmp_path):
    config = app(
        "config",
        "@EnableConfigServer",
        settings="spring.cloud.config.server.native.search-locations=classpath:/served\n",
    )
    served = {
        "config/src/main/resources/served/application.properties": "stock.url=http://stock-service/v1\n"
    }
    reader = app("orders", code='@Value("${stock.url}") String url;')
    found = architecture_of(tmp_path, {**config, **served, **STOCK, **reader, **app("shop")})
    assert set(edges(found)) == {("orders", "stock-service")}


def test_an_order_of_start_between_applications_is_no_use(tmp_path):
    compose = "services:\n  orders:\n    build: orders\n    depends_on: [stock-service, bus]\n  stock-service: {build: stock-service}\n  bus: {image: rabbitmq}\n"
    dockerfiles = {
        "orders/Dockerfile": "FROM eclipse-temurin\n",
        "stock-service/Dockerfile": "FROM eclipse-temurin\n",
    }
    orders = app("orders", artifacts=("spring-web",))
    assert (
        edges(architecture_of(tmp_path, {**STOCK, **orders, **dockerfiles, "docker-compose.yml": compose}))
        == {}
    )


def test_a_container_or_deployment_of_an_application_is_the_application(tmp_path):
    files = {
        "compose.yml": "services:\n  stock-service-container: {image: 'example/stock:1'}\n",
        "k8s/orders.yml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: orders-deployment}\nspec:\n  template:\n    spec:\n      containers: [{name: orders, image: example/orders}]\n",
    }
    found = architecture_of(tmp_path, {**files, **STOCK, **app("orders")})
    assert set(kinds(found)) == {"stock-service", "orders"}


def test_what_is_scraped_flows_to_the_scraper_and_on_to_the_dashboard(tmp_path):
    files = {
        "docker-compose.yml": "services:\n  metrics: {image: prom/prometheus, volumes: ['./prom:/etc/prometheus']}\n  board: {image: grafana/grafana, volumes: ['./board:/etc/grafana']}\n",
        "prom/prometheus.yml": "scrape_configs:\n- job_name: a\n  static_configs:\n  - targets: ['orders:8080', 'unknown:1']\n",
        "board/sources.yml": "datasources:\n- name: a\n  url: http://metrics:9090\n",
    }
    found = architecture_of(tmp_path, {**files, **app("orders")})
    assert flows(found) == {("metrics", "orders"): "to_source", ("board", "metrics"): "to_source"}
    assert proof(found, "metrics", "orders") == ["prom/prometheus.yml:4"]


def test_logs_go_to_the_collector_that_an_appender_of_a_library_names(tmp_path):
    files = {
        "docker-compose.yml": "services:\n  logs: {image: logstash}\n",
        "common/pom.xml": pom("common"),
        "common/src/main/resources/logback.xml": '<configuration>\n<appender class="net.logstash.logback.appender.LogstashTcpSocketAppender"/>\n</configuration>\n',
    }
    found = architecture_of(tmp_path, {**files, **app("orders", artifacts=("common",)), **app("shop")})
    assert {pair: proof(found, *pair) for pair in edges(found)} == {
        ("orders", "logs"): ["common/src/main/resources/logback.xml:2"]
    }


def test_sources_in_a_package_called_external_are_read(tmp_path):
    client = 'package x.external;\n@FeignClient("stock-service")\ninterface Client {}\n'
    found = architecture_of(
        tmp_path, {**STOCK, **app("orders"), "orders/src/main/java/x/external/Client.java": client}
    )
    assert ("orders", "stock-service") in edges(found)


def test_a_compose_file_is_known_by_its_folder(tmp_path):
    compose = {"deploy/docker-compose/infra.yml": "services:\n  bus: {image: rabbitmq}\n"}
    orders = app("orders", settings="spring.rabbitmq.host=bus\n", artifacts=("spring-boot-starter-amqp",))
    assert set(edges(architecture_of(tmp_path, {**compose, **orders}))) == {("orders", "bus")}


def test_tokens_flow_from_their_issuer(tmp_path):
    settings = "auth.url=http://localhost:9191\nspring.security.oauth2.resourceserver.jwt.issuer-uri=${auth.url}/realms/x\n"
    compose = {"docker-compose.yml": "services:\n  login: {image: keycloak/keycloak, ports: ['9191:9191']}\n"}
    orders = app("orders", settings=settings, artifacts=("spring-boot-starter-oauth2-resource-server",))
    assert flows(architecture_of(tmp_path, {**compose, **orders})) == {("orders", "login"): "to_source"}


def test_annotations_may_be_written_with_their_package(tmp_path):
    eureka = app("names", "@org.springframework.cloud.netflix.eureka.server.EnableEurekaServer")
    orders = app("orders", artifacts=("spring-cloud-starter-netflix-eureka-client",))
    found = architecture_of(tmp_path, {**eureka, **orders})
    assert kinds(found)["names"] == "registry"
    assert set(edges(found)) == {("orders", "names")}


@pytest.mark.parametrize("drawn", [False, True])
def test_a_client_of_a_broker_that_no_code_imports_is_no_use(tmp_path, drawn):
    compose = {"docker-compose.yml": "services:\n  bus: {image: apache/kafka}\n"}
    orders = app("orders", artifacts=("spring-kafka",))
    if drawn:
        orders["orders/src/main/java/x/Use.java"] = (
            "package x;\nimport org.springframework.kafka.core.Any;\nclass Use { Any any; }\n"
        )
    assert (("orders", "bus") in edges(architecture_of(tmp_path, {**compose, **orders}))) is drawn


def test_who_has_no_client_of_the_configuration_server_takes_nothing_from_it(tmp_path):
    compose = "services:\n  orders:\n    build: orders\n    environment: {CONFIG_URI: 'http://config:8888'}\n  config: {build: config}\n"
    dockerfiles = {
        "orders/Dockerfile": "FROM eclipse-temurin\n",
        "config/Dockerfile": "FROM eclipse-temurin\n",
    }
    orders = app("orders", artifacts=("spring-web",))
    assert (
        edges(architecture_of(tmp_path, {**CONFIG, **orders, **dockerfiles, "docker-compose.yml": compose}))
        == {}
    )


def test_a_script_that_waits_for_another_is_no_use_of_it(tmp_path):
    compose = (
        "services:\n  orders:\n    build: orders\n    entrypoint: [./wait-for-it.sh, 'stock-service:8080', --, java, -jar, app.jar]\n"
        "  stock-service: {build: stock-service}\n"
    )
    dockerfiles = {
        "orders/Dockerfile": "FROM eclipse-temurin\n",
        "stock-service/Dockerfile": "FROM eclipse-temurin\n",
    }
    assert (
        edges(
            architecture_of(
                tmp_path, {**STOCK, **app("orders"), **dockerfiles, "docker-compose.yml": compose}
            )
        )
        == {}
    )


def test_services_may_be_named_by_an_enumeration(tmp_path):
    names = 'package x;\npublic enum Service {\n  STOCK("stock-service"),\n  ORDERS("orders");\n}\n'
    orders = {
        **app("orders", code="Object o = call(Service.STOCK);"),
        "orders/src/main/java/x/Service.java": names,
    }
    found = architecture_of(tmp_path, {**STOCK, **orders})
    assert proof(found, "orders", "stock-service") == [
        "orders/src/main/java/x/Main.java:4", "orders/src/main/java/x/Service.java:3",
    ]  # fmt: skip


def test_the_aggregator_reads_who_it_is_told_to_and_feeds_the_dashboard(tmp_path):
    streams = app("streams", "@EnableTurbine", settings="turbine.app-config=stock-service\n")
    found = architecture_of(tmp_path, {**STOCK, **streams, **app("board", "@EnableHystrixDashboard")})
    assert flows(found) == {("streams", "stock-service"): "to_source", ("board", "streams"): "to_source"}
