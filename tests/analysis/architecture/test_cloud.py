import pytest

from repo_architect.analysis.limits import Notes
from support.architectures import architecture_of, edges, kinds, proof

SERVERLESS = """\
service: shop
provider:
  environment:
    TABLE: shop-orders
functions:
  create:
    handler: src/create.run
    events:
      - http: {path: /orders, method: post}
  ship:
    handler: src/ship.run
    events:
      - sqs:
          arn: !GetAtt Parcels.Arn
      - schedule: rate(1 hour)
resources:
  Resources:
    Orders:
      Type: AWS::DynamoDB::Table
      Properties:
        TableName: ${self:provider.environment.TABLE}
    Parcels:
      Type: AWS::SQS::Queue
"""


def test_serverless_functions_their_events_and_the_table_whose_variable_they_read(tmp_path):
    found = architecture_of(
        tmp_path,
        {
            "serverless.yml": SERVERLESS,
            "src/create.js": "const x = 1;\nput(process.env.TABLE);\n",
            "src/ship.js": "const x = 1;\n",
        },
    )
    assert edges(found) == {
        ("API Gateway", "create"): "HTTP", ("create", "Orders"): "HTTPS", ("ship", "Parcels"): "HTTPS", ("user", "API Gateway"): "HTTP",
    }  # fmt: skip
    assert proof(found, "create", "Orders") == ["src/create.js:2", "serverless.yml:18", "serverless.yml:4"]
    assert proof(found, "ship", "Parcels") == ["serverless.yml:13", "serverless.yml:22"]
    assert {edge.target: edge.flow for edge in found.edges}["parcels"] == "to_source"
    assert {node.name: node.path for node in found.nodes}["ship"] == "src/ship.js"


SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Handler:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: fn/
      Handler: app.run
      Environment: {Variables: {BUCKET: !Ref Uploads}}
      Events:
        Web: {Type: HttpApi, Properties: {Path: /, Method: get}}
  Uploads:
    Type: AWS::S3::Bucket
  Unused:
    Type: AWS::S3::Bucket
"""


def test_a_sam_function_uses_what_it_is_handed(tmp_path):
    found = architecture_of(tmp_path, {"template.yaml": SAM, "fn/app.py": "def run(): pass\n"})
    assert edges(found) == {
        ("API Gateway", "Handler"): "HTTP", ("Handler", "Uploads"): "S3", ("user", "API Gateway"): "HTTP",
    }  # fmt: skip
    assert proof(found, "Handler", "Uploads") == ["template.yaml:8", "template.yaml:11"]
    assert {node.name: node.path for node in found.nodes}["Handler"] == "fn/app.py"


TERRAFORM = """\
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  filename      = data.archive_file.code.output_path
  environment {
    variables = {
      TABLE = aws_dynamodb_table.orders.name
      DB    = local.address
    }
  }
}

data "archive_file" "code" {
  source_dir = "${path.module}/../src"
}

locals {
  address = aws_db_instance.main.address
}

resource "aws_dynamodb_table" "orders" {
  name = "orders-table"
}

resource "aws_db_instance" "main" {
  engine = "postgres"
}

resource "aws_sqs_queue" "parcels" {
  # aws_db_instance.main in a comment
  name = "parcels"
}

resource "aws_lambda_event_source_mapping" "listen" {
  event_source_arn = aws_sqs_queue.parcels.arn
  function_name    = aws_lambda_function.orders.arn
}

module "uploads" {
  source = "terraform-aws-modules/s3-bucket/aws"
}
"""


def test_terraform_resources_use_what_they_refer_to(tmp_path):
    found = architecture_of(tmp_path, {"infra/main.tf": TERRAFORM, "src/app.py": "x = 1\n"})
    assert kinds(found) == {
        "orders": "service",
        "orders-table": "database",
        "main": "database",
        "parcels": "queue",
    }
    assert proof(found, "orders", "orders-table") == ["infra/main.tf:6", "infra/main.tf:20"]
    assert proof(found, "orders", "main") == ["infra/main.tf:7", "infra/main.tf:24"]
    assert proof(found, "orders", "parcels") == ["infra/main.tf:35", "infra/main.tf:34"]
    technology = {node.name: (node.technology, node.path) for node in found.nodes}
    assert technology["main"][0] == "PostgreSQL"
    assert technology["orders"][1] == "src"


def test_resources_of_the_same_name_in_two_folders_are_two(tmp_path):
    function = 'resource "aws_lambda_function" "run" {\n}\n'
    assert sorted(kinds(architecture_of(tmp_path, {"a/x.tf": function, "b/x.tf": function}))) == [
        "b-run",
        "run",
    ]


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_lambda_function" "x" {',
        "resource {\n}\n",
        'module "x" {\n source = 3\n}\n',
        "}\n}\n",
        "\x00",
    ],
)
def test_odd_terraform_costs_nothing(tmp_path, text):
    architecture_of(tmp_path, {"x.tf": text})


@pytest.mark.parametrize(
    "text",
    ["functions: 3\n", "functions: {a: }\n", "functions:\n  a: {handler: [x], events: {http: 1}}\nresources: []\n", "Resources:\n  A: {Type: 3, Events: [AWS::]}\n"],
)  # fmt: skip
def test_odd_templates_cost_a_note_at_most(tmp_path, text):
    notes = Notes()
    architecture_of(tmp_path, {"serverless.yml": text, "template.yaml": text}, notes)
    assert all(limit.reason == "malformed" for limit in notes.limits())


HOST = """\
var builder = DistributedApplication.CreateBuilder(args);
var store = builder.AddPostgres("pg"); // with a volume
var orders = store.AddDatabase("ordersdb");
var bus = builder.AddRabbitMQ("bus");
var identity = builder.AddProject<Projects.Shop_Identity>("identity");
var place = identity.GetEndpoint("http");
var api = builder.AddProject<Projects.Shop_Api>("api")
    .WithReference(orders)
    .WithReference(bus).WaitFor(bus)
    .WithEnvironment("Url", place);
builder.AddYarp("front").Routes(api);
identity.WithEnvironment("ApiClient", api.GetEndpoint("http"));
builder.Build().Run();
"""


def test_an_aspire_host_says_what_runs_and_what_refers_to_what(tmp_path):
    project = '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>\n'
    found = architecture_of(
        tmp_path,
        {"Host/Program.cs": HOST, "Host/Shop.Host.csproj": project, "Api/Shop.Api.csproj": project, "Identity/Shop.Identity.csproj": project},
    )  # fmt: skip
    assert set(edges(found)) == {
        ("api", "pg"),
        ("api", "bus"),
        ("api", "identity"),
        ("front", "api"),
        ("user", "front"),
    }
    assert proof(found, "api", "pg") == ["Host/Program.cs:8"]
    assert {node.name: node.path for node in found.nodes}["api"] == "Api"
    assert kinds(found)["front"] == "gateway"
