/** `cors` in the tables: all but the origins, which the start may have to bring. */
import type { CorsData, TableData } from "../../runtime/contract/table-data.ts";
import type { Cors } from "../model/cors.ts";
import type { Ir } from "../model/ir.ts";

/** And what else every answer has. */
export function shapingTables(ir: Ir): Pick<TableData, "cors" | "everyAnswer"> {
  return { ...corsTable(ir), ...(ir.everyAnswer === undefined ? {} : { everyAnswer: ir.everyAnswer }) };
}

function corsTable({ cors }: Ir): Pick<TableData, "cors"> {
  if (cors === undefined) return {};
  const { levels, gateway } = cors;
  return { cors: { levels: levels.map(corsData), ...(gateway === undefined ? {} : { gateway }) } };
}

function corsData({ origins, methods, headers, expose, credentials, maxAge, privateNetwork }: Cors): CorsData {
  return {
    isAny: origins === "any",
    ...(methods === undefined ? {} : { methods }),
    ...(headers === undefined ? {} : { headers }),
    expose,
    credentials,
    ...(maxAge === undefined ? {} : { maxAge }),
    privateNetwork,
  };
}
