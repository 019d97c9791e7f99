const collections = /^(?:ansible\.(?:builtin|legacy|utils)|community\.general)\./;

/** A filter's, test's or lookup's name without the collection that we stand in for. */
export function pluginName(name: string): string {
  return name.replace(collections, "");
}
