/**
 * A started `basic` identity (RFC 7617). Promises: a name that nobody has costs what a known one costs, as many checks as the name with most entries; a password that was good is not hashed
 * again for a minute; and who sends many at once waits for nobody's threads but is refused.
 */
import type { BasicData } from "../contract/identity-data.ts";
import type { Verification } from "../contract/verification.ts";
import type { World } from "../contract/world.ts";
import type { IdentityBrought, RunningIdentity } from "../kernel/running-identity.ts";
import { credentialsOf } from "./authorization-field.ts";
import { readStore, storeReport, type StoreEntry } from "./credential-store.ts";
import { readCredentials } from "./basic-credentials.ts";
import { passwordMemory } from "./password-memory.ts";
import { passwordFault } from "./stored-password.ts";

/** Of nobody's password, at the cost of new ones. */
const nobodys = "$scrypt$ln=15,r=8,p=1$Z3dsLW5vYm9keS1zYWx0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

export function basicIdentity(data: BasicData, { secrets, secretNames }: IdentityBrought, problems: string[]): RunningIdentity {
  const users = byName(data, secrets[data.store], storeReport(data, secretNames, problems));
  const entries = [...users.values()];
  const most = Math.max(1, ...entries.map(({ length }) => length));
  const filler = entries[0]?.[0]?.credential ?? nobodys;
  const memory = passwordMemory();
  const verify = async (sent: string, now: number, world: World): Promise<Verification> => {
    const credentials = readCredentials(sent);
    if (credentials === undefined) return refused("no name and password in base64");
    const known = users.get(credentials.name) ?? [];
    let user: StoreEntry | undefined;
    for (let at = 0; at < most; at++) {
      const entry = known[at];
      const isGood = await memory.check(sent, entry?.credential ?? filler, credentials.password, now, world);
      if (isGood === "busy") return { ok: false, cause: "keys-unavailable", why: "too many passwords are being checked" };
      if (isGood && entry?.enabled === true && now < entry.expires) user ??= entry;
    }
    return user === undefined
      ? refused("no user of this name and password, or none that still may")
      : { ok: true, principal: user.principal };
  };
  return {
    verify: ({ request, now }, _request, world) => {
      const sent = credentialsOf(request.headers, "basic");
      return sent === undefined ? absent : verify(sent, now, world).catch(() => refused("the password could not be checked"));
    },
    challenge: () => `Basic realm="${data.name}", charset="UTF-8"`,
  };
}

/** A name may have several entries, each with its password. Undefined: the secret is missing, which is reported already. */
function byName(data: BasicData, store: string | undefined, report: (what: string) => void): ReadonlyMap<string, readonly StoreEntry[]> {
  const users = new Map<string, StoreEntry[]>();
  if (store === undefined) return users;
  const entries = readStore(store, { list: "users", who: "name", credential: "password" }, data, report);
  for (const [at, entry] of entries.entries()) {
    const { id } = entry.principal;
    const fault = id.includes(":") ? "a name has no `:`" : passwordFault(entry.credential);
    if (fault !== undefined) report(`is wrong at entry ${at + 1}: ${fault}`);
    const others = users.get(id);
    if (others === undefined) users.set(id, [entry]);
    else others.push(entry);
  }
  return users;
}

const absent: Verification = { ok: false, cause: "absent", why: "no name and password" };

function refused(why: string): Verification {
  return { ok: false, cause: "invalid", why };
}
