"""Maven with parents, properties and BOMs; Gradle in both syntaxes, with catalogs; sbt."""

from __future__ import annotations

import pytest

from support.manifests import declared, read

PARENT = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <groupId>org.shop</groupId>
  <artifactId>parent</artifactId>
  <version>1.0</version>
  <packaging>pom</packaging>
  <modules><module>api</module><module>bom</module></modules>
  <properties><junit.version>5.10</junit.version><managed>${junit.version}.1</managed></properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>org.junit</groupId><artifactId>junit</artifactId><version>${managed}</version><scope>test</scope></dependency>
    <dependency><groupId>org.shop</groupId><artifactId>bom</artifactId><version>${project.version}</version>
      <type>pom</type><scope>import</scope></dependency>
  </dependencies></dependencyManagement>
</project>
"""
BOM = """<project>
  <parent><groupId>org.shop</groupId><artifactId>parent</artifactId><version>1.0</version></parent>
  <artifactId>bom</artifactId>
  <dependencyManagement><dependencies>
    <dependency><groupId>com.lib</groupId><artifactId>core</artifactId><version>7</version></dependency>
  </dependencies></dependencyManagement>
</project>
"""
API = """<project>
  <parent><groupId>org.shop</groupId><artifactId>parent</artifactId><version>1.0</version></parent>
  <artifactId>api</artifactId>
  <dependencies>
    <dependency>
      <groupId>org.junit</groupId>
      <artifactId>junit</artifactId>
    </dependency>
    <dependency>
      <groupId>com.lib</groupId>
      <artifactId>core</artifactId>
    </dependency>
    <dependency>
      <groupId>org.shop</groupId>
      <artifactId>bom</artifactId>
      <version>${project.version}</version>
      <scope>provided</scope>
    </dependency>
    <dependency>
      <groupId>x</groupId>
      <artifactId>y</artifactId>
      <version>${unknown}</version>
      <optional>true</optional>
    </dependency>
  </dependencies>
</project>
"""


def test_maven_versions_come_from_parents_and_boms(tmp_path):
    report = read(tmp_path, {"pom.xml": PARENT, "bom/pom.xml": BOM, "api/pom.xml": API})
    assert [
        (d.name, d.requirement, d.scope, d.line, d.internal)
        for d in report.dependencies
        if d.manifest == "api/pom.xml"
    ] == [
        ("org.junit:junit", "5.10.1", "test", 7, False),
        ("com.lib:core", "7", "runtime", 11, False),
        ("org.shop:bom", "1.0", "build", 15, True),
        ("x:y", "${unknown}", "optional", 21, False),
    ]
    assert {c.path: (c.name, c.workspace) for c in report.components} == {
        ".": ("org.shop:parent", None),
        "api": ("org.shop:api", "."),
        "bom": ("org.shop:bom", "."),
    }


def test_a_pom_that_is_its_own_parent_ends(tmp_path):
    text = "<project><parent><groupId>g</groupId><artifactId>a</artifactId><version>1</version><relativePath>pom.xml</relativePath></parent><artifactId>a</artifactId></project>"
    report = read(tmp_path, {"pom.xml": text, "b/pom.xml": text})
    assert len(report.components) == 2


GROOVY = """plugins { id 'java' }
def ver = '2.1'
dependencies {
    implementation 'com.a:one:1.0'
    api "com.a:two:$ver"   // note
    testImplementation group: 'com.a', name: 'three', version: '3'
    implementation project(':lib')
    compileOnly("com.a:four") { transitive = false }
    // implementation 'com.a:gone:1'
    implementation libs.five
    implementation libs.bundles.all
    runtimeOnly 'com.a:six:1',
                'com.a:seven:2'
    annotationProcessor "com.a:eight:${fromProperties}"
}
"""
KOTLIN = """plugins {
    id("java")
}
val ver = "2.1"
dependencies {
    implementation("com.a:one:1.0")
    api("com.a:two:$ver")
    testImplementation(group = "com.a", name = "three", version = "3")
    implementation(project(":lib"))
    compileOnly("com.a:four") { isTransitive = false }
    implementation(libs.five)
    implementation(libs.bundles.all)
    runtimeOnly("com.a:six:1")
    runtimeOnly("com.a:seven:2")
    annotationProcessor("com.a:eight:${fromProperties}")
}
"""
CATALOG = """[versions]
five = "5.5"
[libraries]
five = { module = "com.a:five", version.ref = "five" }
nine-ten = "com.a:nine:9"
[bundles]
all = ["nine-ten"]
"""


@pytest.mark.parametrize(("name", "text"), [("build.gradle", GROOVY), ("build.gradle.kts", KOTLIN)])
def test_gradle_in_both_syntaxes(tmp_path, name, text):
    report = read(tmp_path, {
        f"app/{name}": text, "settings.gradle": "rootProject.name = 'shop'\ninclude ':app', ':lib'\n", f"lib/{name}": "",
        "gradle/libs.versions.toml": CATALOG, "gradle.properties": "fromProperties=8.8\n",
    })  # fmt: skip
    found = {d.name: (d.requirement, d.scope, d.line, d.internal) for d in report.dependencies}
    lines = text.splitlines()
    line = {key: next(n for n, at in enumerate(lines, 1) if key in at and "//  " not in at) for key in (":one", ":two", "three", ":lib", "four", ".five", "bundles", ":six", ":seven", "eight")}  # fmt: skip
    assert found == {
        "com.a:one": ("1.0", "runtime", line[":one"], False), "com.a:two": ("2.1", "runtime", line[":two"], False),
        "com.a:three": ("3", "test", line["three"], False), "lib": (None, "runtime", line[":lib"], True),
        "com.a:four": (None, "build", line["four"], False), "com.a:five": ("5.5", "runtime", line[".five"], False),
        "com.a:nine": ("9", "runtime", line["bundles"], False), "com.a:six": ("1", "runtime", line[":six"], False),
        "com.a:seven": ("2", "runtime", line[":seven"], False), "com.a:eight": ("8.8", "build", line["eight"], False),
    }  # fmt: skip
    assert {c.path: (c.name, c.workspace, c.package_manager) for c in report.components} == {
        ".": ("shop", None, "gradle"), "app": ("app", ".", "gradle"), "lib": ("lib", ".", "gradle"),
    }  # fmt: skip


def test_gradle_lock_answers_by_coordinates(tmp_path):
    report = read(tmp_path, {
        "build.gradle": "dependencies {\n  implementation 'com.a:one:1.+'\n}\n",
        "gradle.lockfile": "# note\ncom.a:one:1.7=compileClasspath,runtimeClasspath\nempty=\n",
    })  # fmt: skip
    assert [(d.name, d.requirement, d.resolved, d.lock_line) for d in report.dependencies] == [
        ("com.a:one", "1.+", "1.7", 2)
    ]


def test_sbt(tmp_path):
    report = read(tmp_path, {
        "build.sbt": 'name := "shop"\nval v = "1.2"\nlibraryDependencies ++= Seq(\n  "org.a" %% "one" % v,\n  "org.a" % "two" % "2" % Test\n)\n',
    })  # fmt: skip
    assert declared(report) == [("org.a:one", "1.2", "runtime", 4), ("org.a:two", "2", "test", 5)]
    assert report.components[0].name == "shop"


def test_a_root_script_that_configures_its_projects(tmp_path):
    report = read(tmp_path, {
        "settings.gradle": "include 'core',\n    'net:http'\n",
        "build.gradle": "apply from: 'gradle/dependencies.gradle'\nproject(':net:http') {\n  dependencies {\n    implementation project(':core')\n    api libs.slf4j\n  }\n}\ndependencies {\n  implementation 'a:b:1'\n}\n",
        "gradle/dependencies.gradle": "versions += [\n  slf4j: \"2.0.1\",\n]\nlibs += [\n  slf4j: \"org.slf4j:slf4j-api:$versions.slf4j\",\n]\n",
        "core/A.java": "", "net/http/src/B.java": "",
    })  # fmt: skip
    assert [(d.name, d.requirement, d.component, d.line, d.internal) for d in report.dependencies] == [
        ("core", None, "net/http", 4, True), ("org.slf4j:slf4j-api", "2.0.1", "net/http", 5, False), ("a:b", "1", ".", 9, False),
    ]  # fmt: skip
    assert {c.path: (c.name, c.evidence[0].line) for c in report.components} == {
        ".": ("repository", 1), "core": ("core", 1), "net/http": ("net:http", 2),
    }  # fmt: skip
