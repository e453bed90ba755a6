/** GWL4550 and on: networks whose lists are read again while the gateway serves. */
import { defineError } from "../../../../grammar/source/diagnostic.ts";

export const reloadOfNoList = defineError({
  code: "GWL4550",
  name: "reload-of-no-list",
  message: () => "`reload` is for networks that come from a list, and this one stands in the source",
  help: () => 'put its blocks into a file, one a line, and write `network NAME from "FILE" reload every 1h`; or remove `reload`',
});

export const reloadInterval = defineError<{ isShort: boolean }>({
  code: "GWL4551",
  name: "reload-interval",
  message: ({ isShort }) =>
    `a list that is read again every ${isShort ? "few moments" : "few weeks"} is ${isShort ? "asked for too often" : "stale for too long"}`,
  help: () => "write a duration from `10s` to `7d`; a list is read at once when the gateway's operator asks for it",
});

export const reloadedPart = defineError<{ name: string }>({
  code: "GWL4552",
  name: "reloaded-network-in-network",
  message: ({ name }) => `\`${name}\` is read again while the gateway serves, and a network that is made of it would not be`,
  help: ({ name }) => `join networks where a rule asks: \`client.ip in office + ${name}\``,
});

export const reloadedTrust = defineError<{ name: string; what: string }>({
  code: "GWL4553",
  name: "reloaded-network-trusted",
  message: ({ name, what }) => `\`${name}\` is read again while the gateway serves, and ${what} must stand when it is built`,
  help: () => "remove `reload` from the network, and build the gateway again when its list changes",
});

export const RELOAD_DIAGNOSTICS = [reloadOfNoList, reloadInterval, reloadedPart, reloadedTrust] as const;
