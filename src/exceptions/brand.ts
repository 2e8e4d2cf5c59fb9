/** `Symbol.for`, because an ESM and a CommonJS copy of the package may be loaded side by side. */
export const BRANDS = Symbol.for('nestjs-errata.brands');

/** A class that other copies of the package know by a name. */
interface BrandedClass {
  readonly brand: string;
}

/** The names of a class of ours and of those that it extends. */
export function brandsOf(constructor: object): string[] {
  const brands: string[] = [];
  for (let current: unknown = constructor; typeof current === 'function'; current = Object.getPrototypeOf(current)) {
    if (Object.hasOwn(current, 'brand')) brands.push((current as unknown as BrandedClass).brand);
  }
  return brands;
}

/** Whether another copy of the package made the value from its copy of this class. Never throws, whatever the value. */
export function isBranded(value: unknown, constructor: object & BrandedClass): boolean {
  // A host's subclass has no name of its own: only the class itself made its instances.
  if (typeof value !== 'object' || value === null || !Object.hasOwn(constructor, 'brand')) return false;
  try {
    const brands = (value as { [BRANDS]?: unknown })[BRANDS];
    return Array.isArray(brands) && brands.includes(constructor.brand);
  } catch {
    return false;
  }
}
