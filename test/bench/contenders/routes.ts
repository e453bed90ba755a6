/** Routers: ours as emitted and opened, and the quickest of npm, each asked in its own way for the route and its parameters. */
import findMyWay from "find-my-way";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { TrieRouter } from "hono/router/trie-router";
import { Memoirist } from "memoirist";
import { addRoute, createRouter } from "rou3";
import { compileRouter } from "rou3/compiler";
import type { Bound } from "../../../runtime/kernel/call.ts";
import { routeMatcher } from "../../../runtime/kernel/route-match.ts";
import { ir, route } from "../../emit/ir-builder.ts";
import { opened } from "../../kernel-tables/opened-tables.ts";
import { type Contender, each, freshText } from "../contest/contender.ts";
import { type BenchRoute, type ExpectedRoute, type RouteRequest, routeRequest, routeSet } from "../data/route-sets.ts";

type Setup = { readonly count: number };
type Router<Match> = {
  readonly find: (request: RouteRequest) => Match;
  readonly read: (match: Match) => ExpectedRoute;
};

const questions = 4000;

function contender<Match>(make: (routes: readonly BenchRoute[]) => Router<Match>): (setup: Setup) => Contender {
  return ({ count }) => {
    const { routes } = routeSet(count);
    const { find, read } = make(routes);
    return {
      fresh: (round, inputs) => Array.from({ length: inputs }, (_, at) => freshRequest(routes, round * 20_000 + at)),
      run: each(find),
      wrong: faultOf(routes, (request) => read(find(request))),
    };
  };
}

function freshRequest(routes: readonly BenchRoute[], number: number): RouteRequest {
  const { method, path } = routeRequest(routes, number).request;
  return { method, path: freshText(path) };
}

function faultOf(routes: readonly BenchRoute[], answer: (request: RouteRequest) => ExpectedRoute): string | undefined {
  for (let number = 0; number < questions; number++) {
    const { request, expected } = routeRequest(routes, number);
    const given = answer(request);
    if (JSON.stringify(sorted(given)) !== JSON.stringify(sorted(expected))) return `${request.method} ${request.path} is answered wrongly`;
  }
  return undefined;
}

function sorted(match: ExpectedRoute): unknown {
  return match === undefined ? null : [match.route, Object.entries(match.parameters).toSorted(([a], [b]) => (a < b ? -1 : 1))];
}

const colons = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ":$1");

/** Names that clash at one place get numbers, and are turned back: routers that share nodes have one name for each. */
function numbered(path: string): { readonly path: string; readonly names: readonly string[] } {
  const names: string[] = [];
  return { path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `:p${names.push(name) - 1}`), names };
}

const bound = {} as Bound;

export const contenders = {
  gwl: contender((routes) => {
    const tables = opened(ir({ routes: routes.map(({ method, path }) => route(`${method} ${path}`)) }));
    const match = routeMatcher(tables, () => []);
    return {
      find: ({ method, path }) => match(bound, method, path),
      read: (found) =>
        found.kind === "found"
          ? { route: found.route, parameters: Object.fromEntries(found.names.map((name, at) => [name, String(found.shown[at])])) }
          : undefined,
    };
  }),
  memoirist: contender((routes) => {
    const router = new Memoirist<{ readonly route: number; readonly names: readonly string[] }>();
    for (const [at, one] of routes.entries()) {
      const { path, names } = numbered(one.path);
      router.add(one.method, path, { route: at, names });
    }
    return {
      find: ({ method, path }) => router.find(method, path),
      read: (found) => renamed(found?.store.route, found?.store.names, found?.params),
    };
  }),
  "find-my-way": contender((routes) => {
    const router = findMyWay();
    for (const [at, { method, path }] of routes.entries()) router.on(method as "GET", colons(path), () => undefined, at);
    return {
      find: ({ method, path }) => router.find(method as "GET", path),
      read: (found) => (found === null ? undefined : { route: Number(found.store), parameters: found.params as Record<string, string> }),
    };
  }),
  "hono RegExp": contender((routes) => {
    const router = new RegExpRouter<number>();
    for (const [at, { method, path }] of routes.entries()) router.add(method, colons(path), at);
    return { find: ({ method, path }) => router.match(method, path), read: honoMatch };
  }),
  "hono Trie": contender((routes) => {
    const router = new TrieRouter<number>();
    for (const [at, { method, path }] of routes.entries()) router.add(method, colons(path), at);
    return { find: ({ method, path }) => router.match(method, path), read: honoMatch };
  }),
  "rou3 compiled": contender((routes) => {
    const router = createRouter<{ readonly route: number }>();
    for (const [at, { method, path }] of routes.entries()) addRoute(router, method, colons(path), { route: at });
    const find = compileRouter(router);
    return {
      find: ({ method, path }) => find(method, path),
      read: (found) => (found === undefined ? undefined : { route: found.data.route, parameters: found.params ?? {} }),
    };
  }),
};

function renamed(
  route: number | undefined,
  names: readonly string[] | undefined,
  params: Readonly<Record<string, string>> | undefined,
): ExpectedRoute {
  if (route === undefined || names === undefined) return undefined;
  return { route, parameters: Object.fromEntries(names.map((name, at) => [name, params?.[`p${at}`] ?? ""])) };
}

type HonoMatch = ReturnType<TrieRouter<number>["match"]>;

function honoMatch([handlers, stash]: HonoMatch): ExpectedRoute {
  const first = handlers[0];
  if (first === undefined) return undefined;
  const [route, parameters] = first;
  const values = Object.entries(parameters).map(
    ([name, value]) => [name, typeof value === "number" ? (stash?.[value] ?? "") : value] as const,
  );
  return { route, parameters: Object.fromEntries(values) };
}
