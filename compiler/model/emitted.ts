/** What emission and bundling give. Paths are relative to the output folder, with `/`. */
import type { KnownAnswer } from "./route-answers.ts";

export type EmittedFile = { readonly path: string; readonly content: string | Uint8Array };

/**
 * The handler as TypeScript, the tables that it reads, and the validators of typed bodies as JavaScript (empty where there
 * are none). The handler imports its validators from `./validators.js` and everything else from `gwl/runtime`.
 */
export type EmittedModule = { readonly handler: string; readonly tables: Uint8Array; readonly validators: string };

export type Bundle = { readonly files: readonly EmittedFile[]; readonly manifest: Manifest; readonly served: ServedRoutes };

export type Manifest = {
  readonly format: 1;
  readonly compiler: string;
  readonly gateway: string;
  readonly inputs: readonly { readonly file: string; readonly kind: string; readonly sha256: string }[];
  readonly environment: readonly { readonly name: string; readonly type: string; readonly required: boolean }[];
  readonly secrets: readonly string[];
  readonly stages: readonly string[];
  readonly principals: readonly { readonly identity: string; readonly kind: string }[];
  /** For each site number where it stands. What it says there is in `sites.json`, which no server reads. */
  readonly sites: readonly string[];
  /** SHA-256 of the files beside it. */
  readonly files: Readonly<Record<string, string>>;
};
/** `routes.json`: what it serves, for people and audits. A server does not read it, so it starts as soon with ten thousand routes. */
export type ServedRoutes = {
  readonly format: 1;
  readonly routes: readonly ServedRoute[];
  /** The refusals of requests that come to no route. */
  readonly answers: readonly KnownAnswer[];
};
export type ServedRoute = {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly api?: string;
  readonly version?: number;
  /** How requests choose the version, such as `by header x-api-version default`; absent: the path decides. */
  readonly chosen?: string;
  readonly at: string;
  readonly access: "public" | "anonymous" | "authenticated";
  readonly accept: readonly string[];
  /** The refusals that the gateway itself can give there. */
  readonly answers: readonly KnownAnswer[];
};
