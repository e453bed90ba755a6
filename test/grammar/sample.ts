/** A program of some size that uses every shape of the grammar. */
export const SAMPLE = `gwl 1 // edition
import { hardening, strict } from "./baseline.gwl"

env REGION: String
env ACCOUNT: AccountId = stage { dev: 111122223333, prod: 444455556666 }
let retries = 3
let odd = "tab \\t quote \\" slash \\\\ bell \\u{7} smile \\u{1F600}"

network office { 192.0.2.0/24, 2001:db8:a0::/48 }
network everyone { office + vpn, office - guests, office & vpn, 192.0.2.7 }
network lists from "lists/a.txt" where region == "eu-west-1" and service == "S3" reload every 1h

/// An order's name.
/// Second line.
type OrderId = String max 40 matches /^ord_[0-9a-z]{12}(?:\\/x)?$/
type Delta = Int -5..5
type Kind = "one"
  | "two"
  | "three"
type Order = { lines: List<{ sku: String max 40, qty: Int 1..999 }> size 1..200, note: String?, tags: Map<String, Set<Kind>> }

identity Customer = jwt { // trailing of an opening
  issuer: "https://id.example"
  algorithms: [RS256, ES256]
  claims { sub: String, "cognito:groups" as groups: Set<String>, tenant: String?, mfa: Bool }
}

policy inside(net: Network, reason: String = "outside") { deny when not (client.ip in net) because "outside" }
policy big {
  deny when (a or b) and c
    and d // the last
    because "long"
  require if principal is Customer then principal.mfa else has principal.tenant
  allow when principal.tenant ?? fallback ?? "none" == "x" or not name in principal.groups
  allow when path matches /^\\/a/ and size <= 16KiB and share > 0.5%
}

gateway shop {
  listen 8080
  host: stage { dev: "a.example", prod: "b.example" }
  limits {
    // sizes first
    body: 1MiB, headers: 16KiB

    // then the rest


    time: 250ms
  }
  throttle 10_000/day burst 20 by client.ip
  call(
    "first", // one
    second: [1, 2, { a: 1 }],
    third: 2026-01-31T08:00:00Z
  )
  window: 08:00..23:59:59
  since: 2026-01-31
}

api orders at "/orders" version 2 {
  accept Customer or Service
  GET "/" -> orders { allow when principal is Customer, cache 30s by principal.sub }
  POST "/{id: OrderId}" body Order
    -> orders {
    override inside(net: office) because "support"
    set header "X-T" = if principal is Customer then "c" else if principal is Service then "s" else "n"
  }
  // at the end of a block
}

test "table" each {
  | ip        | groups      | expect                    |
  | 192.0.2.7 | ["support"] | allow by group("support") |
  // between rows
  | 192.0.2.8 |             | deny by default           |
} { DELETE "/orders/ord_0123456789ab" from ip as Customer { sub: "u1", groups: groups, mfa: true } }

invariant "closed" { method != GET and allowed implies principal is known implies true }
// at the end of the file
`;
