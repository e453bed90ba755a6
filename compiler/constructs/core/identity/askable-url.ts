/** Whom a gateway may ask for what decides. Promises: nobody between can answer in its place, or hear what is said. */

/**
 * Why `text` cannot be asked, as a clause; undefined where it can. What is not on this machine must be asked over https: who answers in its
 * place would choose the keys, or say who calls.
 */
export function askableUrlProblem(text: string): string | undefined {
  if (!URL.canParse(text) || !/^https?:\/\/[!-~]+$/.test(text)) return "is no URL";
  const { protocol, hostname, username, password } = new URL(text);
  if (/[?#]/.test(text)) return "has a query or a fragment";
  if (username !== "" || password !== "") return "has a user or a password";
  const isHere = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  return protocol === "https:" || isHere ? undefined : "only `https` will do, but for what is on this machine";
}
