/** What a deployment says of how much a process may keep of answers, by environment. */

export type CacheSize = { readonly bytes: number } | { readonly problems: readonly string[] };

const mebibyte = 1024 * 1024;
const usual = 64;
const most = 65_536;

/** `CACHE_MIB` */
export function readCacheSize({ CACHE_MIB }: Readonly<Record<string, string | undefined>>): CacheSize {
  const size = CACHE_MIB === undefined ? usual : /^[0-9]{1,5}$/.test(CACHE_MIB) ? Number(CACHE_MIB) : 0;
  return size < 1 || size > most ? { problems: [`\`CACHE_MIB\` must be a number from 1 to ${most}`] } : { bytes: size * mebibyte };
}
