/** What a deployment says about processes, by environment. Promises that a value which cannot be meant is refused, with all others that cannot. */
import { availableParallelism } from "node:os";

export type ProcessSettings = {
  /** Processes that serve; 0: this one does, without a supervisor. */
  readonly workers: number;
  /** Where bundles that were taken over are kept over restarts; absent: for the life of the process. */
  readonly keptIn?: string;
  /** Path of the socket that answers operators. */
  readonly adminSocket?: string;
  /** Whether a bundle that appears in the place of the old one is taken over by itself. */
  readonly isWatching: boolean;
};
export type ReadSettings =
  | { readonly ok: true; readonly settings: ProcessSettings }
  | { readonly ok: false; readonly problems: readonly string[] };

const mostWorkers = 256;

/** `WORKERS`, `KEEP_BUNDLES_IN`, `ADMIN_SOCKET`, `WATCH_BUNDLE`. */
export function readProcessSettings(environment: Readonly<Record<string, string | undefined>>): ReadSettings {
  const { WORKERS, KEEP_BUNDLES_IN, ADMIN_SOCKET, WATCH_BUNDLE } = environment;
  const problems: string[] = [];
  const workers = WORKERS === undefined ? Math.min(availableParallelism(), mostWorkers) : Number(WORKERS);
  if (WORKERS !== undefined && !(/^[0-9]{1,3}$/.test(WORKERS) && workers <= mostWorkers))
    problems.push(`\`WORKERS\` must be a number from 0 to ${mostWorkers}: the processes that serve, or 0 for this one alone`);
  if (KEEP_BUNDLES_IN === "") problems.push("`KEEP_BUNDLES_IN` is empty: it must be the path of a folder, or not be set");
  if (ADMIN_SOCKET === "") problems.push("`ADMIN_SOCKET` is empty: it must be the path of a socket, or not be set");
  if (WATCH_BUNDLE !== undefined && WATCH_BUNDLE !== "on" && WATCH_BUNDLE !== "off") problems.push("`WATCH_BUNDLE` must be `on` or `off`");
  if (workers === 0 && problems.length === 0)
    for (const [name, value] of Object.entries({ KEEP_BUNDLES_IN, ADMIN_SOCKET, WATCH_BUNDLE }))
      if (value !== undefined && value !== "off")
        problems.push(`\`${name}\` is set, but \`WORKERS\` is 0: only a supervisor takes bundles over`);
  if (problems.length > 0) return { ok: false, problems };
  const kept = KEEP_BUNDLES_IN === undefined ? {} : { keptIn: KEEP_BUNDLES_IN };
  const admin = ADMIN_SOCKET === undefined ? {} : { adminSocket: ADMIN_SOCKET };
  return { ok: true, settings: { workers, ...kept, ...admin, isWatching: WATCH_BUNDLE === "on" } };
}
