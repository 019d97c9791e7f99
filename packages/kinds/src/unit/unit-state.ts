/** A systemd unit as it is, or as it is to be: what nobody asked for is left out of the latter. */
export type UnitState = { readonly state: "absent" } | PresentUnit;

export interface PresentUnit {
  readonly state: "present";
  readonly isActive?: boolean;
  /** Whether it starts with the host. */
  readonly isEnabled?: boolean;
  readonly isMasked?: boolean;
  /** systemd's own words, for people: `active (running)`, `static`. */
  readonly activity?: string;
  readonly enablement?: string;
  /** Its files have changed since systemd read them. */
  readonly needsDaemonReload?: boolean;
  /** Another one after each start. */
  readonly invocation?: string;
}
