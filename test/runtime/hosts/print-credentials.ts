/** Prints what calls to AWS would be signed with here. Run as a process of its own by the test beside it: the chain reads the environment. */
import { awsCredentials } from "../../../runtime/hosts/node/aws-credentials.ts";

const find = awsCredentials();
const first = await find();
const second = await find();
process.stdout.write(JSON.stringify({ first: first ?? null, same: JSON.stringify(first) === JSON.stringify(second) }));
