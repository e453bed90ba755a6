/** What may be said of how the servers of an `http` backend are called, in the order of the manual. */
import { breaker } from "./breaker.ts";
import { health } from "./health.ts";
import { outliers } from "./outliers.ts";
import { retry } from "./retry.ts";

export const HTTP_BACKEND_STATEMENTS = [health, outliers, retry, breaker] as const;
