import pytest

from repo_architect.analysis.limits import Notes
from support.architectures import architecture_of, edges, kinds, proof

DEPLOYMENT = """\
{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  template:
    metadata:
      labels:
        {{- include "shop.selectorLabels" . | nindent 8 }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          {{- with .Values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          env:
            - name: DATABASE_HOST
              {{- if eq .Values.store "internal" }}
              value: {{ .Values.postgresql.host | quote }}
              {{- else }}
              value: elsewhere
              {{- end }}
            - name: PAY_ADDR
              value: {{ .Values.pay | default "pay" }}:9000
{{- end }}
"""
VALUES = "enabled: true\nstore: internal\nimage: {repository: example/shop}\npostgresql: {host: shop-postgresql}\nqueue: {on: false}\n"
CHART = """\
apiVersion: v2
name: shop
dependencies:
  - name: postgresql
    repository: https://charts.example.org
  - name: rabbitmq
    condition: queue.on
"""
PAY = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: pay}\nspec: {template: {spec: {containers: [{image: pay}]}}}\n"
INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: in}
spec:
  rules:
    - http:
        paths:
          - backend:
              service: {name: {{ include "shop.fullname" . }}}
"""
FILES = {
    "deploy/shop/Chart.yaml": CHART,
    "deploy/shop/values.yaml": VALUES,
    "deploy/shop/templates/deployment.yaml": DEPLOYMENT,
    "deploy/shop/templates/pay.yaml": PAY,
}


def test_a_chart_is_read_with_its_values_put_in(tmp_path):
    found = architecture_of(tmp_path, FILES)
    assert kinds(found) == {"shop": "service", "pay": "service", "postgresql": "database"}
    assert edges(found) == {("shop", "postgresql"): "SQL", ("shop", "pay"): "HTTP"}
    assert proof(found, "shop", "postgresql") == ["deploy/shop/templates/deployment.yaml:24"]
    assert proof(found, "shop", "pay") == ["deploy/shop/templates/deployment.yaml:29"]


def test_what_values_switch_off_is_not_there(tmp_path):
    assert "shop" not in kinds(
        architecture_of(tmp_path, {**FILES, "deploy/shop/values.yaml": "enabled: false\n"})
    )


def test_an_ingress_opens_a_front_end_to_people(tmp_path):
    deployment = DEPLOYMENT.replace("shop.fullname", "shop.web.fullname")
    files = {
        **FILES,
        "deploy/shop/templates/deployment.yaml": deployment,
        "deploy/shop/templates/in.yaml": INGRESS.replace("shop.fullname", "shop.web.fullname"),
    }
    found = architecture_of(tmp_path, files)
    assert kinds(found)["shop-web"] == "web"
    assert proof(found, "user", "shop-web") == ["deploy/shop/templates/in.yaml:9"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ if }}\n",
        "{{- end }}\n{{- else }}\n",
        "a: {{ .Values.x\n",
        "a: [{{ b }}\n",
        "{{ range .Values.a }}\n- x\n",
    ],
)
def test_odd_templates_cost_a_note_at_most(tmp_path, text):
    notes = Notes()
    architecture_of(tmp_path, {**FILES, "deploy/shop/templates/odd.yaml": text}, notes)
    assert all(limit.reason == "malformed" for limit in notes.limits())


def test_secrets_and_jobs(tmp_path):
    secret = (
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  url: redis://cache:6379\n---\n"
    )
    job = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - image: x\n            env:\n            - name: CACHE_URL\n              valueFrom: {secretKeyRef: {name: s, key: url}}\n---\n"
    cache = PAY.replace("pay", "cache").replace("image: cache", "image: redis")
    found = architecture_of(tmp_path, {"k8s/all.yaml": secret + job + cache})
    assert kinds(found) == {"nightly": "worker", "cache": "cache"}
    assert proof(found, "nightly", "cache") == ["k8s/all.yaml:5"]
