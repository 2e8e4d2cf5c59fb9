import { Controller, Get, Inject, Req, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { BadRequest } from '../../exceptions/client-errors.js';
import { AdminOnly } from '../../rest/admin-guard.js';
import { addressWith, type HttpRequest, searchOf } from '../../rest/request-url.js';
import { readLogListQuery } from './dto/log-list-query.js';
import { writeCursor } from './log-cursor.js';
import { LogEntryRepository, type PlacedEntry } from './log-entry.repository.js';
import type { LogCursor } from './log-filters.js';
import { type LogEntryView, showLogEntry } from './log-views.js';
import { DocumentLogList } from './logs.openapi.js';

/** A page of the log on the wire. */
interface WireLogPage {
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly LogEntryView[];
}

/** The log over HTTP: one contract under both versions of the path, with or without the trailing slash. */
@ApiTags('logs')
@Controller({ path: ['v6/logs', 'v7/logs'], version: VERSION_NEUTRAL })
export class LogsController {
  constructor(@Inject(LogEntryRepository) private readonly entries: LogEntryRepository) {}

  @Get()
  @AdminOnly()
  @ApiBearerAuth()
  @DocumentLogList()
  async list(@Req() request: HttpRequest): Promise<WireLogPage> {
    const query = readLogListQuery(searchOf(request), (position) => this.entries.isPlace(position));
    if (Array.isArray(query)) {
      throw new BadRequest(query.map(({ detail }) => detail).join(' '), { errors: query });
    }
    const { filters, cursor, pageSize } = query;
    // One more than is shown tells whether there is another page.
    const found = await this.entries.find(filters, cursor, pageSize + 1);
    const shown = found.slice(0, pageSize);
    const newestFirst = cursor?.towards === 'newer' ? shown.reverse() : shown;
    return {
      ...links(request, cursor, newestFirst, found.length > pageSize),
      results: newestFirst.map(({ entry }) => showLogEntry(entry)),
    };
  }
}

/** Where the neighbours of a page are. Where a cursor leads to nothing any more, the way back is the first page. */
function links(
  request: HttpRequest,
  cursor: LogCursor | undefined,
  shown: readonly PlacedEntry[],
  goesOn: boolean,
): Omit<WireLogPage, 'results'> {
  const address = (towards: LogCursor['towards'], place: PlacedEntry | undefined): string => {
    const other = place === undefined ? null : writeCursor({ towards, from: place.position });
    return addressWith(request, 'cursor', other);
  };
  const isBackwards = cursor?.towards === 'newer';
  return {
    next: isBackwards || goesOn ? address('older', shown.at(-1)) : null,
    previous: cursor !== undefined && (!isBackwards || goesOn) ? address('newer', shown[0]) : null,
  };
}
