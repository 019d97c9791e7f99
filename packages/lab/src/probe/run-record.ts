import type { Outcome } from "./outcome.ts";
import type { ProbeReport } from "./probe-report.ts";
import { Sightings } from "./sightings.ts";

/** What answers of all classes said: releases, generations, bodies, certificates, and which POSTs were acknowledged. */
export class RunRecord {
  readonly #releases = new Sightings();
  readonly #configGenerations = new Sightings();
  readonly #bodies = new Sightings();
  readonly #certificates = new Sightings();
  readonly #posts: ProbeReport["posts"] = { acknowledged: [], unknown: [] };

  /** Times are milliseconds since the probe's start. */
  see({ release, configGeneration, body, postId, status = 0 }: Outcome, scheduledAt: number): void {
    this.#releases.see(release, scheduledAt);
    this.#configGenerations.see(configGeneration, scheduledAt);
    this.#bodies.see(body, scheduledAt);
    const isAcknowledged = status >= 200 && status < 300;
    if (postId !== undefined) this.#posts[isAcknowledged ? "acknowledged" : "unknown"].push(postId);
  }

  seeCertificate(serial: string | undefined, at: number): void {
    this.#certificates.see(serial, at);
  }

  report(): Pick<ProbeReport, "releases" | "configGenerations" | "bodies" | "certificates" | "posts"> {
    return {
      releases: this.#releases.report(),
      configGenerations: this.#configGenerations.report(),
      bodies: this.#bodies.report(),
      certificates: this.#certificates.report(),
      posts: this.#posts,
    };
  }
}
