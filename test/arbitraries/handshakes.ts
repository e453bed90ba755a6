/** WebSockets in generated programs, and what asks for one: good handshakes, and those that only look so. */
import type { Choices } from "./choices.ts";

export function websocketLine(c: Choices): string {
  const settings = [
    'targets: ["http://127.0.0.1:11"]',
    ...(c.chance(1, 4) ? [] : ["compression: true"]),
    ...(c.chance(1, 4) ? ["origins: any"] : []),
    ...(c.chance(1, 4) ? ['rewrite { "/a": "/live" }'] : []),
    ...(c.chance(1, 4) ? ['headers { "X-Set": "own", "Sec-WebSocket-Protocol": "own" }'] : []),
    ...(c.chance(1, 4) ? ['balance: hash by header("X-Key")'] : []),
    ...(c.chance(1, 3) ? ["max_message: 64KiB, idle: 1m, ping: 5s"] : []),
  ];
  return `backend live = websocket { ${settings.join(", ")} }`;
}

export const GOOD_HANDSHAKE: readonly (readonly [string, string])[] = [
  ["Connection", "Upgrade"],
  ["Upgrade", "websocket"],
  ["Sec-WebSocket-Version", "13"],
  ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
];

const OTHERS: Readonly<Record<string, readonly string[]>> = {
  Connection: [
    "keep-alive, upgrade",
    "close",
    "upgrade-insecure",
    "Upgrade, Sec-WebSocket-Key",
    "upgrade,",
    "Upgrade, Sec-WebSocket-Protocol",
  ],
  Upgrade: ["WebSocket", "h2c", "websocket, h2c", "websocket/13", ""],
  "Sec-WebSocket-Version": ["8", "13, 8", " 13", "013", ""],
  "Sec-WebSocket-Key": ["dGhlIHNhbXBsZSBub25jZR==", "c2hvcnQ=", "dGhlIHNhbXBsZSBub25jZQ", "", "dGhlIHNhbXBsZSBub25j****"],
};
const OFFERS = [
  "permessage-deflate",
  "permessage-deflate; client_max_window_bits, x-other; a=1",
  "Permessage-Deflate;server_no_context_takeover ; server_max_window_bits = 10, permessage-deflate",
  'x; a="permessage-deflate", permessage-deflate',
  "permessage-deflate;",
  "permessage-deflated, ,",
] as const;
const PROTOCOLS = ["v1", "v1, v2", "v1,v1", "", "v 1", "v1,,v2"] as const;

/** `isAsked`: the route is for it. */
export function handshakeFields(c: Choices, isAsked: boolean): readonly (readonly [string, string])[] {
  if (isAsked ? c.chance(1, 10) : !c.chance(1, 30)) return [];
  const list: (readonly [string, string])[] = [];
  if (isAsked && !c.chance(1, 3)) list.push(...GOOD_HANDSHAKE, ["Sec-WebSocket-Extensions", OFFERS[0]]);
  else
    for (const [name, good] of GOOD_HANDSHAKE) {
      const value = c.chance(1, 20) ? c.pick(OTHERS[name] ?? []) : good;
      if (!c.chance(1, 40)) list.push([c.chance(1, 4) ? name.toLowerCase() : name, value]);
      if (c.chance(1, 60)) list.push([name, value]);
    }
  if (c.chance(1, 2)) list.push(["Sec-WebSocket-Extensions", c.pick(OFFERS)]);
  if (c.chance(1, 10)) list.push(["Sec-WebSocket-Extensions", c.pick(OFFERS)]);
  if (c.chance(1, 3)) list.push(["Sec-WebSocket-Protocol", c.chance(1, 3) ? c.pick(PROTOCOLS) : "v1, v2"]);
  return list;
}
