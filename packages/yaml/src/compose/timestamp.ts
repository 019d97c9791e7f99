/** A day, or a moment, as it was written: `2024-02-29`, `2001-12-14t21:59:43.10-05:00`. It prints as Python prints it. */
export class Timestamp {
  /** Year, month, day. */
  readonly date: readonly [number, number, number];
  /** Hour, minute, second, microsecond; none for a day. */
  readonly time: readonly [number, number, number, number] | undefined;
  /** Minutes east of Greenwich, when they were given. */
  readonly zone: number | undefined;

  constructor({ date, time, zone }: Pick<Timestamp, "date"> & Partial<Pick<Timestamp, "time" | "zone">>) {
    this.date = date;
    this.time = time;
    this.zone = zone;
  }

  toString(): string {
    return this.#print(" ");
  }

  /** As Python's isoformat() has it, which is what JSON gets. */
  toJSON(): string {
    return this.#print("T");
  }

  #print(separator: string): string {
    const [year, month, day] = this.date;
    const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
    if (this.time === undefined) return date;
    const [hour, minute, second, micros] = this.time;
    const clock = [hour, minute, second].map((each) => digits(each, 2)).join(":");
    return date + separator + clock + (micros === 0 ? "" : `.${digits(micros, 6)}`) + printZone(this.zone);
  }
}

function printZone(zone: number | undefined): string {
  if (zone === undefined) return "";
  const size = Math.abs(zone);
  return `${zone < 0 ? "-" : "+"}${digits(Math.trunc(size / 60), 2)}:${digits(size % 60, 2)}`;
}

function digits(number: number, width: number): string {
  return String(number).padStart(width, "0");
}
