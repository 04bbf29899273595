from __future__ import annotations

from pathlib import Path

import pytest

from support.endpoints import endpoints

SPRING = "import org.springframework.web.bind.annotation.*;\n"
JAXRS = "import jakarta.ws.rs.*;\n"
ASP = "using Microsoft.AspNetCore.Mvc;\n"
CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "spring with constants, lists and a context path": (
        {
            "src/main/java/a/C.java": SPRING + '@RestController\n@RequestMapping(value = Paths.BASE + "/users")\npublic class C {\n'
            '  @GetMapping("/{id}") public User one(@PathVariable("id") String id) { return x("}"); }\n'
            '  @RequestMapping(path = {"/a", "/b"}, method = {RequestMethod.PUT, RequestMethod.POST})\n  void two() {}\n'
            "  // @GetMapping(\"/no\")\n  @PostMapping\n  public void three() {}\n}\n",
            "src/main/java/a/Paths.java": 'class Paths { public static final String BASE = "/api"; }\n',
            "src/main/resources/application.properties": "server.servlet.context-path=/ctx\n",
        },
        [
            "POST /ctx/api/users", "POST /ctx/api/users/a", "PUT /ctx/api/users/a", "POST /ctx/api/users/b",
            "PUT /ctx/api/users/b", "GET /ctx/api/users/{id}",
        ],
    ),
    "spring mappings on an interface, clients left out": (
        {
            "Api.java": SPRING + '@RequestMapping("/api")\npublic interface Api {\n  @GetMapping("/x") String x();\n}\n',
            "Impl.java": SPRING + "@RestController\nclass Impl implements Api {\n  public String x() { return null; }\n}\n",
            "Client.java": SPRING + '@FeignClient("c")\ninterface Client {\n  @GetMapping("/no") String no();\n}\n',
        },
        ["GET /api/x"],
    ),
    "spring with constants made of others of their own class": (
        {
            "src/main/java/Paths.java": 'public final class Paths {\n  static final String BASE = "/base";\n  public static final String ONE = BASE + "/one";\n}\n',
            "src/main/java/A.java": "import org.springframework.web.bind.annotation.*;\n@RestController\npublic class A {\n"
            '  @GetMapping(Paths.ONE + "/z")\n  public String z() { return ""; }\n}\n',
        },
        ["GET /base/one/z"],
    ),
    "spring in kotlin": (
        {
            "A.kt": 'import org.springframework.web.bind.annotation.*\nconst val V = "/v1"\n@RestController\n@RequestMapping("$V/x")\n'
            'class A(private val s: Service) : Base() {\n    @GetMapping(value = ["/a", "/b"])\n    fun get(): String = "x"\n}\n'.replace('"$V/x"', 'V + "/x"'),
        },
        ["GET /v1/x/a", "GET /v1/x/b"],
    ),
    "jax-rs below an application path": (
        {
            "App.java": JAXRS + '@ApplicationPath("/api")\npublic class App extends Application {}\n',
            "R.java": JAXRS + '@Path("items")\npublic class R {\n  @GET\n  @Path("{id: [0-9]+}")\n  public String one() { return ""; }\n'
            "  @POST\n  public void add() {}\n  public void plain() {}\n}\n",
        },
        ["POST /api/items", "GET /api/items/{id}"],
    ),
    "micronaut": (
        {
            "H.java": 'import io.micronaut.http.annotation.*;\n@Controller("/h")\nclass H {\n  @Get(uri = "/{n}", produces = "x")\n'
            "  String a() { return null; }\n  @Post\n  void b() {}\n}\n"
        },
        ["POST /h", "GET /h/{n}"],
    ),
    "asp.net controllers": (
        {
            "U.cs": ASP + '[ApiController]\n[Route("api/[controller]")]\npublic class UsersController : ControllerBase\n{\n'
            '    [HttpGet("{id:int}"), Authorize]\n    public IActionResult Get([FromRoute] int id) { return Ok(); }\n'
            '    [HttpPost]\n    [Route("~/root")]\n    public void Post() { }\n    [NonAction]\n    public void No() { }\n}\n'
        },
        ["GET /api/Users/{id:int}", "POST /root"],
    ),
    "asp.net's conventional routes": (
        {
            "Program.cs": 'using Microsoft.AspNetCore.Builder;\napp.MapControllerRoute(name: "d", pattern: "{controller=Home}/{action=Index}/{id?}");\n'
            '/// Ids are "{controller}_{action}".\noptions.CustomOperationIds(_ => $"{controller}_{action}");\n',
            "H.cs": ASP + "public class HomeController : Controller\n{\n    public IActionResult Index() { return View(); }\n"
            "    [HttpPost]\n    public async Task<IActionResult> Save(int id) { return View(); }\n    private IActionResult No() { return null; }\n}\n",
        },
        ["ANY /Home/Index", "POST /Home/Save/{id}"],
    ),
    "asp.net minimal interfaces": (
        {
            "P.cs": 'using Microsoft.AspNetCore.Builder;\nvar app = builder.Build();\nvar api = app.MapGroup("/api");\n'
            'var v1 = api.MapGroup("/v1");\nv1.MapGet("/x", Handlers.X);\napp.MapPost("/y", (int a) => a);\n// app.MapGet("/no", x);\n'
        },
        ["GET /api/v1/x", "POST /y"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_annotations_give_whole_paths(tmp_path: Path, name: str) -> None:
    files, expected = CASES[name]
    assert sorted(endpoints(tmp_path, **files)) == sorted(expected)


@pytest.mark.parametrize(
    "source",
    [
        "@RestController class {{{",
        '@GetMapping("' * 50,
        "@RestController\nclass A extends A { @GetMapping int a(",
        "/*",
    ],
)
def test_malformed_sources_do_no_harm(tmp_path: Path, source: str) -> None:
    endpoints(tmp_path, **{"A.java": SPRING + source, "B.kt": SPRING + source})
