/** What is made of a thing is made once, and kept for as long as the thing itself. */
export function madeOnce<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const made = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    let found = made.get(of);
    // Set once only: to set what is there already costs as much as to make it.
    if (found === undefined) made.set(of, (found = { value: make(of) }));
    return found.value;
  };
}
