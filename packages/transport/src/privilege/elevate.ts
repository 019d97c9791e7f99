import { randomBytes } from "node:crypto";
import { quote } from "@evenkeel/core";
import type { Channel } from "../link.ts";
import { boot } from "../shell/driver.ts";
import type { Privilege } from "./privilege.ts";
import { checkUser } from "./privilege.ts";
import { refusal } from "./refusal.ts";

/** How long a tool may think about a password (PAM waits a few seconds after a wrong one) before we say that it hangs. */
const PATIENCE_MS = 30_000;

/**
 * Turns a channel that waits for a script (see `boot`) into one that does so as another user. Returns the mark that the
 * next length must begin with. A password goes by stdin, once; that it was taken is proven by a nonce that only the
 * elevated shell prints. Without a password nothing is waited for: the first answer is the proof.
 */
export async function elevate(channel: Channel, privilege: Privilege): Promise<string> {
  const { method, password } = privilege;
  const user = checkUser(privilege.user);
  if (password === undefined || method === "doas") {
    send(channel, unlessAlready(user, boot, commands[method](user, boot)));
    return "";
  }
  const nonce = randomBytes(16).toString("hex");
  const inner = patientBoot(nonce);
  send(channel, unlessAlready(user, inner, askingCommands[method](user, inner, nonce)));
  channel.stdin.write(`${password.reveal()}\n`);
  await proof(channel, privilege, nonce);
  return `${nonce} `;
}

const commands = {
  sudo: (user: string, inner: string) => `exec sudo -n -H -u ${user} -- /bin/sh -c ${quote(inner)}`,
  su: (user: string, inner: string) => `exec su -s /bin/sh -c ${quote(inner)} -- ${user}`,
  doas: (user: string, inner: string) => `exec doas -n -u ${user} /bin/sh -c ${quote(inner)}`,
};
const askingCommands = {
  sudo: (user: string, inner: string, prompt: string) =>
    `exec sudo -S -p ${prompt} -H -u ${user} -- /bin/sh -c ${quote(inner)}`,
  su: commands.su,
};

/** Who is that user already needs no tool for it, and the tool may not even be there. */
function unlessAlready(user: string, inner: string, command: string): string {
  return `[ "$(id -un)" != ${user} ] || exec /bin/sh -c ${quote(inner)}\n${command}\n`;
}

/** Says the nonce, then boots. The password is still on stdin if nobody asked for it: lines are skipped until ours. */
function patientBoot(nonce: string): string {
  const skip = `while read -r w n && [ "$w" != ${nonce} ]; do :; done`;
  return `echo ${nonce}; ${skip}; ${boot.replace("read -r n && ", "")}`;
}

function send(channel: Channel, text: string): void {
  channel.stdin.write(`${Buffer.byteLength(text)}\n${text}`);
}

/** Waits for the nonce on stdout. On stderr it is sudo's prompt: a second one means that the password was wrong. */
async function proof(channel: Channel, privilege: Privilege, nonce: string): Promise<void> {
  let out = "";
  let err = "";
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onOut = (chunk: Buffer) => {
    out = (out + chunk.toString("latin1")).slice(-4096);
    if (out.includes(nonce)) resolve();
  };
  const onErr = (chunk: Buffer) => {
    err = (err + chunk.toString("latin1")).slice(-4096);
    if (err.split(nonce).length > 2) reject(refusal(privilege, "wrong-password", err.replaceAll(nonce, "")));
  };
  const timer = setTimeout(() => reject(refusal(privilege, "silent", err.replaceAll(nonce, ""))), PATIENCE_MS);
  channel.stdout.on("data", onOut);
  channel.stderr.on("data", onErr);
  void channel.end.then(() => reject(refusal(privilege, "ended", err.replaceAll(nonce, ""))));
  try {
    await promise;
    channel.stdout.pause();
    channel.stderr.pause();
  } catch (error) {
    channel.close();
    throw error;
  } finally {
    clearTimeout(timer);
    channel.stdout.off("data", onOut);
    channel.stderr.off("data", onErr);
  }
}
