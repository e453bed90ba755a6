/** The thread that reads a list, from the sources: what `list-thread.js` is in a bundle. */
import { readList } from "../../runtime/hosts/node/lists/list-reader.ts";
import { answerFromThread } from "../../runtime/hosts/node/lists/list-thread.ts";

await answerFromThread(readList);
