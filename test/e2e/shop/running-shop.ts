/** The shop's gateway in the middle of everybody it deals with. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll } from "vitest";
import { type Answer, call, type Call, endOf, type Gateway, portOf, startGateway } from "./gateway-process.ts";
import { type Backend, backend, type IdentityProvider, identityProvider, type Partner, partner, scannerToken } from "./parties.ts";
import { type Built, buildShop, SHOP } from "./shop.ts";

export const WAREHOUSE_KEY = "0123456789abcdef0123456789abcdef-test";
export const OFFICE = "203.0.113.5";
export const VPN = "192.0.2.130";
export const PARTNER_CLOUD = "52.208.0.1";

type Names = "orders" | "spare" | "catalog" | "console";
export type Shop = {
  readonly built: Built;
  readonly backends: Readonly<Record<Names, Backend>>;
  readonly provider: IdentityProvider;
  readonly partner: Partner;
  readonly gateway: Gateway;
  readonly port: number;
  /** What a gateway of this shop is started with. */
  readonly variables: Readonly<Record<string, string>>;
  readonly ask: (what: string, how?: Call) => Promise<Answer>;
  readonly customer: IdentityProvider["token"];
};

/** Started before the tests of a file and gone after them; ask for it within tests. */
export function runningShop(): () => Shop {
  let shop: Shop | undefined;
  const here = (): Shop => {
    if (shop === undefined) throw new Error("the shop does not run yet");
    return shop;
  };
  beforeAll(async () => {
    shop = await open();
  });
  afterAll(async () => {
    const { gateway, backends, provider, built } = here();
    gateway.child.kill("SIGTERM");
    await endOf(gateway);
    for (const party of [...Object.values(backends), provider]) party.close();
    rmSync(built.folder, { recursive: true, force: true });
  });
  return here;
}

async function open(): Promise<Shop> {
  const [orders, spare, catalog, admin] = await Promise.all([backend("orders"), backend("spare"), backend("catalog"), backend("console")]);
  const provider = await identityProvider();
  const shopPartner = partner();
  const built = await buildShop(shopPartner.publicKey);
  const variables = {
    STAGE: "dev",
    LISTS: SHOP,
    PORT: "0",
    WAREHOUSE_KEY,
    CUSTOMER_ISSUER: provider.url,
    CUSTOMER_KEYS: `${provider.url}/jwks.json`,
    ORDERS_URL: orders.url,
    ORDERS_SPARE_URL: spare.url,
    CATALOG_URL: `${catalog.url}/v3`,
    CONSOLE_URL: admin.url,
  };
  const gateway = startGateway(built.bundle, variables);
  const port = await portOf(gateway);
  return {
    built,
    backends: { orders, spare, catalog, console: admin },
    provider,
    partner: shopPartner,
    gateway,
    port,
    variables,
    ask: (what, how = {}) => call(port, what, how),
    customer: provider.token,
  };
}

export function problem({ text }: Answer): Readonly<Record<string, unknown>> {
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

/** A count that the scanner `gun-7` of site `ber1` sends. */
export function stock(more: object = {}): object {
  return { on_hand: 5, site: "ber1", weight: 0.5, ...more };
}

export function scanner(claims: Readonly<Record<string, unknown>> = {}, secret = WAREHOUSE_KEY): Readonly<Record<string, string>> {
  return { "x-scanner-token": scannerToken(secret, claims) };
}
