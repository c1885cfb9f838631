/** The object with some of its methods done otherwise; all others are its own, on itself, private fields included. */
export function withMethods<T extends object>(inner: T, methods: Partial<T>): T {
  const bound = new Map<PropertyKey, unknown>();
  /** What somebody else puts in the place of a method: it stands before ours, and goes as it came. */
  const given = new Map<PropertyKey, unknown>();
  return new Proxy(inner, {
    set(_, name, value) {
      given.set(name, value);
      return true;
    },
    deleteProperty(_, name) {
      given.delete(name);
      return true;
    },
    get(target, name) {
      if (given.has(name)) return given.get(name);
      if (Object.hasOwn(methods, name)) return Reflect.get(methods, name) as unknown;
      const known = bound.get(name);
      if (known !== undefined) return known;
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const method: unknown = member.bind(target);
      bound.set(name, method);
      return method;
    },
  });
}
