/** The first three calls to a gateway that has just started: one that is allowed, one that is denied, one by nobody. */
export function whatToTry(url: string, shop: string, token: string): string {
  const authorization = '-H "Authorization: Bearer $TOKEN"';
  return `
Try it in another terminal. First a token of the customer alice, good for an hour:

  TOKEN=${token}

1. Allowed: 200. The backend answers with what it got; see the headers that the gateway added.

  curl -i ${url}/orders ${authorization}

2. Denied: 403. alice is not in the office; the answer says so.

  curl -i -X DELETE ${url}/orders/ord_0123456789ab/support ${authorization}

3. Unauthenticated: 401. The same call as the first, by nobody.

  curl -i ${url}/orders

Why was it denied? Ask, for any call that you can think of:

  npx gwl explain "DELETE /orders/ord_0123456789ab/support" ${shop} \\
    --as Customer --claims '{"sub":"alice","mfa":false,"groups":[]}' --from 127.0.0.1

The rules are in ${shop}/*.gwl, and ${shop}/README.md says what to change first.
Each call is one line of log here. Ctrl-C stops everything.
`;
}
