/** `manifest.json`: what a bundle was made from and what it needs, for people, hosts and audits. Members stand in a fixed order. */
import type { EmittedFile, Manifest } from "../model/emitted.ts";
import type { Ir } from "../model/ir.ts";
import type { Site } from "../model/program.ts";
import type { Type } from "../model/types.ts";

export type ManifestFacts = {
  readonly ir: Ir;
  /** Of the program, by number. */
  readonly sites: readonly Site[];
  /** Name and version. */
  readonly compiler: string;
  /** `file:line` */
  readonly placeOf: (span: Site["span"]) => string;
  /** A type as a user writes it. */
  readonly typeText: (type: Type) => string;
};

export function manifestOf(
  { ir, sites, compiler, placeOf, typeText }: ManifestFacts,
  files: readonly EmittedFile[],
  sha256: (bytes: Uint8Array) => string,
): Manifest {
  return {
    format: 1,
    compiler,
    gateway: ir.name,
    inputs: ir.inputs.map(({ file, kind, sha256: hash }) => ({ file, kind, sha256: hash })),
    environment: ir.environment.map(({ name, type, value }) => ({ name, type: typeText(type), required: value === undefined })),
    secrets: ir.secrets,
    stages: ir.stages,
    principals: ir.identities.map(({ name, kind }) => ({ identity: name, kind })),
    sites: sites.map(({ span }) => placeOf(span)),
    files: Object.fromEntries(files.map(({ path, content }) => [path, sha256(bytesOf(content))])),
  };
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
