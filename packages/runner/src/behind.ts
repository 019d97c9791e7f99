import { UnsettledValue } from "@evenkeel/core";

/** Another host's variables were asked for, and that host is not there yet. */
export class Behind extends UnsettledValue {
  readonly host: string;

  constructor(host: string) {
    super(`${host} has not come as far yet`);
    this.host = host;
  }
}
