import { InputError } from "@evenkeel/core";

/** Where an application lives on its host. */
export interface Place {
  readonly root: string;
  readonly releases: string;
  readonly shared: string;
  readonly assets: string;
  /** The release that serves: the one link that a deploy switches. */
  readonly current: string;
  /** Where the web server connects to, whichever release serves. */
  readonly door: string;
}

export function placeOf(name: string): Place {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) {
    throw new InputError({
      code: "app/name",
      message: `not an application's name: ${JSON.stringify(name)}`,
      hint: "small letters, digits and -, at most 31: it names a user, units and folders",
    });
  }
  const root = `/srv/${name}`;
  return {
    root,
    releases: `${root}/releases`,
    shared: `${root}/shared`,
    assets: `${root}/assets`,
    current: `${root}/current`,
    door: `/run/evenkeel/apps/${name}.sock`,
  };
}

/** What one release has on its host. */
export interface ReleasePlace {
  readonly folder: string;
  readonly secrets: string;
  readonly socket: string;
  readonly service: string;
  readonly socketUnit: string;
}

export function placeOfRelease(name: string, id: string): ReleasePlace {
  const { root, releases } = placeOf(name);
  if (!isReleaseId(id)) {
    throw new InputError({ code: "app/release", message: `not a release of ${name}: ${JSON.stringify(id)}` });
  }
  return {
    folder: `${releases}/${id}`,
    secrets: `${root}/secrets/${id}`,
    socket: `/run/evenkeel/apps/${name}/${id}.sock`,
    service: `${name}@${id}.service`,
    socketUnit: `${name}@${id}.socket`,
  };
}

export function isReleaseId(text: string): boolean {
  return /^[0-9a-f]{10}-[0-9a-f]{6}(\.\d+)?$/.test(text);
}
