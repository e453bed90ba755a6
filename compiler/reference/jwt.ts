/** A `jwt` identity knows its issuer, and where the keys are (D15, D40). */
import type { JwtIdentity } from "../model/program.ts";
import type { Binder, BoundIdentity } from "./identity.ts";
import { readText } from "./text-values.ts";
import { bindToken, type BoundToken } from "./token.ts";

export function bindJwt(identity: JwtIdentity, binder: Binder): BoundIdentity {
  const { text } = binder;
  return bindToken({
    identity,
    issuer: text(identity.issuer),
    audience: identity.audience.map(text),
    clients: identity.clients.map(text),
    keys: keysOf(identity, binder),
  });
}

function keysOf({ name, keys, algorithms }: JwtIdentity, { text, secrets, report }: Binder): BoundToken["keys"] {
  switch (keys.kind) {
    case "static":
      return async () => keys.keys;
    case "url": {
      const url = text(keys.url);
      if (readText({ kind: "url" }, url) === undefined) report(`the keys of identity \`${name}\` have no URL: \`${url}\``);
      return async (world, refresh) => world.keySet(url, refresh);
    }
    case "secret": {
      const secret = secrets[keys.secret] ?? "";
      const fewest = algorithms.includes("HS512") ? 64 : algorithms.includes("HS384") ? 48 : 32;
      if (new TextEncoder().encode(secret).length < fewest)
        report(`\`${keys.secret}\` of identity \`${name}\` has fewer than ${fewest} bytes: set it to that many`);
      return { kind: "secret", secret };
    }
  }
}
