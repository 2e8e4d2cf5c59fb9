import { PageNotFound } from './catalog-errors.js';
import type { ErrorCache } from './error-cache.js';
import type { ErrorFilters, PageRequest } from './error-filters.js';
import type { ErrorEntity } from './error.entity.js';
import type { ErrorRepository } from './error.repository.js';

/** A page of errors, and how many there are on all pages together. */
export interface ErrorPage {
  readonly count: number;
  /** The number of this page, from 1. */
  readonly page: number;
  /** The number of the last page: at least 1, for the first page of an empty list exists. */
  readonly pages: number;
  readonly errors: readonly ErrorEntity[];
}

/** Lists errors page by page. */
export class ErrorPages {
  constructor(
    private readonly repository: ErrorRepository,
    private readonly cache: ErrorCache,
  ) {}

  /** @throws PageNotFound when the list has no such page, RangeError for what is no size of a page. */
  async get(filters: ErrorFilters, request: PageRequest): Promise<ErrorPage> {
    refuseImpossible(request);
    const page = await this.read(filters, request);
    if (isConsistent(page, request)) return page;
    // The count was a few seconds old, and others have written since.
    this.cache.forgetCount();
    return this.read(filters, request);
  }

  private async read(filters: ErrorFilters, { page, pageSize }: PageRequest): Promise<ErrorPage> {
    const counting = this.count(filters);
    if (page === 1) {
      const [count, errors] = await Promise.all([
        counting,
        this.repository.find(filters, { limit: pageSize, offset: 0 }),
      ]);
      return { count, page, pages: pagesOf(count, pageSize), errors };
    }
    const count = await counting;
    const pages = pagesOf(count, pageSize);
    const number = page === 'last' ? pages : page;
    if (number > pages) throw new PageNotFound(String(number), pages);
    const errors = await this.repository.find(filters, { limit: pageSize, offset: (number - 1) * pageSize });
    return { count, page: number, pages, errors };
  }

  private count(filters: ErrorFilters): Promise<number> {
    const { order: _, ...conditions }: Record<string, unknown> = { ...filters };
    const isFiltered = Object.values(conditions).some((condition) => condition !== undefined);
    return isFiltered ? this.repository.count(filters) : this.cache.count(() => this.repository.count({}));
  }
}

function refuseImpossible({ page, pageSize }: PageRequest): void {
  if (!isCount(pageSize)) {
    throw new RangeError(
      `The page size is ${String(pageSize)}. Give a positive integer: how many errors a page shall hold.`,
    );
  }
  if (page !== 'last' && !isCount(page)) throw new PageNotFound(String(page));
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** Whether the list has as many errors as its pages show: where the page is not full it ends, and nowhere else. */
function isConsistent({ count, page, errors }: ErrorPage, { pageSize }: PageRequest): boolean {
  const end = (page - 1) * pageSize + errors.length;
  return errors.length === pageSize ? end <= count : end === count;
}

function pagesOf(count: number, pageSize: number): number {
  return Math.max(1, Math.ceil(count / pageSize));
}
