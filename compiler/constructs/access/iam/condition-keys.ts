/** The condition keys of requests to an API, by lower-case name: which there are, and when they are there. */

type When = "always" | "sometimes";

/** With any authentication. `aws:Referer` and `aws:UserAgent` come where the client sends the header, the keys of VPCs by an entry only. */
const KEYS: Readonly<Record<string, When>> = {
  "aws:currenttime": "always",
  "aws:epochtime": "always",
  "aws:securetransport": "always",
  "aws:requestedregion": "always",
  "aws:principalisawsservice": "always",
  "aws:viaawsservice": "always",
  "aws:sourceip": "sometimes",
  "aws:referer": "sometimes",
  "aws:useragent": "sometimes",
  "aws:sourcearn": "sometimes",
  "aws:sourcevpc": "sometimes",
  "aws:sourcevpce": "sometimes",
  "aws:vpcsourceip": "sometimes",
  "aws:tokenissuetime": "sometimes",
  "aws:multifactorauthpresent": "sometimes",
  "aws:multifactorauthage": "sometimes",
  "aws:principalaccount": "sometimes",
  "aws:principalarn": "sometimes",
  "aws:principalorgid": "sometimes",
  "aws:principalorgpaths": "sometimes",
  "aws:principaltype": "sometimes",
  "aws:userid": "sometimes",
  "aws:username": "sometimes",
};
/** `aws:RequestTag/` and `aws:TagKeys` come with edits of an API, never with its calls. */
const TAGS = ["aws:principaltag/", "aws:resourcetag/"] as const;
const SETS: ReadonlySet<string> = new Set(["aws:tagkeys", "aws:principalorgpaths"]);

/** Keys of identity providers (`saml:aud`) are theirs to know. */
export function isKnownKey(name: string): boolean {
  return !name.startsWith("aws:") || name in KEYS || TAGS.some((start) => name.startsWith(start));
}

/** Where the address is that of a VPC endpoint AWS leaves `aws:SourceIp` out; it is there on all other ways in. */
export function isAlwaysThere(name: string): boolean {
  return KEYS[name] === "always" || name === "aws:sourceip";
}

export function isSetKey(name: string): boolean {
  return SETS.has(name);
}
