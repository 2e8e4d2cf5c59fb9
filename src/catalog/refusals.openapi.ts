import { ApiProperty, ApiPropertyOptional, ApiResponse, type ApiResponseOptions } from '@nestjs/swagger';

class ProblemAnswer {
  @ApiPropertyOptional({ description: 'A JSON Pointer to the field of the body.', type: String, example: '#/category' })
  pointer?: string;

  @ApiPropertyOptional({ description: 'The name of the query parameter.', type: String, example: 'page_size' })
  parameter?: string;

  @ApiProperty({ type: String, example: 'This is missing. Choose one of ALGORITHM, DATA.' })
  detail!: string;
}

class ErrorAnswer {
  @ApiProperty({
    description: 'What went wrong, why, and what to do.',
    type: String,
    example: 'The catalogue has no error with id 99.',
  })
  detail!: string;

  @ApiPropertyOptional({ description: 'What is wrong with the request, one by one.', type: [ProblemAnswer] })
  errors?: ProblemAnswer[];
}

/** Documents an answer that refuses the request. */
export function refusal(
  status: number,
  description: string,
  detail: string,
  extra: ApiResponseOptions = {},
): MethodDecorator {
  return ApiResponse({ status, description, type: ErrorAnswer, example: { detail }, ...extra });
}

/** Documents the answer to a request that cannot be understood. */
export function badRequest(description: string, example: object): MethodDecorator {
  return ApiResponse({ status: 400, description, type: ErrorAnswer, example });
}

/** Documents what every route for admins may answer. */
export const adminRefusals = [
  refusal(
    401,
    'No token was sent, or a wrong one.',
    'This takes the admin’s token. Send it as “Authorization: Bearer …”.',
    {
      headers: {
        'WWW-Authenticate': { description: 'How to authenticate.', schema: { type: 'string', example: 'Bearer' } },
      },
    },
  ),
  refusal(403, 'No token is configured, so that nobody can do this.', 'No admin token is configured. Set ADMIN_TOKEN.'),
  refusal(413, 'The body is larger than 1 MB.', 'Request body is too large'),
  refusal(415, 'The body is not JSON.', 'A body of type text/plain cannot be read here. Send JSON.'),
  refusal(
    429,
    'Ten wrong tokens came from this address within a minute.',
    'Too many wrong tokens. Try again in 42 seconds.',
    {
      headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', example: 42 } } },
    },
  ),
];
