import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { ErrorAnswers } from './error-answers.js';
import type { ExchangeMaker } from './adapters/exchanges.js';

/** The only door between Nest and the handlers: everything that nobody else catches comes through here. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly answers: ErrorAnswers,
    private readonly exchanges: ExchangeMaker,
  ) {}

  /** Synchronous, because Nest waits for no filter: one that fails later leaves the request without an answer. */
  catch(thrown: unknown, host: ArgumentsHost): unknown {
    if (host.getType() !== 'http') return this.answers.answerElsewhere(thrown, host);
    const exchange = this.exchanges.of(host.getArgByIndex(0), host.getArgByIndex(1), host.getArgByIndex(2));
    this.answers.answer(thrown, exchange, host);
    return undefined;
  }
}
