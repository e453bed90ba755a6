/** What routes are called: `METHOD PATH`, and ` version N` behind it where requests choose the version. Paths as declared; none of them ends so. */
const choice = / version \d+$/;

export function pathOfRoute(key: string): string {
  return key.slice(key.indexOf(" ") + 1).replace(choice, "");
}

/** Without the version. */
export function callOfRoute(key: string): string {
  return key.replace(choice, "");
}
