/** All benches by the names that `--only` takes, in the order in which they run. */
import { bodiesBench } from "./bodies.bench.ts";
import { compileBench } from "./compile.bench.ts";
import { decisionBench } from "./decision.bench.ts";
import { iamBench } from "./iam.bench.ts";
import { largeBundleBench } from "./large-bundle.bench.ts";
import { networksBench } from "./networks.bench.ts";
import { observeBench } from "./observe.bench.ts";
import { policiesBench } from "./policies.bench.ts";
import { routesBench } from "./routes.bench.ts";
import type { BenchResult, BenchRow } from "./row.ts";
import { sigV4Bench } from "./sigv4.bench.ts";
import { startBench } from "./start.bench.ts";
import { tokensBench } from "./tokens.bench.ts";
import { wholeBench } from "./whole.bench.ts";

export type Bench = { readonly name: string; readonly run: () => Promise<BenchResult> };

export const benches: readonly Bench[] = [
  { name: "routes", run: routesBench },
  { name: "networks", run: networksBench },
  { name: "policies", run: policiesBench },
  { name: "iam", run: iamBench },
  { name: "tokens", run: tokensBench },
  { name: "bodies", run: bodiesBench },
  { name: "whole", run: wholeBench },
  { name: "decisions", run: rowsOnly(decisionBench) },
  { name: "sigv4", run: rowsOnly(sigV4Bench) },
  { name: "observe", run: rowsOnly(observeBench) },
  { name: "start", run: rowsOnly(startBench) },
  { name: "compiling", run: rowsOnly(compileBench) },
  { name: "large-bundle", run: rowsOnly(largeBundleBench) },
];

function rowsOnly(run: () => Promise<readonly BenchRow[]> | readonly BenchRow[]): () => Promise<BenchResult> {
  return async () => ({ rows: await run(), curves: [] });
}
