/** `KEYID/YYYYMMDD/REGION/SERVICE/aws4_request`: whose key, and what it was derived for. Checks shape only. */

export type Scope = {
  /** As it came. */
  readonly credential: string;
  /** What stands behind the key id and its slash. */
  readonly text: string;
  readonly keyId: string;
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
};

export function readScope(text: string): Scope | undefined {
  const [keyId, day, region, service, terminator, ...more] = text.split("/");
  if (more.length > 0 || day === undefined || region === undefined || service === undefined || terminator === undefined) return undefined;
  if (!isKeyId(keyId)) return undefined;
  return { credential: text, text: text.slice(keyId.length + 1), keyId, day, region, service, terminator };
}

function isKeyId(text: string | undefined): text is string {
  return text !== undefined && /^[A-Za-z0-9_]{1,128}$/.test(text);
}
