"""Files whose extension several languages share, told apart by what they contain.

A row: extensions, then rules in the order they are tried. A rule: the language, then regular expressions that must all
be found (one that begins with `!` must not be). A rule without expressions holds always. `^` and `$` are at lines.
"""

from __future__ import annotations

import re
from functools import cache

CONSIDERED = 50 * 1024
"""How many bytes of a file are looked at."""
LONG_LINE = 1000
MANY_LINES = 5000

_OBJECTIVE_C = (
    r"^\s*(?:@(?:class|end|implementation|interface|property|protocol|selector|synchroni[sz]ed)\b"
    r'|#import\s.+\.h[">])'
)
_CPP = (
    r"^\s*#\s*include <(?:array|bitset|cstdint|deque|forward_list|list|map|queue|set|stack|string|vector|unordered_(?:map|set)"
    r"|(?:i|o|io)stream)>"
    r"|^\s*template\s*<|^[ \t]*(?:try|constexpr)|^[ \t]*catch\s*\(|^[ \t]*(?:class|(?:using[ \t]+)?namespace)\s+\w+"
    r"|^[ \t]*(?:public|protected|private):$|__cplusplus >|__has_cpp_attribute|std::\w"
)
_PERL = (
    r"\buse\s+(?:strict\b|v?5\b)|^\s*use\s+(?:constant|overload)\b|^\s*(?:\*|(?:our\s*)?@)EXPORT\s*="
    r"|^\s*package\s+[^\W\d]\w*(?:::\w+)*\s*(?:[;{]|\sv?\d)|[\s$][^\W\d]\w*(?::\w+)*->[a-zA-Z_\[({]"
)
_NOT_RAKU = r"!^\s*use\s+v6\b"
_RAKU = r"^\s*(?:use\s+v6\b|module\b|(?:my\s+)?class\b)"
_JSON = r"\A\s*[{\[]"
_XML = r"^\s*<\?xml\b"
_YAML = r"^[ \t]*(?:#|[^\s\"/:\[\]{}][^:\n]*:|/[^/*:\n][^:\n]*:)"
_PAIR = r"^[^#!;\n][^=\n]*="
_M68K = (
    r"(?i)\bmoveq(?:\.l)?\s+#|^\s*move(?:\.[bwl])?\s+(?:sr|usp),|^\s*move\.[bwl]\s.*\b[ad]\d|^\s*movem\.[bwl]\b"
    r"|^\s*move[mp](?:\.[wl])?\b|^\s*(?:btst|dbra)\b"
)
_FORTH = r"^: "
_FORTRAN = r"^(?i:[c*][^abd-z]|      (?:subroutine|program|end|data)\s|\s*!)"
_FREEBASIC = r"(?i)^[ \t]*#(?:define|endif|endmacro|ifn?def|include|lang|macro|pragma)\b|^[ \t]*dim(?: shared)? \w+ as \w+ ptr"
_RETURNS = (r"(?i)^[ \t]*return ", r"!(?i)gosub ")
_QUICKBASIC = r"^ *(?:CONST|DIM|REDIM|DEFINT|PRINT|DECLARE (?:SUB|FUNCTION)|FUNCTION|SUB) |(?i:^ *CLS\s*$|'\$INCLUDE:|^ *PRINT \")"
_VBA = (
    r"\b[vV][bB][aA](?:\b|[0-9A-Z_])|\bDeclare PtrSafe\b|^ *#If Win64\b|\bAs Long(?:Ptr|Long)\b"
    r"|\b(?:This|Active)?Work(?:books?|sheets?)\b|\bActive(?:Sheet|Chart|Cell|Document)\b|\bRange\(\"|\bOption Private Module\b"
)
_MAN = (r"^[.'][ \t]*TH +\S", r"^[.'][ \t]*SH +\S")
_MDOC = (r"^[.'][ \t]*Dd +\S", r"^[.'][ \t]*Dt +\S", r"^[.'][ \t]*Sh +\S")
_EUPHORIA = (
    r"^\s*(?:namespace\s|(?:public\s+)?include\s"
    r"|(?:(?:export|global|public)\s+)?(?:atom|constant|enum|function|integer|object|procedure|sequence|type)\s)"
)
_GSC = r"^\s*#\s*(?:using|insert|include|define|namespace|precache|using_animtree)\b|^\s*(?:autoexec\s+|private\s+)*function\s+\w"
_MOV = r"(?i)mov\s+[^\s]+,|^\s+i?db\s+[a-z\d]"
_GERBER = r"^[DGMT][0-9]{2}\*\r?$"
_ROS_FIELD = r"(?i)^[a-z]\w*(?:/[a-z]\w*)?(?:\[[^\]]*\])?\s+\w+\b"
_NOT_ROS = r"!^\s*[^\s@#\w-]"

Rule = tuple[str, ...]
AMBIGUOUS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    (
        ".1 .2 .3 .4 .5 .6 .7 .8 .9",
        (("Roff Manpage", *_MDOC), ("Roff Manpage", *_MAN), ("Roff", r'^\.(?:[A-Za-z]{2}(?:\s|$)|\\")'), ("Text",)),
    ),
    (".1in .1m .1x .3in .3m .3p .3pm .3qt .3x .man .mdoc", (("Roff Manpage", *_MDOC), ("Roff Manpage", *_MAN), ("Roff",))),
    (".action .srv", (("ROS Interface", _ROS_FIELD, r"^---\s*$", _NOT_ROS),)),
    (".al", (
        ("AL", (r"(?i)^\W{0,3}\s*(?:(?:codeunit|controladdin|entitlement|enum|interface|page|permissionset|profile|query|report|table"
               r"|xmlport)(?:extension|customization)?\s+(?:\d|\"|[a-z])|(?:namespace|using)\s+[\w.]+\s*;)")),
        ("Perl",),
    )),
    (".alg", (("ALGOL", r"(?i)^comment\b|^begin\b|\b(?:integer|real|boolean|string)\s+\w+\s*:="),)),
    (".app", (("Erlang", r"^\{\s*'?application'?\s*,"),)),
    (".as", (("ActionScript", r"^\s*(?:package\b|import\s+[\w.*]+\s*;|(?:(?:public|protected|private|static)\s+)*(?:var|const|function)\s+\w+\s*[:(])"),)),
    (".asc", (
        ("Public Key", r"^(?:----[- ]BEGIN|ssh-(?:rsa|dss)) "), ("AsciiDoc", r"^[=-]+\s|\{\{[A-Za-z]"),
        ("AGS Script", r"^(?://.|(?:(?:import|export)\s+)?(?:function|int|float|char)\s+\w+\s*[;(])"),
    )),
    (".asm", (("Assembly", r"(?i)mov\s+[^\s]{2,},"), ("Motorola 68K Assembly", _M68K))),
    (".asy", (("LTspice Symbol", r"^SymbolType[ \t]"), ("Asymptote",))),
    (".b", (("B", r"^\s*(?:auto|extrn|goto)\b", r"!^\s*(?:implement|include|load|ref)\b"), ("Brainfuck", r">\+[<>]"),
            ("Limbo", r"^\w+\s*:\s*module\s*\{|implement \w+;"))),
    (".bas", (("B4X", r"B4[AJRi]=true"), ("FreeBASIC", _FREEBASIC), ("FreeBASIC", *_RETURNS), ("BASIC", r"\A\s*\d"),
              ("QuickBASIC", _QUICKBASIC), ("VBA", _VBA), ("Visual Basic 6.0", r"^ *Attribute VB_Name = "))),
    (".bb", (("BlitzBasic", r"End Function"), ("BitBake", r"^(?:# |(?:include|inherit|require)\b)"), ("Clojure", r"\((?:defn?|defmacro|let)\s"))),
    (".bf", (("Beef", r"^\s*using\s+(?:System|Beefy)[.;]"), ("HyPhy", r'^\s*#include\s+".*";|\sfprintf\s*\('), ("Brainfuck", r">\+[<>]"))),
    (".bi", (("FreeBASIC", _FREEBASIC), ("FreeBASIC", *_RETURNS), ("QuickBASIC", _QUICKBASIC))),
    (".bs", (("Bikeshed", r"(?i)^<pre\s+class\s*=\s*['\"]?metadata"), ("BrighterScript", r"(?i)^\s*(?:end\s)?(?:sub|function)\b"),
             ("Bluespec BH", r"^package\s+[A-Za-z_]"))),
    (".bst", (("BibTeX Style", r"ENTRY\s*\{"), ("BuildStream",))),
    (".builds", (("XML", r"(?i)^\s*(?:<Project|<Import|<Property|<\?xml|xmlns)"),)),
    (".cairo", (("Cairo Zero", r"^\s*%(?:lang|builtins)\s|^\s*from\s+starkware\.|ap\+\+;$"), ("Cairo",))),
    (".ch", (("xBase", r"(?i)^\s*#\s*(?:if|ifdef|ifndef|define|x?command|x?translate|include|pragma|undef)\b"),)),
    (".cl", (("Common Lisp", r"(?i)^\s*\((?:defun|defpackage|in-package) "), ("Cool", r"^class"), ("OpenCL", r"/\* |// |^\}"))),
    (".cls", (
        ("Visual Basic 6.0", r"^ *VERSION [0-9]\.[0-9] CLASS", r"^\s*MultiUse\s*=", r"^\s*Persistable\s*="),
        ("VBA", r"^ *VERSION [0-9]\.[0-9] CLASS"), ("TeX", r"^\s*\\(?:NeedsTeXFormat|ProvidesClass)\{"), ("ObjectScript", r"^Class\s"),
        ("OpenEdge ABL", r"(?i)^\s*(?:end\s+(?:class|interface)\.|(?:class|interface)\s+[a-z_][\w#$%&-]*:)"),
    )),
    (".cmp", (("Gerber Image", _GERBER),)),
    (".container .mount .network .service .socket .target .timer", (("INI", r"^[#\s]*\[[^\]]+\]\s*$", _PAIR, r"!^[^#;=\[\n]+[^ \r\n=]$"),)),
    (".cs", (("Smalltalk", r"[!][\w\s]+methodsFor: "), ("C#", r"^\s*(?:using\s+[A-Z][\s\w.]+;|namespace\s*[\w.]+\s*[{;]|//)"))),
    (".csc .gsc .gsh", (("GSC", _GSC),)),
    (".csl", (("XML", r"(?i)^\s*(?:<\?xml|xmlns)"), ("Kusto", r"^\|\s*(?:extend|limit|project|summarize|where)|^\.\w"))),
    (".d", (
        ("D", r"^module\s+[\w.]*\s*;|import\s+[\w\s,.:]*;|\w+\s+\w+\s*\(.*\)(?:\(.*\))?\s*\{[^}]*\}|unittest\s*(?:\(.*\))?\s*\{[^}]*\}"),
        ("DTrace", r"^(?:\w+:\w*:\w*:\w*|BEGIN|END|provider\s|(?:tick|profile)-\w+\s|#pragma\s+(?:D|ident)\s)"),
        ("Makefile", r"[/\\].*:\s+.*\s\\$|: \\$|^[ %]:|^[\w\s/\\.]+\w+\.\w+\s*:\s+[\w\s/\\.]+\w+\.\w"),
    )),
    (".dsp", (("Microsoft Developer Studio Project", r"# Microsoft Developer Studio Generated Build File"),
              ("Faust", r"\bprocess\s*[(=]|\b(?:library|import)\s*\(\s*\"|\bdeclare\s+(?:name|version|author|copyright|license)\s"))),
    (".e", (("E", r"^\s*(?:(?:def|var)\s+.+:=|(?:def|to)\s+\w+(?:\(.+\))?\s+\{|when\s+\(.+\)\s+->\s+\{)"),
            ("Eiffel", r"^\s*(?:\w+\s*(?:,\s*\w+)*:\s*\w+\s|(?:class|deferred|feature|from|inherit|invariant|note|once|require|ensure)\s*$)"),
            ("Euphoria", _EUPHORIA))),
    (".ecl", (("ECLiPSe", r"^[^#\n]+:-"), ("ECL", r":="))),
    (".es", (("Erlang", r"^\s*(?:%%|main\s*\(.*?\)\s*->)"), ("JavaScript", r"//|[\"']use strict[\"']|export\s+default\s|/\*"))),
    (".eslintrc", (("YAML", _YAML), ("JSON with Comments",))),
    (".ex", (("Elixir", r"^\s*(?:@moduledoc\s|(?:cond|import|quote|unless)\s|def(?:exception|impl|macro|module|protocol)[(\s])"),
             ("Euphoria", _EUPHORIA))),
    (".f", (("Forth", _FORTH), ("Filebench WML", r"flowop"), ("Fortran", _FORTRAN))),
    (".for", (("Forth", _FORTH), ("Fortran", _FORTRAN))),
    (".fpp", (("FPP", r"^\s*(?:(?:active|passive|queued)\s+component\s|(?:module|topology|struct|enum|port|interface)\s+\w+\s*\{|instance\s+\w+\s*:)"),
              ("Fortran", _FORTRAN))),
    (".fr", (("Forth", r"^(?:: |also |new-device|previous )"), ("Frege", r"^\s*(?:data|import|module|package|type) "), ("Text",))),
    (".frm", (("VBA", r"^ *VERSION [0-9]\.[0-9]{2}", r"^\s*Begin\s+\{[0-9A-Z-]*\}"),
              ("Visual Basic 6.0", r"^ *VERSION [0-9]\.[0-9]{2}", r"^\s*Begin\s+VB\.Form\s"), ("INI", r"\ATYPE=VIEW"))),
    (".fs", (("Forth", r"^(?:: |new-device)"), ("F#", r"^\s*(?:#light|import|let|module|namespace|open|type)"),
             ("GLSL", r"^\s*(?:#version|precision|uniform|varying|vec[234])"), ("Filterscript", r"#include|#pragma\s+(?:rs|version)|__attribute__"))),
    (".ftl", (("FreeMarker", r"^(?:<|[a-zA-Z-][\w-]+[ \t]+\w)|\$\{\w[^\r\n]*?\}|^[ \t]*[<\[]#"),
              ("Fluent", r"^-?[a-zA-Z][\w-]* *=|\{\$-?[a-zA-Z]"))),
    (".g", (("GAP", r"\b(?:Declare|BindGlobal|KeyDependentOperation|Install(?:Method|GlobalFunction)|SetPackageInfo)"), ("G-code", r"^[MG][0-9]+\r?$"))),
    (".gd", (("GAP", r"\b(?:Declare|BindGlobal|KeyDependentOperation)"),
             ("GDScript", r"\b(?:assert|class|const|enum|extends|func|onready|signal|tool|var|yield)"))),
    (".gml", (("XML", r"(?i)^\s*(?:<\?xml|xmlns)"), ("Graph Modeling Language", r"(?i)^\s*(?:graph|node)\s+\[$"), ("Gerber Image", _GERBER),
              ("Game Maker Language",))),
    (".gs", (("GLSL", r"^#version\s+[0-9]"), ("Gosu", r"^uses (?:java|gw)\."), ("Genie", r"^\[indent=[0-9]+\]"))),
    (".gts", (("Gerber Image", r"^G0."), ("Glimmer TS",))),
    (".h", (("Objective-C", _OBJECTIVE_C), ("C++", _CPP), ("C",))),
    (".hh", (("Hack", r"<\?hh"),)),
    (".html", (("Ecmarkup", r"<emu-[a-z]+(?:$|\s|>)"), ("HTML",))),
    (".i", (("Motorola 68K Assembly", _M68K), ("SWIG", r"^[ \t]*%[a-z_]+\b|^%[{}]$"), ("Assembly", _MOV))),
    (".ice", (("JSON", _JSON), ("Slice",))),
    (".inc", (
        ("Motorola 68K Assembly", _M68K), ("PHP", r"^<\?"), ("SourcePawn", r"^methodmap\s+\w+\s+<\s+\w|^\s*MarkNativeAsOptional\s*\(|\b__pl_\w"),
        ("NASL", r"^\s*include\s*\(\s*[\"'][^\"'\n]+\.(?:nasl|inc)|^\s*(?:global|local)_var\s|^\s*(?:public\s+|private\s+)?function\s+\w+\s*\([\w\s,]*\)\s*\{"),
        ("POV-Ray SDL", r"^\s*#(?:declare|local|macro|while)\s"), ("Pascal", r"(?i:^\s*\{\$(?:mode|ifdef|undef|define) +\w+\})|^\s*end[.;]\s*$"),
        ("BitBake", r"^inherit(?:\s+[\w.-]+)+\s*$"), ("Assembly", r"(?i)^[^\"m\n]*mov\s+[^\s]+,|^\s+db\s+[a-z\d]"),
    )),
    (".j", (("Jasmin", r"^\s*\.(?:class|super|method|limit|field|source|bytecode)\b"),
            ("Objective-J", r"^\s*@(?:import|implementation|protocol|interface|typedef|end)\b"),
            ("JASS", r"^\s*(?:constant\s+)?(?:function|native)\s+\w+\s+takes\b|^\s*end(?:function|globals|loop)\s*$|^\s*(?:call|set|local|exitwhen)\s"))),
    (".json", (("OASv2-json", r'"swagger":\s?"2.[0-9.]+"'), ("OASv3-json", r'"openapi":\s?"3.[0-9.]+"'), ("JSON",))),
    (".k", (("KCL", r"^schema [\w-]+|\}"), ("KFramework", r'^requires\s+"|^syntax\s+\w+\s+::=|^endmodule$'))),
    (".l", (("Common Lisp", r"\(def(?:un|macro)\s"), ("Lex", r"^(?:%[%{}]xs|<.*>)"), ("Roff", r"^\.[A-Za-z]{2}(?:\s|$)"),
            ("PicoLisp", r"^\((?:class|code|data|de|must|rel)\s"))),
    (".lean", (("Lean", r"^import [a-z]"), ("Lean 4", r"^import [A-Z]"))),
    (".lp", (("Lambdapi", r"^\s*(?:opaque\s|symbol\s|rule\s|notation\s|require\s|open\s|assert\b)"),
             ("Linear Programming", r"(?i)^\s*(?:minimi[sz]e|minimum|min|maximi[sz]e|maximum|max)\s*$"),
             ("Answer Set Programming", r"^\s*#(?:const|include|maximize|minimize|program|script|show)\b|:-|^\s*[a-z_]\w*(?:\([^)]*\))?\s*\.\s*$"))),
    (".ls", (("LoomScript", r"^\s*package\s*[\w./*\s]*\{"), ("LiveScript",))),
    (".lsp .lisp", (("Common Lisp", r"(?i)^\s*\((?:defun|defpackage|in-package) "), ("NewLisp", r"^\s*\(define "))),
    (".m", (
        ("Objective-C", _OBJECTIVE_C), ("Mercury", r":- module"), ("MUF", _FORTH), ("M", r"^\s*;"), ("Wolfram Language", r"\(\*", r"\*\)$"),
        ("MATLAB", r"^\s*%"), ("Limbo", r"^\w+\s*:\s*module\s*\{"),
    )),
    (".m4", (("M4Sugar", r"AC_(?:DEFUN|INIT|PREREQ)|^_?m4_"), ("M4",))),
    (".mask", (("Unity3D Asset", r"tag:unity3d\.com"),)),
    (".mc", (("Win32 Message File", r"(?i)^[ \t]*(?:/\*\s*)?MessageId=|^\.$"), ("M4", r"^dnl|^divert\("), ("Monkey C", r"\b(?:class|function|module|using|var)\s+\w"))),
    (".md", (("Markdown", r"^[-A-Za-z0-9=#!*\[|>]|</|\A\Z"), ("GCC Machine Description", r"^(?:;;|\(define_)"), ("Markdown",))),
    (".ml", (("OCaml", r"^\s*module|let rec |match\s+(?:\S+\s)+with"), ("Standard ML", r"=> |case\s+(?:\S+\s)+of"))),
    (".mod", (("XML", r"<!ENTITY "), ("NMODL", r"\b(?:NEURON|INITIAL|UNITS)\b"), ("Modula-2", r"(?i)^\s*(?:MODULE|END) [\w.]+;"))),
    (".mojo", (("Mojo", r"^\s*(?:alias|def|fn|from|import|struct|trait)\s"), ("XML", _XML))),
    (".mps", (("JetBrains MPS", r"<persistence"), ("Mathematical Programming System", r"(?i)^\s*(?:ROWS|COLUMNS)\s*$"))),
    (".ms", (("Roff", r"^[.'][A-Za-z]{2}(?:\s|$)"), ("Unix Assembly", r"!/\*", r"^\s*\.(?:include\s|globa?l\s|[A-Za-z]\w*:)"),
             ("MiniScript", r"^\s*end (?:for|function|if|while)\b|\sisa\s"), ("MAXScript",))),
    (".msg", (("OMNeT++ MSG", r"^(?:cplusplus|namespace\s|struct\s|message\s|packet\s|class\s|enum\s|import )"), ("ROS Interface", _ROS_FIELD, _NOT_ROS))),
    (".n", (("Roff", r"^[.']"), ("Nemerle", r"^(?:module|namespace|using)\s"))),
    (".ncl", (("XML", _XML), ("Gerber Image", _GERBER), ("Nickel", r'^let\s|^import\s"[^"]+"\s+as\s|\bstd\.[a-zA-Z_]\w*\.'),
              ("Text", r"THE_TITLE"), ("NCL", r'^load "|^begin$|[0-9]\.$|^;'))),
    (".nl", (("NL", r"^[bg][0-9]+ "), ("NewLisp",))),
    (".nr", (("Roff", r"^\."), ("Noir",))),
    (".nu", (("Nushell", r"^\s*(?:def|export|import|let|let-env|module) "), ("Nu",))),
    (".odin", (("Object Data Instance Notation", r"(?:^|<)\s*\w+\s*=\s*<"), ("Odin", r"package\s+\w|\w+\s*::\s*(?:proc|struct)\s*\(|^\s*//\s"))),
    (".p", (("Gnuplot", r"^s?plot\b|^set\s+(?:out|output|style|term|terminal|[xy](?:label|range|tics))\b"),
            ("OpenEdge ABL", r"(?i)\bDEFINE\s+(?:VARIABLE|TEMP-TABLE|BUFFER|QUERY|(?:IN|OUT)PUT\s+PARAMETER)\b|\bEND(?:\s+\w+)*\."))),
    (".pc", (("Pro*C", r"^\s*EXEC\s+SQL\s"), ("pkg-config", r"^Name:[ \t]+\S", r"^Description:[ \t]+\S", r"^Version:[ \t]+\S"))),
    (".php", (("Hack", r"<\?hh"), ("PHP", r"<\?[^h]"))),
    (".pkl", (("Pkl", r"^\s*(?:abstract|amends|class|const|extends|fixed|import|local|module|open|typealias|@\w+)\b|^\s*[\w$]+\s*[={:]"), ("Pickle",))),
    (".pl", (("Prolog", r"^[^#\n]*:-"), ("Perl", _NOT_RAKU, _PERL), ("Raku", _RAKU))),
    (".plist", (("XML Property List", r"^\s*(?:<\?xml\s|<!DOCTYPE\s+plist|<plist\b)"), ("OpenStep Property List",))),
    (".plt", (("Prolog", r"^\s*:-"),)),
    (".pm", (("Perl", _NOT_RAKU, _PERL), ("Raku", _RAKU), ("X PixMap", r"^\s*/\* XPM \*/"))),
    (".pod", (("Pod 6", r"^[ \t]*=(?:comment|begin pod|begin para|item\d)"), ("Pod",))),
    (".pp", (("Pascal", r"^\s*end[.;]"), ("Puppet", r"^\s+\w+\s+=>\s"))),
    (".pro", (("Proguard", r"^-(?:include\b.*\.pro$|keep(?:classmembers|attributes)?\b)"), ("Prolog", r"^[^\[#\n]+:-"), ("INI", r"last_client="),
              ("QMake", r"HEADERS", r"SOURCES"), ("IDL", r"(?i)^\s*(?:compile_opt|function|pro) \w[ \w,:]*$"))),
    (".properties", (("INI", _PAIR, r"^[;\[]"), ("Java Properties", _PAIR, r"^[#!]"), ("INI", _PAIR), ("Java Properties", r"^[^#!\n][^:\n]*:"))),
    (".q", (("q", r"(?i:[A-Z.][\w.]*:\{)|^\\(?:cd?|d|l|p|ts?) "), ("HiveQL", r"(?i)SELECT\s+[\w*,]+\s+FROM|(?:CREATE|ALTER|DROP)\s(?:DATABASE|SCHEMA|TABLE)"))),
    (".qs", (("Q#", r"^(?:/{2,3})?\s*(?:namespace|operation)\b"), ("Qt Script", r"\w+\.prototype\.\w|===|\bvar\b"))),
    (".r", (("Rebol", r"(?i)\bRebol\b"), ("Rez", r"#include\s+[\"<](?:Types\.r|Carbon/Carbon\.r)[\">]|(?:resource|data|type)\s+'\w{4}'\s"), ("R", r"<-|^\s*#"))),
    (".re", (("Reason", r"^\s*(?:module\s+type\s|(?:include|open)\s+\w+\s*;\s*$|let\s+(?:module\s\w+\s*=\s*\{|\w+:\s.*=.*;\s*$))"),
             ("C++", r"^\s*#(?:(?:if|ifdef|define|pragma)\s+\w|\s*include\s+<)|^\s*template\s*<"))),
    (".releaserc", (("YAML", _YAML), ("JSON",))),
    (".res", (("ReScript", r"^\s*(?:let|module|type)\s+\w*\s+=\s|^\s*(?:include|open)\s+\w+\s*$"),)),
    (".resource", (("RobotFramework", r"^\*{3} (?:Settings|Variables|Keywords) \*{3}$"),)),
    (".rno", (("RUNOFF", r"(?i)^\.!|^\.end lit|^\.c;|^\.[a-z].*?;\.[a-z][; \t]"), ("Roff", r'^\.\\" '))),
    (".rpy", (("Python", r"^(?:class|def|from|import)\s"), ("Ren'Py",))),
    (".rs", (("Rust", r"^(?:use |fn |mod |pub |macro_rules|impl|#!?\[)"), ("RenderScript", r"#include|#pragma\s+(?:rs|version)|__attribute__"), ("XML", _XML))),
    (".s", (("Unix Assembly", r"(?i)mov[lq]?\s+[%$]"), ("Assembly", r"(?i)mov\s+[^\s%]{2,},"), ("Motorola 68K Assembly", _M68K))),
    (".sc", (("SuperCollider", r"(?i)\^(?:this|super)\.|^\s*~\w+\s*=\."), ("Scala", r"^\s*import (?:scala|java)\.|^\s*class\b"))),
    (".scd", (("SuperCollider", r"(?i)\^(?:this|super)\.|^\s*(?:~\w+\s*=\.|SynthDef\b)"), ("Markdown", r"^#+\s+(?:NAME|SYNOPSIS|DESCRIPTION)"))),
    (".scm", (("Tree-sitter Query", r"\(#[\w-]+[!?]|[)\]]\s*[*+?](?:\s|$)|^\s*\w+:\s*[(\[\"]|@[\w.-]+(?:\)\s|$)", r"!\([+\-:<>/=~)]"),
              ("Scheme", r"'[(*#]|\w->\w|\.\.\.[\s)]|\([+\-:<>/=~)]|[#`]\(|#:\w|^\s*\((?:define\*?|import|lambda|library)"))),
    (".sol", (("Solidity", r"\bpragma\s+solidity\b|\b(?:abstract\s+)?contract\s+[a-zA-Z$_][\w$]*[^{;\n]*\{"), ("Gerber Image", _GERBER))),
    (".sql", (
        ("PLpgSQL", r"(?i)^\\i\b|AS\s+\$\$|LANGUAGE\s+'?plpgsql'?|BEGIN(?:\s+WORK)?\s*;"),
        ("SQLPL", r"(?i)ALTER\s+MODULE|MODE\s+DB2SQL|\bSYS(?:CAT|PROC)\.|ASSOCIATE\s+RESULT\s+SET|\bEND!\s*$"),
        ("PLSQL", r"(?i)\$\$PLSQL_|XMLTYPE|systimestamp|\.nextval|CONNECT\s+BY|AUTHID\s+(?:DEFINER|CURRENT_USER)|constructor\W+function"),
        ("TSQL", r"(?i)^\s*GO\b|BEGIN\s+(?:TRY|CATCH)|OUTPUT\s+INSERTED|DECLARE\s+@|\[dbo\]"), ("SQL",),
    )),
    (".srt", (("SubRip Text", r"^\d{2}:\d{2}:\d{2},\d{3}\s*-->"),)),
    (".st", (("StringTemplate", r"\$\w+[($]|.!\s*.+?\s*!."), ("Smalltalk", r"\A\s*[\[{(^\"'\w#]|\w\s*:=\s*\w|class\s*>>"))),
    (".star", (("STAR", r"^loop_\s*$"), ("Starlark",))),
    (".stl", (("STL", r"\A\s*solid(?:$|\s)[\s\S]*^endsolid(?:$|\s)"),)),
    (".svx", (("Survex data", r"\A(?:;|\*[^*]+$)"), ("mdsvex",))),
    (".sw", (("Sway", r"^\s*(?:(?:abi|dep|fn|impl|mod|pub|trait)\s|#\[)"), ("XML", _XML))),
    (".t", (("Perl", _NOT_RAKU, _PERL), ("Raku", r"^\s*(?:use\s+v6\b|module\b|my\s+class\b)"), ("Turing", r"^\s*%[ \t]|^\s*var\s+\w+(?:\s*:\s*\w+)?\s*:="))),
    (".tact", (("JSON", r'\A\s*\{"'), ("Tact",))),
    (".tag", (("Java Server Pages", r"<%[@!=\s]?\s*(?:attribute|include|tag|taglib|variable)\s"),)),
    (".tl", (("Teal", r"--", r"\b(?:end|enum|function|interface|local|record)\b"), ("Type Language",))),
    (".tlv", (("TL-Verilog", r"^\\.{0,10}TLV_version"),)),
    (".toc", (("World of Warcraft Addon Data", r"^## |@no-lib-strip@"), ("TeX", r"^\\(?:beamer|boolfalse|contentsline|defcounter)"))),
    (".tpl", (("Go Template", r"\{\{-?\s*(?:`?\"|/\*\s|\w*\b)"), ("Smarty", r"(?<!\{)\{(?:\*\s|[$/])?\w*\b"))),
    (".ts", (("XML", r"<TS\b"), ("TypeScript",))),
    (".tsp", (("TypeSpec", r"^(?:alias|enum|import|interface|model|namespace|op|scalar|union|using)\s"),
              ("TSPLIB data", r"^(?:NAME|TYPE|DIMENSION|EDGE_WEIGHT_(?:TYPE|FORMAT))\s*:"))),
    (".tst", (("GAP", r"gap> "), ("Scilab",))),
    (".tsx", (("XML", r"(?i)^\s*<\?xml\s+version"), ("TSX",))),
    (".txt", (("Vim Help File", r"(?:^|[ \t])(?:vim?|ex):.*(?:ft|filetype|syntax)=help(?:$|\s|:)"), ("Hosts File", r"^\d{1,3}(?:\.\d{1,3}){3}(?:/\d+)?[ \t]+[\w.-]+"),
              ("Adblock Filter List", r"(?i)\A\[(?:ad|u)(?:block|guard)"), ("Text",))),
    (".typ", (("Typst", r"^#(?:import|let|set|show)"), ("XML",))),
    (".uc", (("ucode", r"^#!.*\bucode\b|^\s*['\"]use strict['\"];|^[ \t]*(?:export|import)\b|\b(?:require|include)\s*\(\s*['\"]|^\s*let\s+\w|\bs?printf\s*\("),
             ("UnrealScript",))),
    (".url", (("INI", r"^\[InternetShortcut\]", r"^URL="),)),
    (".v", (
        ("Rocq Prover", r"(?:^|\s)(?:Proof|Qed)\.(?:$|\s)|(?:^|\s)Require[ \t]+(?:Import|Export)\s"),
        ("Verilog", r"^[ \t]*module\s+[^\s()]+\s*#?\(|^[ \t]*`(?:define|ifn?def|include|pragma|timescale)|^[ \t]*always[ \t]*@|^[ \t]*initial[ \t]*(?:begin|@)"),
        ("V", r"\$(?:if|else)[ \t]|^[ \t]*fn\s+[^\s()]+\(.*?\).*?\{|^[ \t]*for\s*\{"),
    )),
    (".vba", (("Vim script", r"^UseVimball"), ("VBA",))),
    (".vcf", (("TSV", r"\A##fileformat=VCF"), ("vCard", r"\ABEGIN:VCARD"))),
    (".w", (("OpenEdge ABL", r"&ANALYZE-SUSPEND"), ("CWeb", r"^@(?:<|\w+\.)"))),
    (".x", (("DirectX 3D File", r"^xof 030[23]"), ("RPC", r"\b(?:program|version)\s+\w+\s*\{|\bunion\s+\w+\s+switch\s*\("),
            ("Logos", r"^%(?:ctor|end|group|hook)\b"), ("Linker Script", r"OUTPUT_(?:ARCH|FORMAT)\(|SECTIONS"))),
    (".yaml .yml", (("MiniYAML", r"!---", r"^\t+.*?[^\s:].*?:"), ("OASv2-yaml", r"swagger:\s?'?\"?2.[0-9.]+'?\"?"), ("OASv3-yaml", r"openapi:\s?'?\"?3.[0-9.]+'?\"?"),
                    ("YAML",))),
    (".yy", (("JSON", _JSON), ("Yacc",))),
)  # fmt: skip
LEANING: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    (".as", (("AngelScript", r"^\s*(?:void|u?int\d*|bool|string|float|class)\s+\w+\s*[({]"),)),
    (".ash", (("KoLmafia ASH", r"\$(?:effect|familiar|item|location|monster|skill|slot)s?\[|^(?:import\s*<|script\s)"),)),
    (".bf", (("Befunge", r"[<>^v@_|]"),)),
    (".brd", (("KiCad Legacy Layout", r"\APCBNEW-BOARD"), ("Eagle",))),
    (".cake", (("C#", r"\bTask\(\"|^#(?:addin|tool)\b"), ("CoffeeScript", r"->"))),
    (".cfg", (("HAProxy", r"^\s*(?:frontend|backend|listen)\s+\S+\s*$"), ("INI",))),
    (".cp", (("Component Pascal", r"^\s*MODULE\s"), ("C++",))),
    (".cue", (("Cue Sheet", r"^\s*(?:FILE|INDEX|PERFORMER|TRACK)\s"), ("CUE",))),
    (".ddl .prc", (("PLSQL", r"(?i)\bvarchar2\b|\bcreate\s+or\s+replace\b|^/$"), ("SQL",))),
    (".dsc", (("DenizenScript", r"^\s+type: *(?:assignment|command|economy|format|interact|inventory|item|procedure|task|world)"),
              ("Debian Package Control File",))),
    (".frag", (("GLSL", r"\b(?:gl_Frag\w+|uniform|varying|void\s+main|out\s+vec4)\b"), ("JavaScript",))),
    (".fx", (("HLSL", r"\b(?:float[234](?:x[234])?|sampler|technique\w*|Texture2D)\b"), ("FLUX",))),
    (".gs", (("Genie", r"^\s*init\s*$|^uses\s*$"), ("JavaScript",))),
    (".gst .mm .pluginspec .res", (("XML", _XML), ("XML", r"\A\s*<map\b"))),
    (".inc", (
        ("BitBake", r'^[A-Z][A-Z0-9_]*(?:[:_][a-z-]+)?\s*[?:+]*=\s*"'), ("Pawn", r"^\s*(?:forward|native|stock)\s+\w"),
        ("HTML", r"(?i)<(?:a|body|div|h[1-6]|html|p|table|td)\b[^>\n]*>"), ("SQL", r"(?i)^\s*(?:create|drop|insert|let|select|set|update)\s[^;{]*;\s*$"),
    )),
    (".jq", (("JSONiq", r"\bjsoniq\b|^\s*(?:declare|for\s+\$|let\s+\$)"), ("jq",))),
    (".ks", (("Kickstart", r"^%(?:end|packages|post|pre)\b|^(?:keyboard|lang|rootpw|timezone)\s"), ("KerboScript",))),
    (".m", (("MATLAB", r"^\s*function\b|^\s*(?:clc|clear|close all|end);?\s*$"), ("M", r"^\s+(?:[SWQDN]|do|new|quit|set|write)\s"))),
    (".mo", (("Motoko", r"\bactor\b|^import\s.*\"mo:|\b(?:public|shared)\s+func\b|\bmodule\s*\{"), ("Modelica",))),
    (".mod", (("Linux Kernel Module", r"\.k?o\b"),)),
    (".moo", (("Mercury", r"^:- "), ("Moocode",))),
    (".nas", (("Nasal", r"^\s*var\s|\bfunc\s*[({]|\bsetlistener\b"), ("Assembly",))),
    (".nb", (("Wolfram Language", r"\(\*|Notebook\["), ("Text",))),
    (".pbt", (("PowerBuilder", r"^\$PBExport|\ASave Format v"), ("Protocol Buffer Text Format",))),
    (".pp", (("Puppet", r"^\s*(?:class|define|node)\s+[\w:']+"), ("Pascal",))),
    (".reds", (("Red", r"^Red(?:/System)?\s*\["), ("Redscript",))),
    (".rsc", (("RouterOS Script", r"^/[a-z]+(?:[ /][a-z-]+)*\s*$|^(?:add|set|:\w+)\s"), ("Rascal",))),
    (".sch", (("KiCad Schematic", r"\AEESchema|\A\s*\(kicad_sch"), ("Eagle", r"<eagle\b"), ("XML", r"<\?xml|<(?:\w+:)?schema\b"), ("Scheme", r"^\s*[(;]"))),
    (".shader", (("ShaderLab", r"^\s*Shader\s+\""), ("GLSL",))),
    (".sls", (("Scheme", r"^\s*[(;]|\A#!"), ("Salt",))),
    (".spec", (("RPM Spec", r"(?i)^(?:Name|Version|Summary):\s|^%(?:build|description|files|install|prep)\b"), ("Ruby", r"^\s*(?:describe|require|it)\b"),
               ("Python",))),
    (".t", (("Terra", r"\bterra(?:lib)?\b"),)),
    (".trigger", (("Apex", r"(?i)^\s*trigger\s+\w+\s+on\s"), ("Shell",))),
    (".vhost", (("Nginx", r"\bserver\s*\{|^\s*location\s"), ("ApacheConf",))),
    (".workflow", (("XML", r"<\?xml|<Workflow\b"), ("HCL",))),
    (".x", (("Logos", r"^\s*%(?:c|init|new|orig|subclass)\b"),)),
)  # fmt: skip
"""As AMBIGUOUS, for what Linguist leaves to its classifier: rules tried after those above."""
RULES: dict[str, tuple[Rule, ...]] = {}
for _endings, _rules in (*AMBIGUOUS, *LEANING):
    for _ending in _endings.split():
        RULES[_ending] = (*RULES.get(_ending, ()), *_rules)


def rules_of(name: str) -> tuple[Rule, ...]:
    """The rules for a file name in lower case, none where its extension is not ambiguous."""
    at = name.find(".")
    while at >= 0:
        found = RULES.get(name[at:])
        if found:
            return found
        at = name.find(".", at + 1)
    return ()


def tell_apart(rules: tuple[Rule, ...], data: bytes) -> str | None:
    """The language of the first rule that holds for a file's content, None where none does."""
    considered = _tamed(data[:CONSIDERED])
    return next(
        (
            language
            for language, *patterns in rules
            if all(_holds(pattern, considered) for pattern in patterns)
        ),
        None,
    )


def _tamed(data: bytes) -> bytes:
    """Content that costs no expression more than it is worth: lines cut where they are endless, blank ones left out of
    a file that is made of them.
    """
    lines = data.split(b"\n")
    if len(lines) <= MANY_LINES and len(max(lines, key=len)) <= LONG_LINE:
        return data
    return b"\n".join([line[:LONG_LINE] for line in lines if not line.isspace() and line])


def _holds(pattern: str, data: bytes) -> bool:
    wanted = not pattern.startswith("!")
    return (_compiled(pattern.removeprefix("!")).search(data) is not None) is wanted


@cache
def _compiled(pattern: str) -> re.Pattern[bytes]:
    return re.compile(pattern.encode(), re.MULTILINE)
