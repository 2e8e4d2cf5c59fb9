/** The fields of an error that lists can be ordered by, as they are called in code. */
export const ERROR_FIELDS = [
  'id',
  'name',
  'title',
  'description',
  'jobTypeName',
  'category',
  'isBuiltin',
  'shouldBeRetried',
  'created',
  'lastModified',
] as const;
/** A field that lists can be ordered by. */
export type ErrorField = (typeof ERROR_FIELDS)[number];
/** A field to order by, `-` before it for descending. */
export type ErrorOrder = ErrorField | `-${ErrorField}`;

/** Which errors are wanted, and in which order. */
export interface ErrorFilters {
  /** Modified at this time or later. */
  readonly started?: Date;
  /** Modified at this time or earlier. */
  readonly ended?: Date;
  readonly isBuiltin?: boolean;
  readonly jobTypeName?: string;
  readonly name?: string;
  readonly category?: string;
  /**
   * Field names, `-` before one for descending; null is the smallest value, and ties are broken by `id`.
   * @default ['lastModified']
   */
  readonly order?: readonly ErrorOrder[];
}

/** A page of a list. */
export interface PageRequest {
  /** From 1, or the last page there is. */
  readonly page: number | 'last';
  /** How many errors a page holds. */
  readonly pageSize: number;
}
