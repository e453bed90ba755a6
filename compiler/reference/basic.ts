/** A name and a password prove who calls if the password is the one that the store's hash was made of (D122, RFC 7617). */
import type { World } from "../../runtime/contract/world.ts";
import type { BasicIdentity } from "../model/program.ts";
import { credentials } from "./authorization.ts";
import type { Binder, BoundIdentity } from "./identity.ts";
import { readStore } from "./store.ts";
import { utf8 } from "./triplets.ts";

export function bindBasic(identity: BasicIdentity, { secrets, report }: Binder): BoundIdentity {
  const { name } = identity;
  const users = readStore(secrets[identity.store] ?? "", { list: "users", who: "name", proof: "password" }, identity, report);
  const names = users.map(({ verified }) => verified.principal.id);
  if (names.some((user) => user.includes(":"))) report(`\`${identity.store}\`, the store of \`${name}\`, has a name with \`:\``);
  if (!users.every(({ proof }) => isHash(proof)))
    report(`\`${identity.store}\`, the store of \`${name}\`, has a password that is no scrypt hash`);
  return {
    name,
    verify: async ({ request, now, world }) => {
      const sent = credentials(request.fields, "basic");
      if (sent === undefined) return "absent";
      const pair = pairIn(sent);
      const named = users.filter(({ verified, enabled, expires }) => verified.principal.id === pair?.name && enabled && now < expires);
      for (const { proof, verified } of named) if (pair && (await isRight(proof, pair.password, world))) return verified;
      return "invalid";
    },
    challenge: () => `Basic realm="${name}", charset="UTF-8"`,
  };
}

/** Nothing but a plain yes is one. */
async function isRight(proof: string, password: Uint8Array, world: World): Promise<boolean> {
  try {
    const said: unknown = await world.verifyPassword(proof, password);
    return said === true;
  } catch {
    return false;
  }
}

/** `$scrypt$ln=N,r=8,p=N$SALT$HASH`: a salt of at least 8 bytes, a hash of at least 32, a cost that is neither too small nor too large. */
function isHash(text: string): boolean {
  const [empty, scheme, cost = "", salt = "", hash = "", ...more] = text.split("$");
  const [, ln, p] = /^ln=([0-9]{1,2}),r=0?8,p=([0-9]{1,2})$/.exec(cost) ?? [];
  const isBase64 = (part: string, least: number): boolean => /^[A-Za-z0-9+/]*$/.test(part) && part.length >= least && part.length <= 86;
  if (empty !== "" || scheme !== "scrypt" || more.length > 0 || !isBase64(salt, 11) || !isBase64(hash, 43)) return false;
  return Number(ln) >= 14 && Number(ln) <= 16 && Number(p) >= 1 && Number(p) <= 4;
}

/** Name and password are UTF-8 without control characters; the first colon parts them, and a name is not empty. */
function pairIn(text: string): { readonly name: string; readonly password: Uint8Array } | undefined {
  if (text.length > 2048 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (btoa(String.fromCharCode(...bytes)) !== text) return undefined;
  const colon = bytes.indexOf(58);
  const name = utf8(bytes.slice(0, Math.max(0, colon)));
  const password = bytes.slice(colon + 1);
  const isClean = bytes.every((byte) => byte >= 32 && byte !== 127);
  return colon > 0 && isClean && name !== undefined && utf8(password) !== undefined ? { name, password } : undefined;
}
