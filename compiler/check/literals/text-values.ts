/** Kinds of text that have a form: URLs, ARNs, account ids, UUIDs, time zones. The one place that says what is good. */

const URL_FORM =
  /^https?:\/\/(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:[/?][!$-;=?-[\]_a-z~]*)?$/;
const ARN_FORM = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:[0-9]{12}|aws)?:[!-~]+$/;

/** D41; kept as written. */
export function isUrl(text: string): boolean {
  return URL_FORM.test(text);
}

/** D41: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE` */
export function isArn(text: string): boolean {
  return ARN_FORM.test(text);
}

export function isAccountId(text: string): boolean {
  return /^[0-9]{12}$/.test(text);
}

/** RFC 9562, in either case. */
export function isUuid(text: string): boolean {
  return /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(text);
}

/** A name of the IANA time zone database; offsets such as `+02:00` are none, since they know no summer. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Candidates for "did you mean". */
export function zoneNames(): readonly string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone")];
}
