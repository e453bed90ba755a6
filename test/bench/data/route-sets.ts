/** Routes to match and requests for them: GitHub's operations where the data is at hand, else made ones of the same shape. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { scattered } from "../contest/contender.ts";

/** `path`: `/repos/{owner}/{repo}`, each parameter a whole segment. */
export type BenchRoute = { readonly method: string; readonly path: string };
export type RouteSet = { readonly routes: readonly BenchRoute[]; readonly origin: string };

const github = join(import.meta.dirname, "../../../../shared/data/openapi/github-api.github.com.json");
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** `count`: 20 of them, all 874, or copies below prefixes until there are enough. */
export function routeSet(count: number): RouteSet {
  const { routes, origin } = operations();
  if (count < routes.length) {
    const step = routes.length / count;
    return { routes: Array.from({ length: count }, (_, at) => at).flatMap((at) => routes[Math.floor(at * step)] ?? []), origin };
  }
  const copies = Math.ceil(count / routes.length);
  const all = Array.from({ length: copies }, (_, copy) =>
    routes.map(({ method, path }) => ({ method, path: copy === 0 ? path : `/tenant${copy}${path === "/" ? "" : path}` })),
  );
  return { routes: all.flat().slice(0, count), origin };
}

/** How many operations the set has where it is not repeated. */
export function operationCount(): number {
  return operations().routes.length;
}

function operations(): RouteSet {
  if (existsSync(github)) return { routes: fromOpenApi(JSON.parse(readFileSync(github, "utf8"))), origin: "GitHub's operations" };
  return { routes: made(), origin: "874 made operations in the shape of GitHub's" };
}

function fromOpenApi(document: { readonly paths: Readonly<Record<string, object>> }): readonly BenchRoute[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).flatMap((word) => {
      const method = methods.find((one) => one.toLowerCase() === word);
      return method === undefined || isInSegment(path)
        ? []
        : [{ method, path: path.replaceAll(/\{([^}]*)\}/g, (_, name: string) => `{${name.replaceAll(/\W/g, "_")}}`) }];
    }),
  );
}

/** `{base}...{head}`: not all routers know parameters that are no whole segment. */
function isInSegment(path: string): boolean {
  return path.split("/").some((segment) => segment.includes("{") && !/^\{[^{}]*\}$/.test(segment));
}

/** Resources below resources, static words beside parameters, one to five methods each. */
function made(): readonly BenchRoute[] {
  const routes: BenchRoute[] = [];
  const roots = [
    "/orgs/{org}",
    "/repos/{owner}/{repo}",
    "/users/{username}",
    "/teams/{team_id}",
    "/user",
    "/enterprises/{enterprise}/actions",
  ];
  for (let at = 0; routes.length < 874; at++) {
    const base = `${roots[at % roots.length]}/thing${Math.floor(at / roots.length)}`;
    const paths = [base, `${base}/{id}`, `${base}/latest`, `${base}/{id}/parts`, `${base}/{id}/parts/{part}`];
    for (const [depth, path] of paths.entries())
      for (const method of methods.slice(0, 1 + ((at + depth) % 3))) if (routes.length < 874) routes.push({ method, path });
  }
  return routes;
}

export type RouteRequest = { readonly method: string; readonly path: string };
export type ExpectedRoute = { readonly route: number; readonly parameters: Readonly<Record<string, string>> } | undefined;

/** Deeper than any route. */
const nowhere = "/~no/~route/~is/~so/~deep/~as/~this/~one/~is";

/** The request number `number` and what must come of it; one in ten matches nothing. */
export function routeRequest(
  routes: readonly BenchRoute[],
  number: number,
): { readonly request: RouteRequest; readonly expected: ExpectedRoute } {
  const at = scattered(number) % routes.length;
  const { method, path } = routes[at] ?? { method: "GET", path: "/" };
  const parameters: Record<string, string> = {};
  const filled = path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => (parameters[name] = `x${scattered(number * 31 + name.length).toString(36)}`),
  );
  if (number % 10 === 9) return { request: { method, path: `${filled}${nowhere}` }, expected: undefined };
  return { request: { method, path: filled }, expected: { route: at, parameters } };
}
