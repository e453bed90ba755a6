/** Whom the gateway asks for what decides (OpenID Connect Discovery 1.0 section 3): a URL of https without query, or one of this machine. */
import { urlText } from "../kernel/scalar-text.ts";

const machine = /^http:\/\/(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]{1,5})?(?:\/|$)/;

export function isAskableUrl(text: string): boolean {
  return urlText.test(text) && !text.includes("?") && (text.startsWith("https://") || machine.test(text));
}
