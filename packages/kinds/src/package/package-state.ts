/** A package as it is, or as it is to be. */
export type PackageState =
  | {
      readonly state: "absent" /** What an installation would bring, as far as the host's lists tell. */;
      readonly candidate?: string;
    }
  | { readonly state: "installed"; readonly version?: string };
