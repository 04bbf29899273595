"""Go, Rust, Java, Kotlin, C#, PHP, Ruby, C and C++: edges as each language's compiler or loader finds them."""

import pytest

GO_MODULE = {"go.mod": "module example.com/app\n", "store/store.go": "package store\ntype Store struct{}\nconst Limit = 1\n",
             "store/cache.go": "package store\nfunc NewCache() *Store { return nil }\n"}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('package main\nimport "example.com/app/store"\nvar s store.Store', {"store/store.go import 2"}),
        ('package main\nimport (\n"fmt"\nst "example.com/app/store"\n)\nvar _ = st.NewCache()', {"store/cache.go import 4"}),
        ('package main\nimport "example.com/app/store"\nvar a, b = store.Limit, store.NewCache()',
         {"store/store.go import 2", "store/cache.go import 2"}),
        ('package main\nimport _ "example.com/app/store"', {"store/store.go import 2"}),
        ('package main\nimport . "example.com/app/store"\nvar _ = NewCache()', {"store/cache.go import 2"}),
        ('package main\nimport "github.com/other/store"\nvar s store.Store', set()),
        ('package main\n// import "example.com/app/store"', set()),
        ('package main\nfunc main() { helper() }', {"helper.go same_package 2"}),
        ('package main\nfunc main() { helper() }\nfunc helper() {}', set()),
    ],
)  # fmt: skip
def test_go_imports_lead_to_the_files_that_declare_what_is_used(edges_of, text, expected):
    found = edges_of(GO_MODULE | {"main.go": text, "helper.go": "package main\nfunc helper() {}\n"})

    assert {edge for edge in found if edge.startswith("main.go")} == {
        f"main.go > {edge}" for edge in expected
    }


def test_go_module_paths_of_a_monorepo_are_told_apart(edges_of):
    found = edges_of({
        "go.mod": "module example.com/app", "sub/go.mod": "module example.com/other/v2", "sub/kit/kit.go": "package kit\nvar X = 1",
        "main.go": 'package main\nimport "example.com/other/v2/kit"\nvar _ = kit.X',
    })  # fmt: skip

    assert found == {"main.go > sub/kit/kit.go import 2"}


def test_go_tests_are_imported_by_nobody(edges_of):
    found = edges_of({"go.mod": "module m", "a/a.go": "package a\nfunc F() {}", "a/a_test.go": "package a\nfunc F2() { F() }",
                      "b.go": 'package b\nimport "m/a"\nvar _ = a.F2'})  # fmt: skip

    assert found == {"a/a_test.go > a/a.go same_package 2", "b.go > a/a.go import 2"}


CARGO = {"Cargo.toml": '[package]\nname = "my-app"\nedition = "2021"\n[dependencies]\ncore-lib = { path = "crates/core" }\n',
         "crates/core/Cargo.toml": '[package]\nname = "core-lib"\n', "crates/core/src/lib.rs": "pub mod io;\npub struct T;",
         "crates/core/src/io.rs": "", "src/a/mod.rs": "pub mod deep;", "src/a/deep.rs": "", "src/b.rs": ""}  # fmt: skip
DECLARED = {"src/a/mod.rs include 1", "src/b.rs include 2"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("use crate::a::deep::X;", {"src/a/deep.rs import 3"}),
        ("use a::{self, deep::X as Y};", {"src/a/mod.rs import 3", "src/a/deep.rs import 3"}),
        ("pub use self::b::*;", {"src/b.rs reexport 3"}),
        ("fn f() { crate::a::deep::g(); }", {"src/a/deep.rs import 3"}),
        ("fn f() { println!(\"{}\", a::deep::N); }", {"src/a/deep.rs import 3"}),
        ("use core_lib::io::Read;", {"crates/core/src/io.rs import 3"}),
        ("fn f(x: core_lib::T) {}", {"crates/core/src/lib.rs import 3"}),
        ("extern crate core_lib;", {"crates/core/src/lib.rs import 3"}),
        ("/// use core_lib::T;\nfn f() {}", {"crates/core/src/lib.rs import 3"}),
        ("/// use core_lib::T;\nfn f() { core_lib::io::read(); }", {"crates/core/src/io.rs import 4"}),
        ("/// use my_app::T;\nfn f() {}", set()),
        ("cfg_x! {\n    cfg_y! {\n        pub(crate) use crate::a::deep::X;\n    }\n}", {"src/a/deep.rs reexport 5"}),
        ("mod inner { cfg_x! { use super::b::X; } }", {"src/b.rs import 3"}),
        ("fn f() { quote! { use crate::b::X; mod c; } }", {"src/b.rs import 3"}),
        ("mod tests { use super::b::X; }", {"src/b.rs import 3"}),
        ("mod tests { use super::*; }", set()),
        ("use std::io; use serde::Serialize;", set()),
    ],
)  # fmt: skip
def test_rust_paths_lead_to_modules(edges_of, text, expected):
    found = edges_of(CARGO | {"src/main.rs": "mod a;\nmod b;\n" + text})

    assert {edge for edge in found if edge.startswith("src/main.rs")} == {
        f"src/main.rs > {edge}" for edge in DECLARED | expected
    }


@pytest.mark.parametrize(
    "text",
    [
        "cfg_rt! {\n    pub(crate) mod task;\n}",
        "cfg_if::cfg_if! {\n  if #[cfg(all(unix, x))] {\n    mod task;\n  } else { mod missing; }\n}",
        "cfg_rt! {\n  cfg_trace! { struct T; }\n  #[cfg(x)] mod task;\n}",
    ],
)
def test_rust_modules_declared_within_macros_are_of_the_crate(edges_of, text):
    found = edges_of(
        CARGO | {"src/main.rs": text, "src/task.rs": "mod join;", "src/task/join.rs": "use crate::task::T;"}
    )

    assert {edge.rpartition(" ")[0] for edge in found if "task" in edge} == {
        "src/main.rs > src/task.rs include", "src/task.rs > src/task/join.rs include", "src/task/join.rs > src/task.rs import",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("edition", "expected"), [("2021", set()), ("2015", {"src/a/mod.rs > src/b.rs import 2"})]
)
def test_rust_paths_begin_at_the_root_before_the_edition_of_2018(edges_of, edition, expected):
    cargo = f'[package]\nname = "x"\nedition = "{edition}"\n'
    found = edges_of(
        {
            "Cargo.toml": cargo,
            "src/lib.rs": "mod a;\nmod b;",
            "src/a/mod.rs": "use std::b;\nfn f() { b::E; }",
            "src/b.rs": "",
        }
    )

    assert {edge for edge in found if edge.startswith("src/a/")} == expected


def test_rust_examples_of_included_documentation_count(edges_of):
    found = edges_of(
        CARGO
        | {"src/lib.rs": '#![doc = include_str!("../README.md")]', "README.md": "```\nuse core_lib::T;\n```"}
    )

    assert "src/lib.rs > crates/core/src/lib.rs import 1" in found


def test_rust_workspace_dependencies_and_module_paths_by_attribute(edges_of):
    found = edges_of({
        "Cargo.toml": '[workspace]\nmembers = ["a", "b"]\n[workspace.dependencies]\nbee = { path = "b", package = "bee-core" }\n',
        "a/Cargo.toml": '[package]\nname = "a"\n[dependencies]\nbee.workspace = true\n',
        "a/src/lib.rs": '#[path = "odd/name.rs"]\nmod odd;\nuse bee::X;', "a/src/odd/name.rs": "use super::Y;",
        "b/Cargo.toml": '[package]\nname = "bee-core"\n', "b/src/lib.rs": "",
    })  # fmt: skip

    assert found == {
        "a/src/lib.rs > a/src/odd/name.rs include 2", "a/src/lib.rs > b/src/lib.rs import 3", "a/src/odd/name.rs > a/src/lib.rs import 1",
    }  # fmt: skip


JAVA = {"x/A.java": "package p;\nclass A { class Inner {} static int N; }", "y/B.java": "package q;\npublic interface B<T> {}",
        "x/C.kt": "package p\nclass C\nfun make(): C = C()\n"}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("D.java", "package p;\nclass D extends A {}", {"x/A.java same_package 2"}),
        ("D.java", "package p;\nclass D { int n = A.N; }", {"x/A.java same_package 2"}),
        ("D.java", "package r;\nimport q.B;\nclass D implements B<String> {}", {"y/B.java import 2"}),
        ("D.java", "package r;\nimport q.B;\n/** {@link B} */ class D {}", set()),
        ("D.java", "package r;\nimport q.*;\nclass D implements B<String> {}", {"y/B.java import 2"}),
        ("D.java", "package r;\nimport static p.A.N;\nclass D {}", {"x/A.java import 2"}),
        ("D.java", "package r;\nimport p.A.Inner;\nclass D { Inner i; }", {"x/A.java import 2"}),
        ("D.java", "package r;\nclass D { q.B<String> b; }", {"y/B.java import 2"}),
        ("D.java", "package p;\nclass D { class A {} A a; }", set()),
        ("D.java", "package p;\nclass D<A> { A a; }", set()),
        ("D.java", "package r;\nclass D { A a; }", set()),
        ("D.java", "package p;\nimport java.util.*;\nclass D { List<C> c; }", {"x/C.kt same_package 3"}),
        ("D.kt", "package r\nimport p.make\nval c = make()", {"x/C.kt import 2"}),
        ("D.kt", "package r\nimport p.A as Other\nfun f(a: Other) {}", {"x/A.java import 2"}),
        ("D.kt", "package r\nimport p.*\nfun f(a: A) = make()", {"x/A.java import 2", "x/C.kt import 2"}),
        ("D.java", "package r;\nclass D { Object o = com.acme.p.A.make(); }", set()),
        ("D.java", "package r;\nclass D { Object o = q.B.make(); }", {"y/B.java import 2"}),
    ],
)  # fmt: skip
def test_java_and_kotlin_names_lead_to_types(edges_of, name, text, expected):
    found = edges_of(JAVA | {f"z/{name}": text})

    assert {edge for edge in found if edge.startswith("z/")} == {f"z/{name} > {edge}" for edge in expected}


def test_of_projects_with_the_same_types_the_own_one_is_meant(edges_of):
    found = edges_of({f"{project}/{name}.java": f"package p; class {name} {{ {body} }}"
                      for project in ("one", "two") for name, body in (("A", ""), ("B", "A a;"))})  # fmt: skip

    assert found == {"one/B.java > one/A.java same_package 1", "two/B.java > two/A.java same_package 1"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("using Shop.Data;\nnamespace Web;\nclass X { Order o; }", {"data/Order.cs import 1"}),
        ("namespace Shop.Web { class X : Base<Order> {} }", {"Base.cs same_package 1"}),
        ("using static Shop.Data.Order;\nclass X {}", {"data/Order.cs import 1"}),
        ("using O = Shop.Data.Order;\nclass X { O o; }", {"data/Order.cs import 1"}),
        ("namespace Shop;\nclass X { Data.Order o; }", {"data/Order.cs import 2"}),
        ("namespace Shop;\n[Mine] class X {}", {"Base.cs same_package 2"}),
        ("using System.Data;\nclass X { Order o; }", set()),
        ("using Shop.Data;\nclass X { class Order {} Order o; }", set()),
    ],
)
def test_csharp_names_lead_to_types(edges_of, text, expected):
    files = {"data/Order.cs": "namespace Shop.Data { public record Order; }",
             "Base.cs": "namespace Shop;\nclass Base<T> {}\nclass MineAttribute {}"}  # fmt: skip

    assert edges_of(files | {"X.cs": text}) == {f"X.cs > {edge}" for edge in expected}


def test_csharp_extension_methods_lead_to_their_file(edges_of):
    found = edges_of({"Add.cs": "namespace Kit;\nstatic class Add { public static void AddIt<T>(this Host host) {} }",
                      "X.cs": "using Kit;\nhost.AddIt<int>();\nhost.Other();", "Y.cs": "host.AddIt<int>();"})  # fmt: skip

    assert found == {"X.cs > Add.cs import 1"}


def test_a_method_called_often_is_told_by_its_first_line(edges_of):
    calls = "\n".join(f"host.Other{number}().AddIt().AddIt();" for number in range(20))
    found = edges_of({"Add.cs": "namespace Kit;\nstatic class Add { public static void AddIt(this Host host) {} }",
                      "X.cs": f"namespace Kit;\n{calls}"})  # fmt: skip

    assert found == {"X.cs > Add.cs same_package 2"}


def test_csharp_sees_only_the_projects_it_refers_to(edges_of):
    found = edges_of({
        "a/a.csproj": '<Project><ItemGroup><ProjectReference Include="..\\b\\b.csproj" /></ItemGroup></Project>',
        "a/X.cs": "class X { InB b; InC c; InD d; }", "b/b.csproj": '<ProjectReference PrivateAssets="all" Include="../c/c.csproj"/>',
        "b/InB.cs": "class InB {}", "c/c.csproj": "", "c/InC.cs": "class InC {}", "d/d.csproj": "", "d/InD.cs": "class InD {}",
    })  # fmt: skip

    assert found == {"a/X.cs > b/InB.cs same_package 1", "a/X.cs > c/InC.cs same_package 1"}


def test_global_usings_hold_for_the_files_below(edges_of):
    found = edges_of({"w/Usings.cs": "global using Shop.Data;", "w/in/X.cs": "class X { Order o; }", "Y.cs": "class Y { Order o; }",
                      "Order.cs": "namespace Shop.Data;\nclass Order {}"})  # fmt: skip

    assert found == {"w/in/X.cs > Order.cs import 1"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<?php\nnamespace App;\nuse App\\Models\\User;\nnew User();", {"models/User.php import 3"}),
        ("<?php\nuse App\\Models\\{User, Missing};", {"models/User.php import 2"}),
        ("<?php\nnamespace App\\Models;\nclass X extends User {}", {"models/User.php same_package 3"}),
        ("<?php\nnamespace App;\nfunction f(Models\\User $u) {}", {"models/User.php import 3"}),
        ("<?php\nnew \\App\\Models\\User();", {"models/User.php import 2"}),
        ("<?php\nrequire_once __DIR__ . '/lib/f.php';", {"lib/f.php include 2"}),
        ("<?php\ninclude 'lib/f.php';", {"lib/f.php include 2"}),
        ("<?php\ninclude $x . 'lib/f.php';\nuse Illuminate\\Http\\Request;", set()),
    ],
)
def test_php_classes_and_includes(edges_of, text, expected):
    files = {
        "models/User.php": "<?php\nnamespace App\\Models;\nclass User {}",
        "lib/f.php": "<?php function f() {}",
    }

    assert edges_of(files | {"x.php": text}) == {f"x.php > {edge}" for edge in expected}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"lib/a.rb": "require 'a/b'\nrequire 'json'", "lib/a/b.rb": ""}, {"lib/a.rb > lib/a/b.rb import 1"}),
        ({"x.rb": "require_relative 'y'", "y.rb": ""}, {"x.rb > y.rb import 1"}),
        ({"lib/a.rb": "autoload :B, 'a/b'", "lib/a/b.rb": ""}, {"lib/a.rb > lib/a/b.rb import 1"}),
        ({"spec/x_spec.rb": "require 'spec_helper'", "spec/spec_helper.rb": ""}, {"spec/x_spec.rb > spec/spec_helper.rb import 1"}),
        (
            {"config/application.rb": "", "app/models/user.rb": "class User\nend",
             "app/controllers/admin/users_controller.rb": "class Admin::UsersController\n  def index = User.all\n  Widget\nend",
             "app/models/admin/widget.rb": ""},
            {"app/controllers/admin/users_controller.rb > app/models/user.rb same_package 2",
             "app/controllers/admin/users_controller.rb > app/models/admin/widget.rb same_package 3"},
        ),
        (
            {"kit.gemspec": "", "lib/kit.rb": "", "lib/kit/http_client.rb": "", "lib/kit/api/call.rb": "module Kit\n  HTTPClient.new\nend"},
            {"lib/kit/api/call.rb > lib/kit/http_client.rb same_package 2"},
        ),
        ({"app/models/user.rb": "", "app/x.rb": "User"}, set()),
    ],
)  # fmt: skip
def test_ruby_requires_and_loaded_constants(edges_of, files, expected):
    assert edges_of(files) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('#include "near.h"', {"src/near.h"}),
        ('#include "../include/lib/api.h"', {"include/lib/api.h"}),
        ("#include <lib/api.h>", {"include/lib/api.h"}),
        ('#include "lib/api.h"', {"include/lib/api.h"}),
        ("#include <string.h>\n#include <vector>", set()),
        ("#include MACRO", set()),
    ],
)
def test_includes(edges_of, text, expected):
    files = {"src/near.h": "", "include/lib/api.h": "", "include/string.h": ""}

    assert edges_of(files | {"src/x.cpp": text}) == {f"src/x.cpp > {path} include 1" for path in expected}


@pytest.mark.parametrize("name", ["a.go", "a.rs", "A.java", "A.kt", "A.cs", "a.php", "a.rb", "a.c", "a.cpp"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\xff\xfe",
        "import",
        "use {{{{",
        "package",
        "<?php use",
        "#include",
        "namespace ;",
        "mod a; use a::",
    ],
)
def test_broken_source_costs_nothing(edges_of, name, text):
    assert edges_of({name: text, "Cargo.toml": "[package", "go.mod": "module"}) == set()


KOTLIN = {
    "x/Text.kt": "package p\nfun plain() = 1\nfun String.shout() = this\nval String.half: Int get() = 1\nval limit = 3\n"
    "private fun own() = 1\nprivate val secret = 1\n",
    "x/Point.kt": "package p\nclass Point(val x: Int) { fun shift() = this; companion object { val zero = 1 } }\nobject Origin\n",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("package p\nfun f() = plain()", {"Text"}),
        ("package p\nfun f(s: String) = s.shout()", {"Text"}),
        ("package p\nfun f(s: String) = s.half", {"Text"}),
        ("package p\nfun f(x: Int) = x + limit", {"Text"}),
        ("package p\nval all = listOf(Origin)", {"Point"}),
        ("package p\nval f = ::plain", {"Text"}),
        ("package r\nimport p.shout\nfun f(s: String) = s.shout()", {"Text"}),
        ("package r\nfun f(a: p.Point) {}", {"Point"}),
        ("package p\nfun f() = own()", set()),
        ("package p\nval x = secret", set()),
        ("package p\nclass A { fun plain() = 1; fun f() = plain() }", set()),
        ("package p\nfun f(limit: Int) = limit + 1", set()),
        ("package p\nfun f(plain: () -> Int) = plain()", set()),
        ("package p\nfun f() { val limit = 1; g(limit) }", set()),
        ("package p\nfun f(a: Any) = a.plain()", set()),
        ("package p\nfun f(a: Any) = g(limit = 1)", set()),
        ("package p\nclass Box<Point>(val x: Point)", set()),
    ],
)
def test_kotlin_tells_functions_extensions_properties_and_types_apart(edges_of, text, expected):
    found = edges_of(KOTLIN | {"D.kt": text})

    targets = {edge.split(" > ")[1].split()[0] for edge in found if edge.startswith("D.kt")}
    assert targets == {f"x/{name}.kt" for name in expected}


def test_java_calls_kotlin_functions_by_the_class_of_their_file(edges_of):
    found = edges_of({
        "x/Text.kt": "package p\nfun plain() = 1\n", "x/Named.kt": '@file:JvmName("Given")\npackage p\nfun named() = 1\n',
        "D.java": "package p;\nclass D {\n int a = TextKt.plain();\n int b = Given.named();\n}",
    })  # fmt: skip

    assert found == {"D.java > x/Text.kt same_package 3", "D.java > x/Named.kt same_package 4"}


def test_kotlin_types_below_what_the_grammar_cannot_read_are_known(edges_of):
    broken = "package p\nclass Wide {\n  private var set: Int = 0\n  fun f() { set = set or 1 }\n}\n"
    found = edges_of({"x/Wide.kt": broken, "D.kt": "package p\nval wide = Wide()"})

    assert found == {"D.kt > x/Wide.kt same_package 2"}


@pytest.mark.parametrize("where", ["App/App.csproj", "Directory.Build.props", "App/Directory.Build.targets"])
def test_csharp_projects_may_take_namespaces_for_all_their_files(edges_of, where):
    using = '<Project><ItemGroup><Using Include="Lib.Tools" /></ItemGroup></Project>'
    found = edges_of({
        "App/App.csproj": "<Project />", "App/Kit.cs": "namespace Lib.Tools;\npublic class Kit {}\n",
        "App/Main.cs": "namespace App;\nclass Main { Kit kit; }\n", where: using,
    })  # fmt: skip

    assert "App/Main.cs > App/Kit.cs import 2" in found


ARITIES = {
    "Plain.cs": "namespace P;\npublic class Pipe {}\n",
    "One.cs": "namespace P;\npublic class Pipe<T> {}\n",
    "Two.cs": "namespace P;\npublic delegate void Pipe<A, B>(A a, B b);\n",
    "Both.cs": "namespace P;\npublic class Box {}\npublic class Box<T> {}\n",
}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Pipe p;", {"Plain"}),
        ("Pipe<int> p;", {"One"}),
        ("Pipe<int, Box> p;", {"Two", "Both"}),
        ("Box<int> b;", {"Both"}),
        ("bool F(object o) => o is Pipe;", {"Plain"}),
        ("object F(object o) => o as Pipe<int>;", {"One"}),
        ("class Pipe<T> {} Pipe<int> p;", set()),
    ],
)
def test_csharp_types_of_one_name_are_told_by_their_arity(edges_of, code, expected):
    found = edges_of(ARITIES | {"Main.cs": f"namespace P;\nclass Main {{ {code} }}\n"})

    assert {edge.split()[2] for edge in found if edge.startswith("Main.cs")} == {
        f"{name}.cs" for name in expected
    }


def test_csharp_types_beside_a_namespace_in_braces_are_of_none(edges_of):
    found = edges_of({
        "Guard.cs": "namespace Tools\n{\n    class Mark {}\n}\nstatic class Guard { }",
        "Use.cs": "namespace App.Core;\nclass Use { void F() { Guard.Not(1); } }", "Other.cs": "namespace App;\nclass Other { Mark m; }",
    })  # fmt: skip

    assert found == {"Use.cs > Guard.cs same_package 2"}


def test_csharp_usings_may_name_a_namespace_below_their_own(edges_of):
    found = edges_of({
        "Order.cs": "namespace App.Internal;\nclass Order {}",
        "Use.cs": "namespace App.Pipeline;\nusing Internal;\nclass Use { Order order; }",
    })  # fmt: skip

    assert found == {"Use.cs > Order.cs import 2"}


def test_csharp_projects_see_those_of_the_repository_that_they_take_as_packages(edges_of):
    found = edges_of({
        "App/App.csproj": '<Project><ItemGroup><PackageReference Include="App.Contracts" Version="2" /></ItemGroup></Project>',
        "App/Use.cs": "namespace App;\nclass Use : IRequest {}",
        "Contracts/App.Contracts.csproj": "<Project />", "Contracts/IRequest.cs": "namespace App;\ninterface IRequest {}",
        "Other/Other.csproj": "<Project />", "Other/Use.cs": "namespace App;\nclass Use2 : IRequest {}",
    })  # fmt: skip

    assert found == {"App/Use.cs > Contracts/IRequest.cs same_package 2"}


@pytest.mark.parametrize(
    "body",
    [
        "#if X\n [Mark]\n#endif\n void F()\n#if X\n => G()\n#endif\n;",
        "void F()\n#if X\n => G();\n#else\n ;\n#endif\n",
    ],
)
def test_csharp_types_are_found_where_directives_cut_their_members(edges_of, body):
    found = edges_of({
        "ILog.cs": "namespace App;\npublic interface ILog\n{\n" + body + "\n}", "Use.cs": "namespace App;\nclass Use { ILog log; }",
    })  # fmt: skip

    assert found == {"Use.cs > ILog.cs same_package 2"}


def test_ruby_constants_of_other_engines_of_the_repository_are_found_by_their_whole_name(edges_of):
    found = edges_of({
        "core/core.gemspec": "", "core/lib/spree.rb": "module Spree; end", "core/app/models/spree/zone.rb": "module Spree\nclass Zone; end\nend",
        "core/lib/logger.rb": "", "api/api.gemspec": "", "api/lib/spree.rb": "", "api/app/controllers/zones.rb": "Spree::Zone.all\nLogger.new\nSpree",
    })  # fmt: skip

    assert found == {
        "api/app/controllers/zones.rb > core/app/models/spree/zone.rb same_package 1", "api/app/controllers/zones.rb > api/lib/spree.rb same_package 1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MESSAGE = 'no'\nputs MESSAGE", set()),
        ("Message::LIMIT", {"app/models/note.rb > app/models/message.rb same_package 1"}),
        ("Shop::Order.new", {"app/models/note.rb > app/models/shop/order.rb same_package 1"}),
        ("class Shop::Note; end", set()),
    ],
)
def test_ruby_constants_are_what_they_are_whole(edges_of, text, expected):
    found = edges_of({
        "config/application.rb": "", "app/models/message.rb": "", "app/models/shop.rb": "", "app/models/shop/order.rb": "", "app/models/note.rb": text,
    })  # fmt: skip

    assert found == expected
