from __future__ import annotations

from pathlib import Path

import pytest

from support.endpoints import endpoints

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "express routers mounted across files": (
        {
            "app.js": "const express = require('express')\nconst users = require('./users')\nconst app = express()\n"
            "const BASE = '/api'\napp.use(`${BASE}/users`, auth, users)\napp.get('/', (req, res) => {})\napp.get('setting')\n",
            "users.js": "const { Router } = require('express')\nconst r = Router()\n"
            "r.route('/:id').get(one).delete(gone)\nr.post('/', create)\nmodule.exports = r\n",
        },
        ["GET /", "POST /api/users", "DELETE /api/users/:id", "GET /api/users/:id"],
    ),
    "express routes added by a function that gets the application": (
        {
            "index.ts": "import express, { Express } from 'express';\nimport { setup } from './setup';\n"
            "const app: Express = express();\nsetup(app);\nexport default app;\n",
            "setup.ts": "export const setup = (server) => { server.put('/x', h); };\n",
        },
        ["PUT /x"],
    ),
    "express routers made by factories, lists and loops": (
        {
            "app.js": "import express from 'express'\nfunction make() { const r = express.Router(); r.get('/m', h); return r }\n"
            "const app = express()\nconst all = [{ path: '/a', r: make() }, { path: '/b', r: make() }]\n"
            "all.forEach((one) => { app.use(one.path, one.r) })\n",
        },
        ["GET /a/m", "GET /b/m"],
    ),
    "an application in a class": (
        {
            "app.ts": "import express from 'express'\nclass App {\n  app = express()\n  constructor() { this.app = express(); this.routes() }\n"
            "  routes() { this.app.all('/all', h) }\n}\nnew App()\n",
        },
        ["ANY /all"],
    ),
    "fastify plugins, prefixes and route objects": (
        {
            "app.js": "import Fastify from 'fastify'\nimport items from './items.js'\nconst app = Fastify()\n"
            "app.register(items, { prefix: '/items' })\napp.route({ method: ['GET', 'HEAD'], url: '/r', handler: h })\n",
            "items.js": "export default async function (f, opts) { f.get('/:id', { schema }, h)\n f.register(deep, { prefix: '/deep' }) }\n"
            "async function deep(g) { g.post('/', h) }\n",
        },
        ["POST /items/deep", "GET /items/:id", "GET /r", "HEAD /r"],
    ),
    "fastify autoload": (
        {
            "app.ts": "import autoload from '@fastify/autoload'\nimport fastify from 'fastify'\nimport { join } from 'path'\n"
            "const app = fastify()\napp.register(autoload, { dir: join(__dirname, 'routes'), options: { prefix: '/v1' } })\n",
            "routes/users/index.ts": "export default async (f) => { f.get('/', h) }\n",
        },
        ["GET /v1/users"],
    ),
    "fastify autoload from the module's own folder": (
        {
            "src/app.ts": "import autoload from '@fastify/autoload'\nimport path from 'node:path'\nimport { FastifyInstance } from 'fastify'\n"
            "export default async function (fastify: FastifyInstance) {\n"
            "  fastify.register(autoload, { dir: path.join(import.meta.dirname, 'routes') })\n}\n",
            "src/routes/api/tasks/index.ts": "import { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'\n"
            "const plugin: FastifyPluginAsyncTypebox = async (fastify) => { fastify.get('/:id', h) }\nexport default plugin\n",
        },
        ["GET /api/tasks/:id"],
    ),
    "koa paths that get their slash where they are mounted": (
        {
            "app.js": "const Koa = require('koa')\nconst mount = require('koa-mount')\nconst Router = require('koa-router')\n"
            "const users = new Router()\nusers.post('users.list', auth(), h)\nconst router = new Router()\n"
            "router.use('/', users.routes())\nconst api = new Koa()\napi.use(router.routes())\nconst app = new Koa()\napp.use(mount('/api', api))\n",
        },
        ["POST /api/users.list"],
    ),
    "koa routers with prefixes": (
        {
            "app.js": "const Koa = require('koa')\nconst Router = require('@koa/router')\nconst app = new Koa()\n"
            "const inner = new Router({ prefix: '/inner' })\ninner.get('named', '/x', h)\nconst outer = new Router()\n"
            "outer.prefix('/outer')\nouter.use('/p', inner.routes())\napp.use(outer.routes()).use(outer.allowedMethods())\n",
        },
        ["GET /outer/p/inner/x"],
    ),
    "hono chains, sub-applications and base paths": (
        {
            "app.ts": "import { Hono } from 'hono'\nimport books from './books'\nconst app = new Hono().basePath('/api')\n"
            "app.route('/books', books)\napp.on(['PUT', 'DELETE'], '/post', h)\nexport default app\n",
            "books.ts": "import { Hono } from 'hono'\nexport default new Hono().get('/', h).post('/:id', h)\n",
        },
        ["GET /api/books", "POST /api/books/:id", "DELETE /api/post", "PUT /api/post"],
    ),
    "nest controllers, prefix and versions": (
        {
            "main.ts": "import { NestFactory } from '@nestjs/core'\nimport { AppModule } from './app.module'\n"
            "async function bootstrap() { const app = await NestFactory.create(AppModule)\n app.setGlobalPrefix('api')\n"
            " app.enableVersioning({ type: VersioningType.URI })\n await app.listen(3000) }\nbootstrap()\n",
            "app.module.ts": "import { Module } from '@nestjs/common'\nimport { CatsController } from './cats'\n"
            "@Module({ controllers: [CatsController] })\nexport class AppModule {}\n",
            "cats.ts": "import { Controller, Get, Post, HttpCode } from '@nestjs/common'\n"
            "@Controller({ path: 'cats', version: '1' })\nexport class CatsController {\n  @Get()\n  all() {}\n"
            "  @Post(':id')\n  @HttpCode(204)\n  async set(@Param('id') id: string) {}\n}\n",
        },
        ["GET /api/v1/cats", "POST /api/v1/cats/:id"],
    ),
    "nest versions stand before the path of the module": (
        {
            "main.ts": "import { NestFactory } from '@nestjs/core'\nimport { VersioningType } from '@nestjs/common'\nimport { App } from './app'\n"
            "async function start() { const app = await NestFactory.create(App)\n app.setGlobalPrefix('api')\n"
            " app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }) }\nstart()\n",
            "app.ts": "import { Controller, Get, Module } from '@nestjs/common'\nimport { RouterModule } from '@nestjs/core'\n"
            "@Controller({ path: 'cats', version: '2' })\nexport class Cats { @Get() all() {} }\n"
            "@Controller()\nexport class Root { @Get() all() {} }\n@Module({ controllers: [Cats, Root] })\nexport class Admin {}\n"
            "@Module({ imports: [Admin, RouterModule.register([{ path: 'admin', module: Admin }])] })\nexport class App {}\n",
        },
        ["GET /api/v1/admin", "GET /api/v2/admin/cats"],
    ),
    "express routes of a table, by Object.entries, keys and values": (
        {
            "app.js": "const app = require('express')()\nconst table = { '/a': h, '/b': k }\n"
            "Object.entries(table).forEach(([path, handler]) => app.get(path, handler))\n"
            "Object.keys(table).forEach(path => app.put(path, h))\n"
            "const named = { x: { at: '/x' } }\nfor (const one of Object.values(named)) app.post(one.at, h)\n",
        },
        ["GET /a", "GET /b", "POST /x", "PUT /a", "PUT /b"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_routes_are_found_with_their_whole_path(tmp_path: Path, name: str) -> None:
    files, expected = CASES[name]
    assert sorted(endpoints(tmp_path, **files)) == sorted(expected)


NEGATIVE = {
    "clients and collections": "import axios from 'axios'\nimport express from 'express'\naxios.get('/x', y)\n"
    "new Map().get('/x')\nfetch('/y')\nconst cache = {}\ncache.get('/z', 1)\n",
    "supertest": "import request from 'supertest'\nimport express from 'express'\nrequest(app).get('/x').set('a', 'b')\n",
    "a router of the browser": "import Router from 'next/router'\nRouter.push('/x')\nrouter.get('/x', h)\n",
    "a setting": "const app = require('express')()\napp.get('env')\napp.set('x', 'y')\n",
}


@pytest.mark.parametrize("name", NEGATIVE)
def test_what_only_looks_like_a_route_is_not_one(tmp_path: Path, name: str) -> None:
    assert endpoints(tmp_path, **{"app.js": NEGATIVE[name]}) == []
