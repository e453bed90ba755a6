/** An address that calls go to. What is known of it changes as calls end; nothing of one call stays. */
import { parseAddress } from "../../../kernel/ip.ts";

/** As the program or environment writes it. `base`: path before the request's own, without slash at its end. */
export type Target = {
  readonly text: string;
  readonly isTls: boolean;
  /** Without the brackets of IPv6. */
  readonly hostname: string;
  readonly isAddress: boolean;
  readonly port: number;
  /** What `host` says. */
  readonly authority: string;
  readonly base: string;
};

export type Endpoint = {
  readonly target: Target;
  readonly address: string;
  readonly port: number;
  /** Its share of the calls beside those of the others: above 0. */
  weight: number;
  /** How many calls it is behind its share; below 0: ahead of it. */
  behind: number;
  /** Calls under way. */
  running: number;
  /** What health checks say. */
  isHealthy: boolean;
  /** Failed calls since the last good one. */
  failures: number;
  /** Monotonic milliseconds; it gets no calls before. */
  ejectedUntil: number;
  ejections: number;
};

export function endpoint(target: Target, address: string, port: number, weight = 1): Endpoint {
  return { target, address, port, weight, behind: 0, running: 0, isHealthy: true, failures: 0, ejectedUntil: 0, ejections: 0 };
}

/** `http://HOST[:PORT][/BASE]`, checked when the gateway started. */
export function readTarget(text: string): Target {
  const isTls = text.startsWith("https:");
  const rest = text.slice(isTls ? "https://".length : "http://".length);
  const slash = rest.indexOf("/");
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const base = slash < 0 ? "" : rest.slice(slash);
  const url = new URL(`http://${authority}`);
  const hostname = url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
  const port = /:([0-9]+)$/.exec(authority)?.[1];
  return {
    text,
    isTls,
    hostname,
    isAddress: parseAddress(hostname) !== undefined,
    port: port === undefined ? (isTls ? 443 : 80) : Number(port),
    authority,
    base: base.endsWith("/") ? base.slice(0, -1) : base,
  };
}
