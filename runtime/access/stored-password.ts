/** The form of stored passwords: scrypt in the PHC string format, neither too cheap nor too dear. */
const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43,86})$/;

/** Bytes that one check may take: 128 times N times r. */
const mostMemory = 64 * 1024 * 1024;

/** Undefined: it can be used. */
export function passwordFault(stored: string): string | undefined {
  const parts = form.exec(stored);
  if (parts === null) return "`password` is no scrypt hash of the form $scrypt$ln=15,r=8,p=1$SALT$HASH";
  const [ln = 0, r = 0, p = 0] = parts.slice(1, 4).map(Number);
  if (ln < 14 || r !== 8 || p < 1 || p > 4) return "`password` has a cost outside ln 14 to 16, r 8, p 1 to 4";
  return 128 * 2 ** ln * r <= mostMemory ? undefined : "`password` has a cost outside ln 14 to 16, r 8, p 1 to 4";
}
