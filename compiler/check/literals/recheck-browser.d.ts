/** The pure form of the library, which starts no worker and no other process, comes without types. */
declare module "recheck/lib/browser.js" {
  import type { checkSync } from "recheck";
  const library: { readonly checkSync: typeof checkSync };
  export default library;
}
