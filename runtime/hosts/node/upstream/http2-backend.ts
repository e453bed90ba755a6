/** An `http` backend of which servers may speak HTTP/2. Servers of such gateways hand it over (`parts.ts`). */
import { http1 } from "./http1.ts";
import { http2 } from "./http2.ts";
import { managedBy } from "./managed-backend.ts";

export const http2Backend = managedBy(({ traffic }, tls) => (traffic.protocol === undefined ? http1(tls) : http2(tls)));
