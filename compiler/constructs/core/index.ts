/** The words that declare what the rest of a program names, in the order of the manual. */
import type { Construct } from "../construct.ts";
import { backend } from "./backend.ts";
import { env } from "./env.ts";
import { gwl } from "./gwl.ts";
import { identity } from "./identity.ts";
import { importFile } from "./import.ts";
import { constant } from "./let.ts";
import { network } from "./network.ts";
import { policy } from "./policy.ts";
import { secret } from "./secret.ts";
import { tag } from "./tag.ts";
import { type } from "./type.ts";

export const CORE_CONSTRUCTS = [
  gwl,
  importFile,
  constant,
  env,
  secret,
  network,
  type,
  identity,
  backend,
  tag,
  policy,
] as const satisfies readonly Construct[];
