/** All cases, by what they are about. */
import type { HygieneCase } from "../hygiene-case.ts";
import { chunks } from "./chunks.ts";
import { connection } from "./connection.ts";
import { fields } from "./fields.ts";
import { framing } from "./framing.ts";
import { host } from "./host.ts";
import { requestLine } from "./request-line.ts";
import { target } from "./target.ts";

export const hygieneCases: Readonly<Record<string, readonly HygieneCase[]>> = {
  "the request line": requestLine,
  framing,
  chunks,
  fields,
  connection,
  host,
  target,
};
