/** The part of the emitted program that runs once, when the gateway starts: values that depend on the stage and the environment. */
import type { Expr } from "../model/expression.ts";
import type { Ir } from "../model/ir.ts";
import type { Door, Identity } from "../model/program.ts";
import { lateOfBackend } from "./backends/index.ts";
import { code, joined, nothing, ownWord, type Code } from "./code.ts";
import { value } from "./expression.ts";
import type { LateSetting } from "./late-setting.ts";
import { lateOf } from "./identities/index.ts";
import type { Surroundings } from "./surroundings.ts";

/** `at` reaches what is `bound` only. */
export function startCode(ir: Ir, at: Surroundings): Code {
  const { settings } = ir;
  return code`const starting: StartCode = {
  listen: ${late(settings.listen, at)},
  api: [${lateList(apiParts(ir), at)}],
  hosts: [${lateList(settings.hosts, at)}],
  environment: [${joined(
    ir.environment.map((env) => late(env.value, at)),
    ", ",
  )}],
  identities: [${joined(
    ir.identities.map((identity) => identityCode(identity, at)),
    ", ",
  )}],
  entries: [${joined(
    ir.entries.map(({ door }) => settingsCode(lateOfDoor(door), at)),
    ", ",
  )}],
  backends: [${joined(
    ir.backends.map((backend) => settingsCode(lateOfBackend(backend), at)),
    ", ",
  )}],${corsCode(ir, at)}${sharesCode(ir, at)}${storesCode(ir, at)}
};`;
}

function apiParts({ settings: { arn } }: Ir): readonly Expr[] {
  return arn === undefined ? [] : [arn.partition, arn.region, arn.account, arn.api];
}

function corsCode({ cors }: Ir, at: Surroundings): Code {
  if (cors === undefined) return nothing;
  const origins = cors.levels.map((level) => late(level.origins === "any" ? undefined : level.origins, at));
  return code`
  cors: [${joined(origins, ", ")}],`;
}

/** Of each release the share that is drawn. */
function sharesCode({ releases }: Ir, at: Surroundings): Code {
  if (releases === undefined) return nothing;
  const shares = releases.map(({ share }) => late(share, at));
  return code`
  shares: [${joined(shares, ", ")}],`;
}

function storesCode({ stores }: Ir, at: Surroundings): Code {
  if (stores === undefined) return nothing;
  const late = stores.map(({ nodes, master, user }) =>
    settingsCode(
      [
        ["nodes", nodes],
        ...(master === undefined ? [] : [["master", [master]] as const]),
        ...(user === undefined ? [] : [["user", [user]] as const]),
      ],
      at,
    ),
  );
  return code`
  stores: [${joined(late, ", ")}],`;
}

function identityCode(identity: Identity, at: Surroundings): Code {
  return settingsCode(lateOf(identity), at);
}

type LateSettings = readonly LateSetting[];

export function settingsCode(late: LateSettings, at: Surroundings): Code {
  const settings = late.map(([setting, values]) => code`${ownWord(setting)}: [${lateList(values, at)}]`);
  return code`{ ${joined(settings, ", ")} }`;
}

function lateOfDoor(door: Door): LateSettings {
  if (door.kind === "endpoint") return [["vpce", [door.vpce]], ...(door.vpc === undefined ? [] : [["vpc", [door.vpc]] as const])];
  return [
    ["listen", [door.at.kind === "port" ? door.at.port : door.at.path]],
    ...(door.tls === undefined
      ? []
      : ([
          ["certificate", [door.tls.certificate]],
          ["key", [door.tls.key]],
        ] as const)),
    ...(door.mtls === undefined ? [] : ([["truststore", [door.mtls.truststore]]] as const)),
  ];
}

function lateList(values: readonly Expr[], at: Surroundings): Code {
  return joined(
    values.map((one) => late(one, at)),
    ", ",
  );
}

function late(expr: Expr | undefined, at: Surroundings): Code {
  const result = expr === undefined ? code`undefined` : value(expr, at);
  return /\bbound\b/.test(result) ? code`(bound) => ${result}` : code`() => ${result}`;
}
