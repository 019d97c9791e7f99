import { startProbe } from "@evenkeel/lab";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebHost } from "./web-host.ts";

const SWAPS = 1000;

/** A site whose root is a link that each release moves. */
let web: WebHost;
beforeAll(async () => {
  web = await WebHost.boot();
  await web.shell(
    "for each in a b; do mkdir -p /srv/shop/$each; head -c 300000 /dev/zero | tr '\\0' $each >/srv/shop/$each/page; done; ln -s a /srv/shop/current",
  );
  const site = { name: "shop", server_names: ["shop.example"], root: "/srv/shop/current" };
  const { status, output } = await web.apply({ "nginx.site": site });
  expect(status, output).toBe(0);
});
afterAll(() => web[Symbol.asyncDispose]());

test(`Z10: ${SWAPS} swaps of a link: it is never away, and no answer is of two releases`, async () => {
  await web.shell(
    `nice perl -e '$n = $m = 0; until (-e "/tmp/enough") { $n++; lstat("/srv/shop/current") or $m++; select(undef, undef, undef, 0.0002) } print "$m $n\\n"' >/tmp/watched 2>&1 </dev/null &`,
  );
  const probe = await startProbe({
    target: { host: web.host.address, port: 80, serverName: "shop.example" },
    rate: 100,
    classes: [
      { kind: "new-connection", path: "/page" },
      { kind: "keep-alive-get", path: "/page" },
    ],
  });
  const { status, output, changes } = await web.apply({
    file: { src: "{{ ['b', 'a'][item % 2] }}", dest: "/srv/shop/current", state: "link" },
    loop: `{{ range(${SWAPS}) | list }}`,
  });
  expect(status, output).toBe(0);
  expect(changes).toHaveLength(SWAPS);
  const { sent, classes, bodies } = await probe.stop();
  expect(sent).toBeGreaterThan(500);
  for (const { errors } of Object.values(classes)) expect(errors).toEqual({});
  expect(bodies).toHaveLength(2);
  await web.shell("touch /tmp/enough; sleep 0.5");
  const [missing, looks] = (await web.shell("cat /tmp/watched")).split(" ").map(Number);
  expect(missing).toBe(0);
  expect(looks).toBeGreaterThan(SWAPS);
});
