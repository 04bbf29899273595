import pytest

from repo_architect.analysis import files
from repo_architect.analysis.architecture.jvm_builds import artifacts, modules, pieces
from repo_architect.analysis.limits import Limits, Notes


def tree_of(root, contents):
    for path, text in contents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return files.read_tree(root, Limits(), Notes())


def dependency(name, extra=""):
    return f"<dependency><artifactId>{name}</artifactId>{extra}</dependency>\n"


def pom(name, dependencies="", *, parent="", rest=""):
    above = f"<parent><artifactId>{parent}</artifactId></parent>\n" if parent else ""
    return f"<project>\n{above}<artifactId>{name}</artifactId>\n<dependencies>\n{dependencies}</dependencies>\n{rest}</project>\n"


def named(tree, folder):
    return {name: f"{line.path}:{line.line}" for name, line in artifacts(tree, folder).items()}


def test_a_module_has_the_libraries_of_its_parents(tmp_path):
    contents = {
        "pom.xml": pom("all", dependency("sleuth")),
        "orders/pom.xml": pom("orders", dependency("amqp"), parent="all"),
        "alone/pom.xml": pom("alone", dependency("jdbc"), parent="another"),
    }
    tree = tree_of(tmp_path, contents)
    assert named(tree, "orders") == {"amqp": "orders/pom.xml:5", "sleuth": "pom.xml:4"}
    assert named(tree, "alone") == {"jdbc": "alone/pom.xml:5"}


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- {dependency('x')} -->",
        f"<dependencyManagement><dependencies>{dependency('x')}</dependencies></dependencyManagement>",
        f"<profiles><profile><dependencies>{dependency('x')}</dependencies></profile></profiles>",
        "<build><plugins><plugin><artifactId>x</artifactId></plugin></plugins></build>",
    ],
)
def test_what_is_only_managed_or_put_aside_is_no_library(tmp_path, text):
    assert named(tree_of(tmp_path, {"pom.xml": pom("a", rest=text)}), ".") == {}


def test_libraries_of_tests_and_exclusions_do_not_count(tmp_path):
    text = dependency("junit", "<scope>test</scope>") + dependency(
        "kept", "<exclusions><exclusion><artifactId>out</artifactId></exclusion></exclusions>"
    )
    assert list(named(tree_of(tmp_path, {"pom.xml": pom("a", text)}), ".")) == ["kept"]


def test_gradle_gives_what_its_root_gives_all_projects(tmp_path):
    contents = {
        "build.gradle": "plugins { id 'java' }\nsubprojects {\n  dependencies {\n    implementation 'g:shared:1'\n  }\n}\n",
        "gradle/libs.versions.toml": '[libraries]\nspring-kafka = { module = "org.springframework.kafka:spring-kafka" }\n',
        "a/build.gradle": "dependencies {\n  implementation libs.spring.kafka\n  compile group: 'g', name: 'own'\n  testImplementation 'g:t:1'\n  implementation project(':b')\n}\n",
        "b/build.gradle": "dependencies { implementation 'g:deep:1' }\n",
    }
    tree = tree_of(tmp_path, contents)
    assert named(tree, "a") == {
        "spring-kafka": "a/build.gradle:2", "own": "a/build.gradle:3", "b": "a/build.gradle:5", "shared": "build.gradle:4",
    }  # fmt: skip
    assert "deep" in pieces(tree, "a", modules(tree))["b"]


@pytest.mark.parametrize(
    "text",
    ["", "<project>", "<dependency>" * 50, "\0", "<parent><relativePath>../../../..</relativePath></parent>"],
)
def test_odd_builds_never_fail(tmp_path, text):
    assert named(tree_of(tmp_path, {"a/pom.xml": text, "a/build.gradle": text}), "a") == {}
