/**
 * `identity X = introspect(URL)`: an authorization server says whether a token is active, and for whom (D134; RFC 7662). A plain yes or no
 * is believed for a while; whatever else is no answer.
 */
import type { Question, World } from "../../runtime/contract/world.ts";
import type { IntrospectIdentity } from "../model/program.ts";
import { bindBearer } from "./bearer.ts";
import { callerOf } from "./claims.ts";
import type { Binder, BoundIdentity, Unverified, Verified } from "./identity.ts";
import { readJson } from "./json.ts";
import { isAskable } from "./askable.ts";
import { isInTime, type Members } from "./token.ts";
import { utf8 } from "./triplets.ts";
import { isRecord, isText } from "./values.ts";

type Expected = { readonly issuer: string | undefined; readonly audience: readonly string[] };
/** Undefined: no answer. */
type Told = Members | "inactive" | undefined;
type Remembered = { readonly by: World["ask"]; readonly token: string; readonly since: number; readonly told: Members | "inactive" };

export function bindIntrospect(identity: IntrospectIdentity, { text, secrets, report }: Binder): BoundIdentity {
  const url = text(identity.url);
  if (!isAskable(url)) report(`identity \`${identity.name}\` asks at \`${url}\``);
  const credentials = `${formText(text(identity.client))}:${formText(secrets[identity.secret] ?? "")}`;
  const expected = { issuer: identity.issuer && text(identity.issuer), audience: identity.audience.map(text) };
  const remembered: Remembered[] = [];
  return bindBearer(identity, async (token, { now, world }) => {
    if (token.length > 8192 || !/^[A-Za-z0-9._~+/-]+=*$/.test(token)) return "invalid";
    const known = remembered.find((one) => one.by === world.ask && one.token === token);
    const isFresh = known !== undefined && known.since <= now && now < known.since + identity.cache;
    const told = isFresh ? known.told : await ask(questionAbout(token, url, credentials, identity.timeout), world);
    if (told === undefined) return "keys-unavailable";
    if (!isFresh) remembered.unshift({ by: world.ask, token, since: now, told });
    return told === "inactive" ? "invalid" : callerToldOf(told, identity, expected, now);
  });
}

function questionAbout(token: string, url: string, credentials: string, timeout: number): Question {
  const headers = [
    ["authorization", `Basic ${btoa(credentials)}`],
    ["content-type", "application/x-www-form-urlencoded"],
    ["accept", "application/json"],
  ] as const;
  const body = new TextEncoder().encode(`token=${formText(token)}&token_type_hint=access_token`);
  return { method: "POST", url, headers, body, timeout, mostBytes: 8192 };
}

/** application/x-www-form-urlencoded, in UTF-8. */
function formText(text: string): string {
  const byteText = (byte: number): string => {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9*._-]/.test(character)) return character;
    return character === " " ? "+" : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  };
  return Array.from(new TextEncoder().encode(text), byteText).join("");
}

async function ask(question: Question, world: World): Promise<Told> {
  const reply = await world.ask(question);
  if (reply.kind !== "answer" || reply.status !== 200) return undefined;
  const read = readJson(utf8(reply.body) ?? "", { depth: 64, keys: 1000 });
  if (!("value" in read) || !isRecord(read.value)) return undefined;
  const { active } = read.value;
  if (active === true) return read.value;
  return active === false ? "inactive" : undefined;
}

/** A token that only its owner can use, by a key of theirs, is not for whoever bears it. */
function callerToldOf(told: Members, identity: IntrospectIdentity, { issuer, audience }: Expected, now: number): Verified | Unverified {
  const { token_type: type, iss, aud } = told;
  if ("cnf" in told || !(type === undefined || (isText(type) && type.toLowerCase() === "bearer"))) return "invalid";
  if (issuer !== undefined && iss !== issuer) return "invalid";
  const named = isText(aud) ? [aud] : Array.isArray(aud) && aud.every(isText) ? aud : [];
  if (audience.length > 0 && !named.some((name) => audience.includes(name))) return "invalid";
  const times = { exp: Number.POSITIVE_INFINITY, ...told };
  const id = told[identity.subject];
  if (!isInTime(times, identity.leeway, now) || !isText(id) || id === "" || [...id].length > 256) return "invalid";
  return callerOf(identity.name, id, identity.claims, told) ?? "invalid";
}
