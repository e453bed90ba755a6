/** A gateway in two versions that differ in what they tell the backend and the client, with a backend that echoes: a request that saw both shows it. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BIN } from "../cli/gwl.ts";
import type { LoadAnswer } from "./steady-load.ts";

export const versions = ["A", "B"] as const;
export type Version = (typeof versions)[number];

const text = (version: Version): string => `gwl 1

env BACKEND: Url

gateway two {
  listen 0
}

backend echo = http { targets: [BACKEND] }

GET "/{rest: Rest}" -> echo {
  public because "a figure"
  set header "X-Version" = "${version}"
  set response header "X-Version" = "${version}"
}
`;

/** The folder of each bundle. */
export function buildVersions(folder: string): Readonly<Record<Version, string>> {
  return { A: buildBundle(folder, "A", text("A")), B: buildBundle(folder, "B", text("B")) };
}

/** The same with one more thing that it needs to start. */
export function buildNeedy(folder: string): string {
  return buildBundle(
    folder,
    "needy",
    text("B").replace("env BACKEND: Url\n", "env BACKEND: Url\nenv TOKEN_URL: Url\n").replace("[BACKEND]", "[BACKEND, TOKEN_URL]"),
  );
}

/** A bundle of `source` in `folder`/`name`. */
export function buildBundle(folder: string, name: string, source: string): string {
  const [file, out] = [join(folder, `${name}.gwl`), join(folder, name)];
  writeFileSync(file, source);
  const { status, stderr } = spawnSync(process.execPath, [BIN, "build", file, "--quiet", "--out", out], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return out;
}

/** Undefined where one version did all of it. The backend's body is the header that it got. */
export function mixedUp({ status, headers, body }: LoadAnswer): string | undefined {
  if (status !== 200) return `status ${status}`;
  const said = String(headers["x-version"]);
  return said === body && versions.some((version) => version === said) ? undefined : `mixed: ${said} to the client, ${body} to the backend`;
}
