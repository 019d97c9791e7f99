import { expect, test } from "vitest";
import { explainSshFailure } from "./explain-ssh-failure.ts";
import { pinScript, sshOptions } from "./ssh-options.ts";

const paths = { config: "/t/config", control: "/t/s", pin: "/t/pin" };

test("our words come before the user's, and nothing is ever asked", () => {
  const { config, argv } = sshOptions({ name: "web", port: 2222, knownHostsFiles: ["/my hosts"] }, paths);
  expect(config).toContain("BatchMode yes");
  expect(config).toContain('UserKnownHostsFile "/my hosts"');
  expect(config.indexOf("BatchMode")).toBeLessThan(config.indexOf("Include ~/.ssh/config"));
  // Not said by the endpoint: the user's own word holds, and the default is strict.
  expect(config.indexOf("StrictHostKeyChecking yes")).toBeGreaterThan(config.indexOf("Include /etc/ssh/ssh_config"));
  expect(argv.slice(-3)).toEqual(["2222", "--", "web"]);
});

test("trust and jumps", () => {
  const { config, argv } = sshOptions(
    { name: "web", sshConfig: "none", trust: { kind: "accept-new" }, proxyJump: ["me@b1", "b2:22"] },
    paths,
  );
  expect(config).not.toContain("Include");
  expect(config).toContain("StrictHostKeyChecking accept-new");
  expect(argv).toContain("ProxyJump=me@b1,b2:22");
});

test("a pin is data, whatever is in it", () => {
  expect(pinScript(`SHA256:abc+/9="; rm -rf / #`)).toContain(`"SHA256:abc+/9rmrf/"`);
});

test("a path that ssh cannot be told of", () => {
  expect(() => sshOptions({ name: "web", identityFiles: ['a"b'] }, paths)).toThrow("quotes");
});

test.each([
  ["me@web: Permission denied (publickey).", "login/refused"],
  ["@@@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @@@\nHost key verification failed.", "identity/changed"],
  ["No ED25519 host key is known for web\nHost key verification failed.", "identity/unknown"],
  ["ssh: connect to host web port 22: Connection refused", "connect/refused"],
  ["something new", "connect/failed"],
])("ssh says: %s", (words, code) => {
  expect(explainSshFailure("web", words)).toMatchObject({ code, detail: words });
});
