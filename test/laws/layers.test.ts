import { describe, expect, test } from "vitest";
import { type Import, type SourceText, sourceFiles } from "./source-files.ts";

const files = sourceFiles("grammar", "compiler", "runtime", "editor");

/** Who may import whom, by the longest matching folder. Everything may import its own folder. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  grammar: [],
  "grammar/source": [],
  "compiler/model": ["grammar", "runtime/contract"],
  "compiler/host.ts": [],
  "compiler/diagnostics": ["grammar", "compiler/model", "compiler"],
  "compiler/yaml": ["grammar/source"],
  "compiler/xml": [],
  "compiler/load": ["grammar", "compiler/model", "compiler/host.ts"],
  "compiler/json": ["grammar/source", "compiler/yaml"],
  "compiler/bind": ["grammar", "compiler/model", "compiler/load", "compiler/constructs", "compiler/check"],
  "compiler/constructs": [
    "grammar",
    "compiler/model",
    "compiler/bind",
    "compiler/check",
    "compiler/load",
    "compiler/yaml",
    "compiler/xml",
    "compiler/json",
    "runtime/contract",
    "runtime/lists",
  ],
  "compiler/check": ["grammar", "compiler/model", "compiler/bind", "compiler/constructs", "compiler/load"],
  "compiler/lower": ["grammar/source", "compiler/model", "runtime/contract"],
  "compiler/analyze": ["grammar/source", "compiler/model"],
  "compiler/diff": ["runtime/contract", "compiler/model", "compiler/lower", "compiler/analyze", "compiler/reference", "compiler/testing"],
  "compiler/emit": ["grammar/source", "compiler/model", "runtime/contract"],
  "compiler/bundle": ["compiler/model", "runtime/contract"],
  "compiler/report": ["grammar/source", "compiler/model", "runtime/contract"],
  "compiler/reference": ["grammar/source", "compiler/model", "runtime/contract"],
  "compiler/cli": ["grammar", "compiler", "runtime", "editor/lsp", "editor/service", "package.json"],
  "editor/service": ["grammar", "compiler", "runtime/contract"],
  "editor/lsp": ["editor/service"],
  "editor/textmate": ["grammar", "compiler/constructs"],
  "editor/vscode/src": ["editor/lsp", "editor/service", "editor/vscode/panel", "compiler/cli/language-server.ts"],
  "editor/vscode/panel": ["editor/lsp/extra.ts"],
  "runtime/contract": [],
  "runtime/kernel": ["runtime/contract"],
  "runtime/lists": ["runtime/contract", "runtime/kernel"],
  "runtime/shaping": ["runtime/contract", "runtime/kernel"],
  "runtime/releases": ["runtime/contract", "runtime/kernel"],
  "runtime/traffic": ["runtime/contract", "runtime/kernel"],
  "runtime/cache": ["runtime/contract", "runtime/kernel"],
  "runtime/access": ["runtime/contract", "runtime/kernel", "runtime/aws"],
  "runtime/aws": ["runtime/contract", "runtime/kernel"],
  "runtime/backends": ["runtime/contract", "runtime/kernel", "runtime/aws"],
  "runtime/entry": ["runtime/contract", "runtime/kernel"],
  "runtime/observe": ["runtime/contract", "runtime/kernel"],
  "runtime/hosts": ["runtime"],
};

/** Packages, and the only folder that may import each. */
const PACKAGE_HOMES: Readonly<Record<string, string>> = {
  chevrotain: "grammar",
  "ts-morph": "compiler/emit",
  esbuild: "compiler/bundle",
  ajv: "compiler/emit",
  recheck: "compiler/check",
  "@aws-sdk/credential-provider-node": "runtime/hosts",
  "xml-crypto": "runtime/hosts",
  "@redis/client": "runtime/hosts",
  "@xmldom/xmldom": "runtime/hosts",
  "prom-client": "runtime/hosts",
  "@opentelemetry": "runtime/hosts",
  yaml: "compiler/yaml",
  "vscode-languageserver": "editor/lsp",
  "vscode-languageserver-protocol": "editor/lsp",
  "vscode-jsonrpc": "editor/",
  "vscode-languageclient": "editor/vscode/src",
  vscode: "editor/vscode/src",
};

const NODE_FOLDERS = ["compiler/cli/", "runtime/hosts/", "editor/lsp/", "editor/vscode/src/server.ts", "editor/vscode/src/extension.ts"];

function lawFor(path: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((folder) => path === folder || path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function isAllowed({ from, to }: Import): boolean {
  const law = lawFor(from);
  if (law === undefined) return true;
  return [law, ...(MAY_IMPORT[law] ?? [])].some((folder) => to === folder || to.startsWith(`${folder}/`));
}

const internal = files.flatMap((file) => file.imports.filter((found) => !found.isExternal));
const external = files.flatMap((file) => file.imports.filter((found) => found.isExternal));

describe("layers", () => {
  test("each folder imports only what it may see, types included", () => {
    expect(internal.filter((found) => !isAllowed(found)).map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test("each package has one home", () => {
    const strays = external.filter(({ from, to }) => {
      if (to.startsWith("node:")) return !NODE_FOLDERS.some((folder) => from.startsWith(folder));
      const home = PACKAGE_HOMES[Object.keys(PACKAGE_HOMES).find((name) => to === name || to.startsWith(`${name}/`)) ?? ""];
      return home === undefined || !from.startsWith(home);
    });
    expect(strays.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test("no file reaches itself through its imports", () => {
    expect(cycles(files)).toEqual([]);
  });

  test("the reference interpreter and the fast side share nothing but the model and the contract", () => {
    const reach = reachable("compiler/reference/index.ts");
    expect([...reach].filter((path) => !/^(compiler\/(reference|model)|runtime\/contract|grammar\/(source|ast))/.test(path))).toEqual([]);
  });
});

function graph(sources: readonly SourceText[]): ReadonlyMap<string, readonly string[]> {
  return new Map(sources.map((file) => [file.path, file.imports.filter((found) => !found.isExternal).map((found) => found.to)]));
}

function reachable(start: string): ReadonlySet<string> {
  const edges = graph(files);
  const seen = new Set<string>();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...(edges.get(path) ?? []));
  }
  return seen;
}

function cycles(sources: readonly SourceText[]): readonly string[] {
  const edges = graph(sources);
  const state = new Map<string, "open" | "done">();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === "done") return;
    if (state.get(path) === "open") {
      found.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      return;
    }
    state.set(path, "open");
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, "done");
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}
