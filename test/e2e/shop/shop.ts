import { fileURLToPath } from "node:url";

/** The folder of the shop's sources. */
export const SHOP = fileURLToPath(new URL("../../../examples/shop", import.meta.url));
