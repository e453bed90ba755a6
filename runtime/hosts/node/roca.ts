/**
 * RSA moduli from the generator of CVE-2017-15361 (ROCA), whose keys can be factored. Its primes are powers of 65537 modulo
 * many small primes, so its moduli are as well; of other moduli about one in 2^27 looks like that.
 */

/** Small primes modulo which 65537 has few powers. */
const telling = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

const powers = new Map(telling.map((prime) => [prime, powersModulo(prime)]));

export function hasRocaFingerprint(modulus: bigint): boolean {
  return telling.every((prime) => powers.get(prime)?.has(Number(modulus % BigInt(prime))) === true);
}

function powersModulo(prime: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (let power = 1; !found.has(power); power = (power * 65_537) % prime) found.add(power);
  return found;
}
