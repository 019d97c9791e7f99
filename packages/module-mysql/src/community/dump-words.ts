interface DumpWish {
  readonly single_transaction: boolean;
  readonly quick: boolean;
  readonly ignore_tables: readonly string[];
  readonly hex_blob: boolean;
  readonly force: boolean;
  readonly master_data: number;
  readonly skip_lock_tables: boolean;
}

/** Words of both servers' dumping programs. */
export function dumpWords(wish: DumpWish): readonly string[] {
  const when = (isOn: boolean, word: string) => (isOn ? [word] : []);
  return [
    ...when(wish.single_transaction, "--single-transaction"),
    wish.quick ? "--quick" : "--skip-quick",
    ...wish.ignore_tables.map((table) => `--ignore-table=${table}`),
    ...when(wish.hex_blob, "--hex-blob"),
    ...when(wish.force, "--force"),
    ...when(wish.master_data > 0, `--master-data=${wish.master_data}`),
    ...when(wish.skip_lock_tables, "--skip-lock-tables"),
  ];
}
