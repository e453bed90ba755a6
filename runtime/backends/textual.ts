/** Which bodies a function gets as text: those of media types that are text by their name, as AWS API Gateway tells them. */

const types: ReadonlySet<string> = new Set([
  "application/javascript",
  "application/json",
  "application/x-www-form-urlencoded",
  "application/xml",
]);

/** Nothing that is encoded or says no type. */
export function isTextual(contentType: string | undefined, contentEncoding: string | undefined): boolean {
  if (contentType === undefined || contentEncoding !== undefined) return false;
  const [type = ""] = contentType.split(";", 1);
  const name = type.trim().toLowerCase();
  return name.startsWith("text/") || name.endsWith("+json") || name.endsWith("+xml") || types.has(name);
}
