"""Routes of Sinatra, and the paths that a rackup file puts its applications below."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.endpoints import endpoints

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "loops, several verbs, regular expressions": (
        {
            "app.rb": "require 'sinatra'\n['/a', '/b'].each do |path|\n  get path do\n    post('/no') { }\n  end\nend\n"
            "route :get, :post, '/r' do\nend\nget(%r{/x/(\\d+)}) { 1 }\nget '/call', &handler\nconfigure do\n  get '/c' do\n  end\nend\n"
        },
        ["GET /a", "GET /b", "GET /r", "POST /r", "GET /x/(\\d+)", "GET /c"],
    ),
    "applications mapped by rack": (
        {
            "config.ru": "require './app'\nmap '/api' do\n  run Shop::Api\nend\nmap('/admin') { run Admin.new }\n"
            "run Rack::URLMap.new('/own' => Own)\n",
            "app.rb": "require 'sinatra/base'\nmodule Shop\n  class Api < Sinatra::Base\n    get '/x' do\n    end\n  end\nend\n"
            "class Own < Sinatra::Base\n  namespace '/n' do\n    put '/y' do\n    end\n  end\nend\n"
            "class Other < Sinatra::Base\n  delete('/z') { }\nend\n",
        },
        ["GET /api/x", "PUT /own/n/y", "DELETE /z"],
    ),
    "an extension": (
        {
            "ext.rb": "require 'sinatra/base'\nmodule Ext\n  def self.registered(app)\n    app.get '/e' do\n    end\n    client.get '/no' do\n    end\n  end\nend\n"
        },
        ["GET /e"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_a_route_has_its_whole_path(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert sorted(endpoints(tmp_path, **files)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "[1].each do |x|\n" * 300 + "get '/x' do\nend\n" + "end\n" * 300,
        "def a\n a\n a\nend\na\n",
        "get " * 5000,
        'get \'/\' + \'/\' * 3 do end\nget "#{"#{""}"}" do end',
        "%w[a b c d e f g h i j].each do |x|\n" * 8 + "get x do\nend\n" + "end\n" * 8,
    ],
)
def test_hostile_programs_are_read_so_far(tmp_path: Path, text: str) -> None:
    assert len(endpoints(tmp_path, **{"a.rb": "require 'sinatra'\n" + text})) < 20_000
