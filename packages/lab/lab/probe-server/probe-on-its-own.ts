import { startProbe } from "../../src/probe/probe.ts";

/** A process that does nothing but probe the port that it is given for two seconds. */
const target = { host: "127.0.0.1", port: Number(process.argv[2]) };
const probe = await startProbe({ target, rate: 50, seconds: 2, classes: ["keep-alive-get"] });
process.send?.("running");
const { isDisturbed, lag } = await probe.finished;
process.send?.({ isDisturbed, lag });
process.disconnect();
