export type ServiceManager = "systemd" | "openrc" | "sysvinit";

/** A service or other unit as it is, or as it is to be: what nobody asked for is left out of the latter. */
export type UnitState = AbsentUnit | PresentUnit;

export interface AbsentUnit {
  readonly state: "absent";
  /** None: nothing on this host looks after services. */
  readonly manager?: ServiceManager | "none";
}

export interface PresentUnit {
  readonly state: "present";
  readonly manager?: ServiceManager;
  readonly isActive?: boolean;
  /** Whether it starts with the host. */
  readonly isEnabled?: boolean;
  readonly isMasked?: boolean;
  /** It has no say in whether it starts: others pull it in. */
  readonly isStatic?: boolean;
  /** It runs once and is over: after a start it is not active, and all is well. */
  readonly isOneshot?: boolean;
  readonly canReload?: boolean;
  /** systemd's own words, for people: `active (running)`, `static`. */
  readonly activity?: string;
  readonly enablement?: string;
  /** Its files have changed since systemd read them. */
  readonly needsDaemonReload?: boolean;
  /** Its files have changed since it was started. */
  readonly isStale?: boolean;
  /** A package has brought it, and it waits to be started at the end of the play. */
  readonly isWithheld?: boolean;
  /** Another one after each start. */
  readonly invocation?: string;
  /** What systemctl shows of it. */
  readonly properties?: Readonly<Record<string, string>>;
}
