/** The words about gateways, routes and access, and all findings that they make. */
import type { StatementConstruct } from "../construct.ts";
import { accept } from "./accept.ts";
import { ACCESS_STATEMENT_DIAGNOSTICS } from "./access.diagnostics.ts";
import { allow } from "./allow.ts";
import { api } from "./api.ts";
import { apply } from "./apply.ts";
import { arn } from "./arn.ts";
import { deny } from "./deny.ts";
import { endpointPolicy } from "./entry/endpoint-policy.ts";
import { entry } from "./entry/entry.ts";
import { ENTRY_DIAGNOSTICS } from "./entry/entry.diagnostics.ts";
import { mtls } from "./entry/mtls.ts";
import { proxyProtocol } from "./entry/proxy-protocol.ts";
import { tls } from "./entry/tls.ts";
import { via } from "./entry/via.ts";
import { explain } from "./explain.ts";
import { gateway } from "./gateway.ts";
import { group } from "./group.ts";
import { IAM_DIAGNOSTICS } from "./iam/iam.diagnostics.ts";
import { limits } from "./limits.ts";
import { listen } from "./listen.ts";
import { override } from "./override.ts";
import { PATH_DIAGNOSTICS } from "./path/path.diagnostics.ts";
import { paths } from "./paths.ts";
import { publicStatement } from "./public.ts";
import { require } from "./require.ts";
import { resourcePolicy } from "./resource-policy.ts";
import { respond } from "./respond.ts";
import { route } from "./route.ts";
import { ROUTING_DIAGNOSTICS } from "./routing.diagnostics.ts";
import { set } from "./set.ts";
import { tags } from "./tags.ts";
import { TEST_DIAGNOSTICS } from "./tests/test.diagnostics.ts";
import { test } from "./tests/test.ts";
import { trust } from "./trust.ts";
import { use } from "./use.ts";

export const ACCESS_CONSTRUCTS: readonly StatementConstruct[] = [
  gateway,
  listen,
  trust,
  limits,
  paths,
  explain,
  arn,
  entry,
  tls,
  mtls,
  proxyProtocol,
  via,
  endpointPolicy,
  api,
  group,
  route,
  accept,
  allow,
  deny,
  require,
  publicStatement,
  use,
  apply,
  override,
  resourcePolicy,
  tags,
  set,
  respond,
  test,
];

export const ACCESS_CONSTRUCT_DIAGNOSTICS = [
  ...PATH_DIAGNOSTICS,
  ...ACCESS_STATEMENT_DIAGNOSTICS,
  ...ROUTING_DIAGNOSTICS,
  ...ENTRY_DIAGNOSTICS,
  ...TEST_DIAGNOSTICS,
  ...IAM_DIAGNOSTICS,
] as const;
