/**
 * What calls to AWS are signed with, found where every program of AWS finds it: by the SDK's own chain (environment, web identity, container,
 * instance, profiles of files, single sign-on). Promises: temporary keys are renewed before they end, and where nobody gives any, nobody is asked
 * more than once in a few seconds.
 */
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import type { World } from "../../contract/world.ts";

const betweenFailures = 5_000;

/** The `awsCredentials` of a `World`. */
export function awsCredentials(): World["awsCredentials"] {
  const provide = defaultProvider();
  let failed = -Infinity;
  return async () => {
    if (performance.now() - failed < betweenFailures) return undefined;
    try {
      const { accessKeyId, secretAccessKey, sessionToken } = await provide();
      return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
    } catch {
      failed = performance.now();
      return undefined;
    }
  };
}
