/**
 * The files that a bundle is made of, as esbuild sees them: generated texts and the runtime's sources under names of their own,
 * so that where the compiler is installed shows nowhere in its output. Nothing else can be imported.
 */
import type { OnLoadResult, OnResolveResult, Plugin } from "esbuild";
import { nodeModule } from "./node-modules.ts";

/** The part of the compiler's host that bundling needs. */
export type BundleHost = {
  readonly read: (
    path: string,
    limit: number,
  ) => { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly why: string };
  /** 64 lower-case hex digits. */
  readonly sha256: (bytes: Uint8Array) => string;
};

export type VirtualFiles = {
  /** By name, such as `handler.ts`. */
  readonly generated: ReadonlyMap<string, string>;
  /** Absolute path of the folder `runtime`, of which the files are called `runtime/...`. */
  readonly runtime: string;
  /** Specifiers that stay imports. */
  readonly external: readonly string[];
};

/** The doors that generated files may import. */
const doors: ReadonlyMap<string, string> = new Map([
  ["gwl/runtime", "runtime/index.ts"],
  ["gwl/hosts/node", "runtime/hosts/node/main.ts"],
  ["gwl/hosts/node/supervisor", "runtime/hosts/node/supervisor/run-server.ts"],
  ["gwl/hosts/node/release-watch", "runtime/hosts/node/release-watch.ts"],
  ["gwl/observe/deprecated-calls", "runtime/observe/deprecated-calls.ts"],
  ["gwl/hosts/node/open-lists", "runtime/hosts/node/lists/open-lists.ts"],
  ["gwl/hosts/node/list-reader", "runtime/hosts/node/lists/list-reader.ts"],
  ["gwl/hosts/node/list-thread", "runtime/hosts/node/lists/list-thread.ts"],
  ["gwl/hosts/node/http2-backend", "runtime/hosts/node/upstream/http2-backend.ts"],
  ["gwl/hosts/node/managed-backend", "runtime/hosts/node/upstream/managed-backend.ts"],
  ["gwl/hosts/node/lambda", "runtime/hosts/node/lambda/open-lambda.ts"],
  ["gwl/hosts/node/websocket", "runtime/hosts/node/websocket/open-websocket.ts"],
  ["gwl/hosts/node/listener", "runtime/hosts/node/listener.ts"],
  ["gwl/hosts/node/http2-doors", "runtime/hosts/node/http2/http2-doors.ts"],
  ["gwl/hosts/node/compress", "runtime/hosts/node/compress.ts"],
  ["gwl/hosts/node/decode", "runtime/hosts/node/decode.ts"],
  ["gwl/hosts/node/whole-answer", "runtime/hosts/node/upstream/whole-answer.ts"],
  ["gwl/hosts/node/compose", "runtime/hosts/node/compose/compose.ts"],
  ["gwl/hosts/node/caching", "runtime/hosts/node/cache/caching.ts"],
  ["gwl/hosts/node/observing", "runtime/hosts/node/observe/observing.ts"],
]);
const namespace = "gwl";
const nodeNamespace = "node";
const longestSource = 1_000_000;

export function virtualFiles(files: VirtualFiles, host: BundleHost): Plugin {
  return {
    name: "gwl",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer }) => resolved(path, importer, files));
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => loaded(path, files, host));
      build.onLoad({ filter: /.*/, namespace: nodeNamespace }, ({ path }) => ({ contents: nodeModule(path) }));
    },
  };
}

function resolved(specifier: string, importer: string, { generated, external }: VirtualFiles): OnResolveResult {
  if (specifier.startsWith("node:")) return { path: specifier, namespace: nodeNamespace, sideEffects: false };
  if (external.includes(specifier)) return { path: specifier, external: true };
  const door = doors.get(specifier);
  if (door !== undefined) return { path: door, namespace, sideEffects: false };
  const path = specifier.startsWith(".") ? joined(importer, specifier) : specifier;
  if (generated.has(path)) return { path, namespace };
  if (path.startsWith("runtime/")) return { path, namespace, sideEffects: false };
  return { errors: [{ text: `${specifier} is no part of a gateway` }] };
}

function joined(importer: string, specifier: string): string {
  const parts = importer.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function loaded(path: string, { generated, runtime }: VirtualFiles, host: BundleHost): OnLoadResult {
  const loader = path.endsWith(".ts") ? "ts" : "js";
  const text = generated.get(path);
  if (text !== undefined) return { contents: text, loader };
  const file = host.read(`${runtime}/${path.slice("runtime/".length)}`, longestSource);
  return file.ok ? { contents: file.bytes, loader } : { errors: [{ text: `${path} cannot be read: ${file.why}` }] };
}
