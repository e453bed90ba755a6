/** What `gwl init` writes. Each template compiles without findings and passes its own tests; a test sees to that. */

export const TEMPLATE_NAMES = ["hello", "jwt"] as const;
type TemplateName = (typeof TEMPLATE_NAMES)[number];

const HELLO = `gwl 1

/// The front door. Start it with \`gwl run\`, then: curl -i http://localhost:8080/hello
gateway hello {
  listen 8080
}

GET "/hello" {
  public because "everybody may say hello"
  respond 200 { greeting: "hello from GWL" }
}

test "everybody may say hello" {
  GET "/hello" expect allow
  GET "/elsewhere" expect 404
}
`;

const JWT = `gwl 1

/// Where your identity provider lives; bound when the gateway starts.
env ISSUER: Url
env ISSUER_KEYS: Url
env NOTES_URL: Url = "http://localhost:9000"

network office { 203.0.113.0/24, 2001:db8:a0::/48 }

identity User = jwt {
  issuer: ISSUER
  audience: "notes"
  algorithms: [RS256]
  keys: url ISSUER_KEYS
  claims { groups: Set<String> }
}

backend notes = http { targets: [NOTES_URL], timeout: 5s }

type NoteId = String matches /^[0-9a-z]{8}$/
type Note = { title: String min 1 max 80, text: String max 10_000 }

policy group(name: String) {
  allow when principal is User and name in principal.groups
}

gateway notes {
  listen 8080
}

api notes at "/notes" {
  accept User

  GET "/" -> notes { allow }
  GET "/{id: NoteId}" -> notes { allow }
  POST "/" body Note -> notes { use group("writers") }

  DELETE "/{id: NoteId}" -> notes {
    use group("admins")
    deny when not (client.ip in office) because "notes are deleted at the office"
  }
}

test "only admins in the office delete" each {
  | ip          | groups      | expect                                    |
  | 203.0.113.5 | ["admins"]  | allow by group("admins")                  |
  | 192.0.2.9   | ["admins"]  | deny by "notes are deleted at the office" |
  | 203.0.113.5 | ["writers"] | deny by default                           |
} {
  DELETE "/notes/abcd1234" from ip as User { sub: "u1", groups: groups }
}

test "a note needs a title" {
  POST "/notes" as User { sub: "u1", groups: ["writers"] } body { title: "hi", text: "" } expect allow
  POST "/notes" as User { sub: "u1", groups: ["writers"] } body { text: "" } expect 400
  POST "/notes" expect 401
}
`;

export const TEMPLATES: Readonly<Record<TemplateName, Readonly<Record<string, string>>>> = {
  hello: { "gateway.gwl": HELLO },
  jwt: { "gateway.gwl": JWT },
};
