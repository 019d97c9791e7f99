import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asyncStatus } from "../../src/control/async-status.ts";
import { ping } from "../../src/control/ping.ts";
import { git } from "../../src/git/git.ts";
import { uri } from "../../src/http/uri.ts";
import { waitFor } from "../../src/waiting/wait-for.ts";
import { waitForConnection } from "../../src/waiting/wait-for-connection.ts";
import { HostUnderTest } from "../system/host-under-test.ts";

const site = `
server {
  listen 127.0.0.1:80; listen 127.0.0.1:443 ssl; listen unix:/run/site.sock;
  server_name site.test; ssl_certificate /etc/site.crt; ssl_certificate_key /etc/site.key;
  client_max_body_size 0;
  location = /json { default_type application/json; return 200 '{"secure": "$https", "host": "$host"}'; }
  location = /moved { return 302 /json; }
  location = /closed { auth_basic closed; auth_basic_user_file /etc/site.users; try_files /x =204; }
  location = /post { if ($request_method != POST) { return 405; } return 201 "$content_type $content_length"; }
  location / { root /srv/site; if_modified_since before; }
}
`;

/** The real nginx, sshd and git, on one host; nothing of ours is there. */
let on: HostUnderTest;
beforeAll(async () => {
  on = await HostUnderTest.boot("trixie");
  await on.host.writeFile("/etc/nginx-site", site);
  await on.shell(
    `export DEBIAN_FRONTEND=noninteractive
    apt-get update -q && apt-get install -y -q --no-install-recommends nginx openssl git ca-certificates
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=site.test -addext subjectAltName=DNS:site.test -keyout /etc/site.key -out /etc/site.crt
    echo "127.0.0.1 site.test" >>/etc/hosts; echo "ann:$(openssl passwd -apr1 pass)" >/etc/site.users
    mkdir -p /srv/site && head -c 3000000 /dev/zero >/srv/site/large.bin
    mv /etc/nginx-site /etc/nginx/sites-enabled/default && systemctl restart nginx`,
  );
});
afterAll(() => on[Symbol.asyncDispose]());

describe("uri", () => {
  test("a request is made from the host's point of view", async () => {
    const { changes, result } = await on.apply(uri, { url: "http://site.test/moved", return_content: true });
    expect(changes).toEqual(["check http GET http://site.test/moved"]);
    expect(result).toMatchObject({
      ...{
        status: 200,
        redirected: true,
        url: "http://site.test/json",
        changed: false,
        content_type: "application/json",
      },
      json: { secure: "", host: "site.test" },
    });
  });

  test("HTTPS: the host's own authorities decide", async () => {
    const refused = await on.apply(uri, { url: "https://site.test/json" });
    expect(refused.result).toMatchObject({
      failed: true,
      status: -1,
      msg: expect.stringMatching(/self-signed certificate/),
    });
    expect((await on.apply(uri, { url: "https://site.test/json", validate_certs: false })).result.status).toBe(200);
    expect((await on.apply(uri, { url: "https://site.test/json", ca_path: "/etc/site.crt" })).result.status).toBe(200);
    await on.shell("cp /etc/site.crt /usr/local/share/ca-certificates/site.crt && update-ca-certificates");
    const { result } = await on.apply(uri, { url: "https://site.test/json" });
    expect(result).toMatchObject({ status: 200, json: { secure: "on" } });
  });

  test("over a socket, with a password, with a body", async () => {
    const socket = await on.apply(uri, { url: "http://any/json", unix_socket: "/run/site.sock" });
    expect(socket.result).toMatchObject({ status: 200, json: { host: "any" } });
    const closed = { url: "http://site.test/closed", status_code: [204] };
    expect((await on.apply(uri, closed)).result).toMatchObject({ failed: true, status: 401 });
    expect((await on.apply(uri, { ...closed, url_username: "ann", url_password: "pass" })).result.status).toBe(204);
    const posted = await on.apply(uri, {
      ...{ url: "http://site.test/post", method: "POST", body: { a: 1 }, body_format: "json", status_code: [201] },
      return_content: true,
    });
    expect(posted.changes).toEqual(["run http POST http://site.test/post"]);
    expect(posted.result.content).toBe("application/json 7");
  });

  test("an answer is kept, and fetched anew only when it is newer", async () => {
    const params = { url: "http://site.test/large.bin", dest: "/srv/", mode: "0640" };
    const { result } = await on.apply(uri, params).catch((error) => error as never);
    expect(result).toMatchObject({ changed: true, path: "/srv/large.bin", status: 200 });
    expect(await on.shell("cmp /srv/large.bin /srv/site/large.bin && stat -c %a /srv/large.bin")).toBe("640\n");
    const again = await on.apply(uri, { ...params, dest: "/srv/large.bin", status_code: [200, 304] });
    expect(again.result).toMatchObject({ status: 304, changed: false });
  });

  test("nobody there", async () => {
    expect((await on.apply(uri, { url: "http://127.0.0.1:1/" })).result).toMatchObject({ failed: true, status: -1 });
    expect((await on.apply(uri, { url: "http://no-such.test/" })).result).toMatchObject({ failed: true, status: -1 });
  });
});

describe("wait_for", () => {
  const waited = async (params: object) => (await on.apply(waitFor, { sleep: 0.2, ...params })).result;
  test("a port that opens, says something, and closes", async () => {
    expect(await waited({ port: 22, search_regex: "^(SSH-[\\d.]+)-" })).toMatchObject({ match_groups: ["SSH-2.0"] });
    await on.shell("systemctl stop nginx; (sleep 1; systemctl start nginx) >/dev/null 2>&1 &");
    expect(await waited({ port: 80, timeout: 10 })).toMatchObject({ state: "started" });
    await on.shell("(sleep 1; systemctl stop nginx) >/dev/null 2>&1 &");
    expect(await waited({ port: 80, timeout: 10, state: "stopped" })).toMatchObject({ state: "stopped" });
    expect(await waited({ port: 80, timeout: 1 })).toMatchObject({
      failed: true,
      msg: "Timeout when waiting for 127.0.0.1:80",
    });
    await on.shell("systemctl start nginx");
  });
  test("connections that end", async () => {
    const client = "use IO::Socket::INET; my $s = IO::Socket::INET->new('127.0.0.1:80'); sleep 3";
    await on.shell(`perl -e "${client.replaceAll("$", "\\$")}" >/dev/null 2>&1 & sleep 0.5`);
    expect(
      await waited({ port: 80, state: "drained", timeout: 1, active_connection_states: ["ESTABLISHED"] }),
    ).toMatchObject({ failed: true });
    expect(
      await waited({ port: 80, state: "drained", timeout: 10, active_connection_states: ["ESTABLISHED"] }),
    ).not.toHaveProperty("failed");
  });
  test("a file that comes and goes", async () => {
    await on.shell("(sleep 1; echo ready >/srv/flag; sleep 1; rm /srv/flag) >/dev/null 2>&1 &");
    expect(await waited({ path: "/srv/flag", search_regex: "rea(d)y", timeout: 10 })).toMatchObject({
      match_groups: ["d"],
    });
    expect(await waited({ path: "/srv/flag", state: "absent", timeout: 10 })).toMatchObject({ state: "absent" });
  });
  test("where tunnels are forbidden, an open port is not taken for a closed one", async () => {
    await on.shell("echo 'AllowTcpForwarding no' >/etc/ssh/sshd_config.d/00-t.conf; systemctl reload ssh");
    const other = on.reconnected();
    await expect(other.apply(waitFor, { port: 80, state: "stopped", timeout: 1 })).rejects.toMatchObject({
      code: "wait_for/no-tunnel",
    });
    await other.close();
    await on.shell("rm /etc/ssh/sshd_config.d/00-t.conf; systemctl reload ssh");
  });
});

test("ping and wait_for_connection", async () => {
  expect((await on.apply(ping, { data: "hello" })).result).toEqual({ changed: false, ping: "hello" });
  await on.shell("(systemctl stop ssh ssh.socket; pkill -x sshd; sleep 2; systemctl start ssh) >/dev/null 2>&1 &");
  const { result } = await on.apply(waitForConnection, { delay: 1, timeout: 60 });
  expect(result).not.toHaveProperty("failed");
});

test("what was left to run is asked about, and forgotten", async () => {
  const id = randomUUID();
  await on.port.start({ id, argv: ["sh", "-c", "echo begun; sleep 2; echo done; exit 3"] });
  expect((await on.apply(asyncStatus, { jid: id })).result).toMatchObject({ started: true, finished: false });
  await expect
    .poll(async () => (await on.apply(asyncStatus, { jid: id })).result, { timeout: 10_000 })
    .toMatchObject({
      ...{ finished: true, failed: true, rc: 3, stdout: "begun\ndone", changed: true },
    });
  await on.apply(asyncStatus, { jid: id, mode: "cleanup" });
  expect((await on.apply(asyncStatus, { jid: id })).result).toMatchObject({ failed: true, msg: "could not find job" });
});

describe("git", () => {
  test("over ssh with a key of its own: a server is trusted when it is said so, and by a look alone never", async () => {
    await on.shell(
      `git config --global user.name a; git config --global user.email a@b; git config --global init.defaultBranch main
      git config --global safe.directory '*'
      ssh-keygen -q -t ed25519 -N '' -f '/root/deploy key'; cat '/root/deploy key.pub' >>/home/deploy/.ssh/authorized_keys
      su deploy -c 'git config --global init.defaultBranch main; git init -q --bare /home/deploy/app.git'
      git clone -q /home/deploy/app.git /root/work; cd /root/work
      echo one >file && git add . && git commit -qm one && git push -q origin HEAD:main
      chown -R deploy /home/deploy/app.git; rm -f /root/.ssh/known_hosts`,
    );
    const params = {
      repo: "ssh://deploy@127.0.0.1/home/deploy/app.git",
      dest: "/srv/app",
      key_file: "/root/deploy key",
    };
    await expect(on.plan(git, params)).rejects.toMatchObject({
      code: "git/unanswered",
      hint: expect.stringContaining("known_hosts"),
    });
    const trusting = { ...params, accept_newhostkey: true };
    expect(await on.plan(git, trusting)).toEqual(["ensure git /srv/app"]);
    expect(await on.shell("ls /root/.ssh/known_hosts 2>/dev/null || echo none")).toBe("none\n");
    const done = await on.apply(git, trusting);
    expect(done.result).toMatchObject({ before: null, after: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(await on.plan(git, params)).toEqual([]);
    await on.shell(
      "cd /root/work && echo two >file && git commit -qam two && git push -q origin HEAD:main; chown -R deploy /home/deploy/app.git",
    );
    const updated = await on.apply(git, params);
    expect(updated.result).toMatchObject({ before: done.result.after, remote_url_changed: false });
    expect(await on.shell("cat /srv/app/file")).toBe("two\n");
    await on.undo(updated);
    expect(await on.shell("cat /srv/app/file")).toBe("one\n");
    await on.undo(done);
    expect(await on.shell("ls -d /srv/app 2>/dev/null || echo gone")).toBe("gone\n");
  });

  test("an archive of a version", async () => {
    const params = { repo: "/root/work", dest: "/srv/packed", archive: "/srv/packed.tar.gz", archive_prefix: "app/" };
    expect((await on.apply(git, params)).changes).toEqual(["ensure git /srv/packed", "ensure file /srv/packed.tar.gz"]);
    expect(await on.shell("tar -tzf /srv/packed.tar.gz; stat -c %a /srv/packed.tar.gz")).toBe("app/\napp/file\n644\n");
    expect(await on.plan(git, params)).toEqual([]);
    await on.shell("echo x >>/srv/packed.tar.gz");
    expect(await on.plan(git, params)).toEqual(["ensure file /srv/packed.tar.gz"]);
  });
});
