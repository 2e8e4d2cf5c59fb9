// An application on Express whose errors are all answered: in whatever representation the client asks for, and telling nobody
// what only the log should know. Run it: npm run compile && node dist/examples/errors-answered.js
import 'reflect-metadata';
import { Body, Controller, Get, Injectable, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsInt, IsString, Max } from 'class-validator';
import {
  Conflict,
  ErrorHandler,
  ErrorModule,
  FieldValidationPipe,
  type HttpError,
  NotFound,
  ServiceUnavailable,
  UseErrorHandler,
} from 'nestjs-errata';

class Job {
  @IsString({ message: 'A job has a title.' })
  title!: string;

  @IsInt({ message: 'A priority is a whole number.' })
  @Max(9, { message: 'The highest priority is 9.' })
  priority!: number;
}

@Injectable()
class OpeningHours {
  /** In seconds; yours would look at a clock. */
  readonly untilOpen = 600;
}

/** Says of whatever goes wrong that the office is closed, and until when. */
@Injectable()
class OfficeErrorHandler extends ErrorHandler {
  constructor(private readonly hours: OpeningHours) {
    super();
  }

  override uncaughtToResponse(thrown: unknown): HttpError {
    return new ServiceUnavailable('The office is closed.', {
      headers: { 'Retry-After': String(this.hours.untilOpen) },
      cause: thrown,
    });
  }
}

@Controller('jobs')
class JobsController {
  @Get(':id')
  read(@Param('id') id: string): never {
    throw new NotFound(`There is no job ${id}.`, { errorType: 'https://errors.example/no-such-job' });
  }

  /** An error that is returned is answered as one that is thrown. */
  @Post()
  add(@Body() { title }: Job): Conflict {
    return new Conflict(`There is a job “${title}” already.`);
  }

  @Get(':id/log')
  log(): never {
    throw new TypeError('connect ECONNREFUSED 10.0.0.7:5432');
  }

  @Get(':id/invoice')
  @UseErrorHandler(OfficeErrorHandler)
  invoice(): never {
    throw new Error('The printer is on fire.');
  }
}

@Module({
  imports: [ErrorModule.forRoot()],
  controllers: [JobsController],
  providers: [OpeningHours, OfficeErrorHandler],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.useGlobalPipes(new FieldValidationPipe());
app.enableShutdownHooks();
await app.listen(Number(process.env['PORT'] ?? 3002), '127.0.0.1');
console.log(`Errors are answered at ${await app.getUrl()}/jobs/`);
