import type { Arithmetic } from "../python/arithmetic.ts";
import { BoundMethod } from "../python/bound-method.ts";
import { float } from "../python/float.ts";
import { native } from "../python/native.ts";
import { TemplateObject } from "../python/object.ts";
import type { Ordered } from "../python/order.ts";

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;

/** How long it is from one moment to another: Python's `timedelta`. */
export class TimeSpan extends TemplateObject implements Ordered, Arithmetic {
  readonly typeName = "timedelta";
  override readonly isData = true;
  /** Microseconds. */
  readonly rank: number;

  constructor(rank: number) {
    super();
    this.rank = rank;
  }

  override attribute(name: string): unknown {
    const days = Math.floor(this.rank / DAY);
    const rest = this.rank - days * DAY;
    if (name === "days") return days;
    if (name === "seconds") return Math.floor(rest / SECOND);
    if (name === "microseconds") return rest % SECOND;
    return name === "total_seconds"
      ? new BoundMethod(
          this,
          name,
          native("self", () => float(this.rank / SECOND)),
        )
      : undefined;
  }

  plus(other: unknown): unknown {
    return other instanceof TimeSpan ? new TimeSpan(this.rank + other.rank) : undefined;
  }

  minus(other: unknown): unknown {
    return other instanceof TimeSpan ? new TimeSpan(this.rank - other.rank) : undefined;
  }

  override toText(): string {
    const days = Math.floor(this.rank / DAY);
    const rest = Math.floor((this.rank - days * DAY) / SECOND);
    const micros = this.rank - days * DAY - rest * SECOND;
    const [minutes, seconds] = [Math.floor(rest / 60) % 60, rest % 60].map((each) => String(each).padStart(2, "0"));
    const clock = `${Math.floor(rest / 3600)}:${minutes}:${seconds}${micros === 0 ? "" : `.${String(micros).padStart(6, "0")}`}`;
    return days === 0 ? clock : `${days} day${Math.abs(days) === 1 ? "" : "s"}, ${clock}`;
  }

  override toString(): string {
    return this.toText();
  }
}
