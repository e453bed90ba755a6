/** The words that declare what the rest of a program names, in the order of the manual, and all findings that they make. */
import type { Construct } from "../construct.ts";
import { backend } from "./backend.ts";
import { AUTHORIZER_DIAGNOSTICS } from "./authorizer/authorizer.diagnostics.ts";
import { BACKEND_DIAGNOSTICS } from "./backend/backend.diagnostics.ts";
import { HTTP_BACKEND_DIAGNOSTICS } from "./backend/http/http.diagnostics.ts";
import { HTTP_BACKEND_STATEMENTS } from "./backend/http/index.ts";
import { env, ENV_DIAGNOSTICS } from "./env.ts";
import { EDITION_DIAGNOSTICS, gwl } from "./gwl.ts";
import { identity } from "./identity.ts";
import { IDENTITY_DIAGNOSTICS } from "./identity/identity.diagnostics.ts";
import { importFile } from "./import.ts";
import { JWT_DIAGNOSTICS } from "./jwt/jwt.diagnostics.ts";
import { TOKEN_DIAGNOSTICS } from "./jwt/token.diagnostics.ts";
import { constant } from "./let.ts";
import { MTLS_DIAGNOSTICS } from "./mtls/mtls.diagnostics.ts";
import { network } from "./network.ts";
import { NETWORK_DIAGNOSTICS } from "./network/network.diagnostics.ts";
import { RELOAD_DIAGNOSTICS } from "./network/reload.diagnostics.ts";
import { policy, POLICY_DIAGNOSTICS } from "./policy.ts";
import { secret, SECRET_DIAGNOSTICS } from "./secret.ts";
import { SIGV4_DIAGNOSTICS } from "./sigv4/sigv4.diagnostics.ts";
import { tag, TAG_DIAGNOSTICS } from "./tag.ts";
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
  ...HTTP_BACKEND_STATEMENTS,
  tag,
  policy,
] as const satisfies readonly Construct[];

export const CORE_DIAGNOSTICS = [
  ...EDITION_DIAGNOSTICS,
  ...ENV_DIAGNOSTICS,
  ...SECRET_DIAGNOSTICS,
  ...TAG_DIAGNOSTICS,
  ...POLICY_DIAGNOSTICS,
  ...NETWORK_DIAGNOSTICS,
  ...RELOAD_DIAGNOSTICS,
  ...IDENTITY_DIAGNOSTICS,
  ...AUTHORIZER_DIAGNOSTICS,
  ...JWT_DIAGNOSTICS,
  ...TOKEN_DIAGNOSTICS,
  ...MTLS_DIAGNOSTICS,
  ...SIGV4_DIAGNOSTICS,
  ...BACKEND_DIAGNOSTICS,
  ...HTTP_BACKEND_DIAGNOSTICS,
] as const;
