/** What a property found stays as files: the program and the request, ready to become a case. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "../../runtime/contract/world.ts";
import type { Generated } from "../arbitraries/generated.ts";
import type { GeneratedRequest } from "../arbitraries/requests.ts";
import { keyFiles } from "../harness/check-generated.ts";

const FOLDER = join(import.meta.dirname, "../../out/counterexamples");

/** The error to throw; `said` tells what differs. */
export function counterexample(
  generated: Generated,
  configuration: Configuration,
  request: GeneratedRequest | undefined,
  said: string,
): Error {
  const files = { ...generated.files, ...keyFiles(generated), "configuration.json": JSON.stringify(configuration, undefined, 2) };
  const shown = request && JSON.stringify({ ...request, body: Buffer.from(request.body).toString("latin1") }, undefined, 2);
  for (const [path, text] of Object.entries(shown === undefined ? files : { ...files, "request.json": shown })) {
    mkdirSync(join(FOLDER, path, ".."), { recursive: true });
    writeFileSync(join(FOLDER, path), text);
  }
  const program = Object.entries(generated.files).map(([path, text]) => `--- ${path}\n${text}`);
  return new Error(`${said} (kept in out/counterexamples)\n${program.join("")}\n${JSON.stringify(configuration)}\n${shown ?? ""}`);
}
