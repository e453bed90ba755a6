/** Names of signatures (RFC 7518 section 3.1, RFC 8037), in the form that the tables have as well. */
export type { JwtAlgorithm } from "../../runtime/contract/jwt.ts";
