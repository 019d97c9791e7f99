/** Does one after the other, since some ask questions; what fails is told at the end, all at once. */
export async function gather<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const errors = new Set<unknown>();
  for (const item of items) {
    await work(item).then(
      (result) => results.push(result),
      (error: unknown) => errors.add(error),
    );
  }
  if (errors.size > 0) throw errors.size === 1 ? [...errors][0] : new AggregateError(errors);
  return results;
}
