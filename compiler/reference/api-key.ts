/** A key proves who calls if its digest stands in the store, enabled and not past its end (D120). */
import type { ApiKeyIdentity } from "../model/program.ts";
import { valueOf } from "./fields.ts";
import type { Binder, BoundIdentity } from "./identity.ts";
import { readStore } from "./store.ts";

export function bindApiKey(identity: ApiKeyIdentity, { secrets, report }: Binder): BoundIdentity {
  const { name, headers, store } = identity;
  const entries = readStore(secrets[store] ?? "", { list: "keys", who: "id", proof: "sha256" }, identity, report);
  if (!entries.every(({ proof }) => /^[0-9a-f]{64}$/.test(proof)))
    report(`\`${store}\`, the store of \`${name}\`, has a digest that is none`);
  if (new Set(entries.map(({ proof }) => proof)).size < entries.length) report(`\`${store}\`, the store of \`${name}\`, has one key twice`);
  return {
    name,
    verify: async ({ request, now, world }) => {
      const key = valueOf(request.fields, headers[0] ?? "");
      if (key === undefined) return "absent";
      const digest = Array.from(world.digest("sha256", new TextEncoder().encode(key)), (byte) => byte.toString(16).padStart(2, "0")).join(
        "",
      );
      const entry = entries.find(({ proof }) => proof === digest);
      const isKey = key.length >= 20 && key.length <= 128 && /^[!-~]*$/.test(key);
      return isKey && entry?.enabled === true && now < entry.expires ? entry.verified : "invalid";
    },
    challenge: () => "ApiKey",
  };
}
