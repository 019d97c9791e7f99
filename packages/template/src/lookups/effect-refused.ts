/** A lookup would do something, run a program or ask the network, where nothing may be done but look. */
export class EffectRefused extends Error {
  readonly lookup: string;

  constructor(lookup: string) {
    super(`the lookup ${lookup} does more than look`);
    this.name = new.target.name;
    this.lookup = lookup;
  }
}
