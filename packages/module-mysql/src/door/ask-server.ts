import type { HostPort } from "@evenkeel/core";
import { quote, readWords, Secret, StepError } from "@evenkeel/core";
import { PREAMBLE } from "../sql/quote-sql.ts";
import { askThroughTunnel } from "./ask-through-tunnel.ts";
import type { Door } from "./door.ts";
import { isRemote } from "./door.ts";
import { optionText } from "./option-text.ts";
import { MARK, readReplies } from "./read-replies.ts";
import type { Reply } from "./reply.ts";

interface Batch {
  readonly questions: string[];
  readonly replies: Promise<readonly Reply[]>;
}

/** What is being gathered for a host right now, by its doors; empty again before anything is sent. */
const gathering = new WeakMap<HostPort, Map<string, Batch>>();

/**
 * Asks a server questions in SQL that change nothing. All that is asked in the same moment, by whatever kind, goes to it together: one
 * client, one login, and the same round trip as everything else that the host is asked then.
 */
export async function askServer(
  host: HostPort,
  door: Door | undefined,
  questions: readonly string[],
): Promise<readonly Reply[]> {
  const doors = gathering.get(host) ?? new Map<string, Batch>();
  gathering.set(host, doors);
  const id = JSON.stringify(door, (_, value) => (value instanceof Secret ? value.reveal() : value)) ?? "";
  const batch = doors.get(id) ?? begin(host, door, () => doors.delete(id));
  doors.set(id, batch);
  const from = batch.questions.length;
  batch.questions.push(...questions);
  return (await batch.replies).slice(from, from + questions.length);
}

function begin(host: HostPort, door: Door | undefined, close: () => void): Batch {
  const questions: string[] = [];
  const replies = Promise.resolve().then(() => {
    close();
    return isRemote(door) ? askThroughTunnel(host, door, questions) : askClient(host, door, questions);
  });
  return { questions, replies };
}

async function askClient(
  host: HostPort,
  door: Door | undefined,
  questions: readonly string[],
): Promise<readonly Reply[]> {
  const sql = [
    `SELECT CONCAT('${MARK} ', VERSION())`,
    PREAMBLE,
    ...questions.flatMap((question) => [`SELECT '${MARK}'`, question]),
    "",
  ].join(";\n");
  const login = optionText(door) ?? "";
  const script = [
    readWords(new URL("./client.sh", import.meta.url)),
    `evk_login=${quote(login instanceof Secret ? login.reveal() : login)} evk_questions=${quote(sql)}`,
    readWords(new URL("./ask.sh", import.meta.url)),
  ].join("\n");
  const [answer] = await host.exchange([{ script }]);
  if (answer?.code !== 0) {
    throw new StepError({
      code: "mysql/unanswered",
      message: "the host could not be asked about its database server",
      detail: Buffer.from(answer?.stderr ?? []).toString(),
    });
  }
  return readReplies(Buffer.from(answer.stdout).toString(), questions.length);
}
