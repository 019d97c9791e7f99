import type { HostPort } from "@evenkeel/core";

/** A port that is looked up each time, so that a connection may be let go and made anew under whoever holds it. */
export function lazyPort(current: () => HostPort): HostPort {
  return {
    exchange: (reads, options) => current().exchange(reads, options),
    job: (job, watch) => current().job(job, watch),
    start: (job) => current().start(job),
    put: (file) => current().put(file),
    putTree: (tree) => current().putTree(tree),
    get: (path, sink) => current().get(path, sink),
    tunnel: (door) => current().tunnel(door),
  };
}
