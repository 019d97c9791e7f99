import type { SeenTask } from "../seen.ts";
import { hasTemplate } from "../values/prepare.ts";

const here = new Set(["localhost", "127.0.0.1", "::1"]);

/** Whether a task may make files on our side, which later tasks then find. */
export function actsHere({ call, heritage, frame }: SeenTask): boolean {
  if (call.isLocal || call.name === "fetch") return true;
  const [delegate] = heritage.all("delegate_to");
  if (delegate && (hasTemplate(delegate.value) || here.has(String(delegate.value)))) return true;
  const [connection] = heritage.all("connection");
  if (connection && (hasTemplate(connection.value) || /local$/.test(String(connection.value)))) return true;
  return frame.play.isHere();
}
