/** Our side of the contest of policies: a program with the rules, compiled; of its decision only what rules ask, from route and caller to yes or no. */
import { emit } from "../../../compiler/emit/index.ts";
import { compile } from "../../../compiler/index.ts";
import { lower } from "../../../compiler/lower/index.ts";
import { cellWords } from "../../../runtime/contract/tables.ts";
import * as runtime from "../../../runtime/index.ts";
import type { Bound, Call } from "../../../runtime/kernel/call.ts";
import type { GatewayCode } from "../../../runtime/kernel/code.ts";
import { diagramWalker } from "../../../runtime/kernel/diagram.ts";
import { openTables } from "../../../runtime/kernel/tables.ts";
import { startModule } from "../../emit/compiled.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { type PolicySetup, type Question, routeGroups } from "../data/group-rules.ts";

export async function compiledRules(setup: PolicySetup): Promise<(question: Question) => boolean> {
  const { value, diagnostics } = await compile("/bench/gateway.gwl", memoryHost({ "/bench/gateway.gwl": program(setup) }), "check");
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(error.message);
  let caught: { readonly tables: Uint8Array; readonly checksum: number; readonly code: GatewayCode } | undefined;
  const start: typeof runtime.start = (tables, checksum, code) => {
    caught = { tables, checksum, code };
    return () => ({ problems: [] });
  };
  startModule(emit(lower(value.program), new Map()), { ...runtime, start });
  if (caught === undefined) throw new Error("the program did not start");
  const opened = openTables(caught.tables, caught.checksum);
  if (!opened.ok) throw new Error(opened.problem);
  return decider(opened.tables, caught.code);
}

type Opened = Extract<ReturnType<typeof openTables>, { readonly ok: true }>["tables"];

function decider(tables: Opened, code: GatewayCode): (question: Question) => boolean {
  const { data, rows, cells } = tables;
  const routes = tables.routes.all();
  const { walk } = diagramWalker(tables, code.predicates, code.subjects);
  const bound = { data, patterns: [], members: data.values.map((value) => new Set<unknown>(Array.isArray(value) ? value : [])) };
  const numbers = routes.map(({ key }) => Number(/\d+$/.exec(key)?.[0]));
  const rowOf = numbers.map((_, route) => routes[numbers.indexOf(route)]?.row ?? 0);
  return ({ route, groups }) => {
    const principal = { identity: 0, id: "u", claims: { groups } };
    const call = { bound: bound as unknown as Bound, method: "GET", now: 0, principals: [principal], body: undefined } as unknown as Call;
    const cell = (rows[(rowOf[route] ?? 0) * data.classCount] ?? 0) * cellWords;
    for (let part = 0; part < 2; part++) if (walk(cells[cell + part] ?? 0, call) > 0) return false;
    for (let part = 3; part < 5; part++) if (walk(cells[cell + part] ?? 0, call) > 0) return true;
    return false;
  };
}

function program(setup: PolicySetup): string {
  const routes = routeGroups(setup).map((groups, route) => {
    const rules = groups.map((group) => `    allow when principal is Caller and "${group}" in principal.groups\n`);
    return `  GET "/r${route}" -> service {\n${rules.join("")}  }`;
  });
  return `gwl 1
secret KEY: String
identity Caller = jwt { issuer: "https://login.example", audience: "api", algorithms: [HS256], secret: KEY, claims { groups: Set<String> } }
backend service = http { targets: ["http://127.0.0.1:9999"] }
gateway bench {
  listen 8080
}
api bench at "/" {
  accept Caller
${routes.join("\n")}
}
`;
}
