import { afterAll, beforeAll, describe } from "vitest";
import { exchangeBehaves } from "./behaviour/exchange.ts";
import { getBehaves } from "./behaviour/get.ts";
import { guardBehaves } from "./behaviour/guard.ts";
import { jobBehaves } from "./behaviour/job.ts";
import { leftJobBehaves } from "./behaviour/left-job.ts";
import { noRoomBehaves } from "./behaviour/no-room.ts";
import { privilegeBehaves } from "./behaviour/privilege.ts";
import { putBehaves } from "./behaviour/put.ts";
import { putOrderBehaves } from "./behaviour/put-order.ts";
import { treeBehaves } from "./behaviour/tree.ts";
import { tunnelBehaves } from "./behaviour/tunnel.ts";
import { hosts, Way, ways } from "./behaviour/way.ts";
import { Stage } from "./stage.ts";

/** Everything that a connection promises, over all ways to a host alike. */
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.set(...hosts);
  // The third of the shells that /bin/sh may be.
  await stage.host("bookworm").shell("ln -sf bash /bin/sh");
  await stage.bringNode(stage.host("trixie"));
});
afterAll(() => stage?.[Symbol.asyncDispose]());

// Hosts side by side, since most of the time goes by in waiting; the ways to one host in turn, since they share its files.
for (const { name } of hosts) {
  describe.concurrent(name, () => {
    for (const which of ways.filter(({ to }) => to === name)) {
      describe(`${which.transport} to ${name}`, { concurrent: false }, () => {
        const way = new Way(which, () => stage);
        exchangeBehaves(way);
        jobBehaves(way);
        leftJobBehaves(way);
        guardBehaves(way);
        putBehaves(way);
        putOrderBehaves(way);
        noRoomBehaves(way);
        getBehaves(way);
        treeBehaves(way);
        privilegeBehaves(way);
        tunnelBehaves(way);
      });
    }
  });
}
