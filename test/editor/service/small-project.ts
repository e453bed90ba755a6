/** A program of seven files in which much depends on much: what one edit changes, others must hear of. */
export const SMALL_PROJECT: Readonly<Record<string, string>> = {
  "gateway.gwl": `gwl 1
import { near, far } from "./lib/networks.gwl"
import { strong } from "./lib/policies.gwl"
import "./orders.gwl"
import "./admin.gwl"
import "./tests.gwl"

entry side { listen 8081, allow }
gateway shop {
  listen 8080
  deny when client.ip in far and entry != side because "far"
  apply strong to routes where tag.data == "pii"
}
`,
  "lib/types.gwl": `gwl 1
type Grade = "basic" | "gold"
type Level = Int 0..9
type Id = String max 8
type Order = { amount: Int, grade: Grade, id: Id }
tag data: "pii" | "public"
let most = 100
let least: Level = 3
plan silver { throttle 10/s burst 20 }
env MODE: "a" | "b" = stage { dev: "a", prod: "b" }
`,
  "lib/callers.gwl": `gwl 1
import { Grade, Level } from "./types.gwl"
secret KEY: String
identity Customer = jwt {
  issuer: "https://one.example", audience: "a", algorithms: [HS256], secret: KEY
  claims { grade: Grade, level: Level, groups: Set<String> }
}
identity Service = jwt {
  issuer: "https://two.example", audience: "a", algorithms: [HS256], secret: KEY
  claims { level: Level }
}
secret KEYS: KeyStore
identity Partner = api_key(KEYS) { header: "X-Api-Key", fields { grade: Grade, plan: Plan } }
`,
  "lib/networks.gwl": `gwl 1
network near { 10.0.0.0/8 }
network far = all - near
network all { 0.0.0.0/1, 10.0.0.0/8 }
network listed from "../lists/a.txt"
`,
  "lib/policies.gwl": `gwl 1
import { Customer, Service } from "./callers.gwl"
import { near, listed } from "./networks.gwl"
import { Grade, least, most } from "./types.gwl"
policy graded(grade: Grade) overridable { deny when principal is Customer and principal.grade != grade because "grade" }
policy inside(net: Network = near) { deny when not (client.ip in net) because "outside" }
policy strong {
  use inside(listed)
  require principal is Service or (principal is Customer and principal.level > least) because "weak"
}
policy group(name: String) { allow when principal is Customer and name in principal.groups }
policy short { deny when path.size > most because "long" }
`,
  "orders.gwl": `gwl 1
import { Customer, Partner, Service } from "./lib/callers.gwl"
import { near } from "./lib/networks.gwl"
import { graded, group, inside, short } from "./lib/policies.gwl"
import { Id, Order, most } from "./lib/types.gwl"
backend orders = http { targets: ["http://127.0.0.1:9"] }

api shopping at "/orders" {
  accept Customer or Service or Partner
  tags { data: "pii" }
  use short
  GET "/{id: Id}" -> orders {
    use group("support")
    use inside(near)
  }
  POST "/" body Order -> orders {
    allow when principal is Service and body.amount < most
    allow when principal is Partner and principal.plan == "silver"
    use graded("gold")
    override graded because "new"
  }
}
`,
  "admin.gwl": `gwl 1
import { Customer } from "./lib/callers.gwl"
import { group, inside } from "./lib/policies.gwl"
import { orders } from "./orders.gwl"
api admin at "/admin" {
  accept Customer
  use inside
  ANY "/{path: Rest}" -> orders { use group("admins"), deny when route.api == shopping }
}
GET "/health" { public because "probe", respond 200 }
`,
  "tests.gwl": `gwl 1
import { Customer } from "./lib/callers.gwl"
import { group, inside } from "./lib/policies.gwl"
test "support" { GET "/orders/a" from 10.0.0.1 as Customer { sub: "u", grade: "gold", level: 5, groups: ["support"] } expect allow by group("support") }
test "outside" { GET "/admin/x" from 198.51.100.1 as Customer { sub: "u", grade: "gold", level: 5, groups: ["admins"] } expect deny }
`,
  "lists/a.txt": "10.0.0.0/8\n192.0.2.0/24\n",
};
